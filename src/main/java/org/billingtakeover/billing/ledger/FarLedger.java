package org.billingtakeover.billing.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The ledger, as far away as the demo's desk wants it. Its published rule and its books are read as ever: only talking to it gets hard. */
@Component
@Primary
@Profile("demo")
class FarLedger implements BillingPlatform {

    private final EmbeddedLedger ledger;
    private final LedgerDesk desk;
    private final FarLine line;

    FarLedger(EmbeddedLedger ledger, LedgerDesk desk) {
        this.ledger = ledger;
        this.desk = desk;
        this.line = new FarLine(desk);
    }

    @Override
    public Instant cutOff(LocalDate effective, ZoneId zone) {
        return ledger.cutOff(effective, zone);
    }

    @Override
    public Answer book(Order order) {
        return line.ask(() -> ledger.book(order));
    }

    @Override
    public Withdrawal withdraw(Order order) {
        return line.ask(() -> ledger.withdraw(order));
    }

    @Override
    public Standing standing(BookingKey key) {
        if (desk.distance().isDown()) {
            // The line is down, not the ledger: it makes its bills at their hour, which it does when it is looked at.
            ledger.standing(key);
        }
        return line.ask(() -> ledger.standing(key));
    }

    @Override
    public Preview preview(Order order) {
        return line.ask(() -> ledger.preview(order));
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return ledger.payerOn(companyId, product, day);
    }

    @Override
    public Optional<PlatformBills> bills() {
        return ledger.bills().map(FarBills::new);
    }

    /** What is read of it gets lost and waits like everything else. */
    private final class FarBills implements PlatformBills {

        private final PlatformBills bills;

        FarBills(PlatformBills bills) {
            this.bills = bills;
        }

        @Override
        public List<Bill> after(Optional<BillNumber> last, int most) {
            return line.ask(() -> bills.after(last, most));
        }

        @Override
        public List<Bill> of(CompanyId company, Product product, LocalDate from) {
            return line.ask(() -> bills.of(company, product, from));
        }

        @Override
        public Optional<Bill> bill(BillNumber number) {
            return line.ask(() -> bills.bill(number));
        }

        @Override
        public List<Heading> ofFirm(FirmId firm, Optional<BillNumber> before, int most) {
            return line.ask(() -> bills.ofFirm(firm, before, most));
        }
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return ledger.history(companyId, product);
    }
}
