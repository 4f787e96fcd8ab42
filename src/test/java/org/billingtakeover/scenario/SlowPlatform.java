package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The embedded ledger as a remote platform would be: never asked in anybody's transaction, sometimes down, and answers get lost. */
final class SlowPlatform implements BillingPlatform {

    private final BillingPlatform ledger;
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    SlowPlatform(BillingPlatform ledger) {
        this.ledger = ledger;
    }

    /** The next answers are lost: the platform has done what it was asked, the caller sees a time-out. */
    void losesAnswers(int times) {
        lost.set(times);
    }

    void isDown(boolean nobodyAnswers) {
        down = nobodyAnswers;
    }

    /** All that was ordered, over all attempts. */
    List<Order> ordersFor(CompanyId companyId) {
        return orders.stream()
                .filter(order -> order.companyId().equals(companyId))
                .toList();
    }

    @Override
    public Instant cutOff(LocalDate effective, ZoneId zone) {
        return ledger.cutOff(effective, zone);
    }

    @Override
    public Answer book(Order order) {
        return far(() -> {
            orders.add(order);
            return ledger.book(order);
        });
    }

    @Override
    public Withdrawal withdraw(Order order) {
        return far(() -> ledger.withdraw(order));
    }

    @Override
    public Standing standing(BookingKey key) {
        return far(() -> ledger.standing(key));
    }

    /** As far away as everything that is asked of it. */
    <T> T far(Supplier<T> asked) {
        assertReachable();
        T answer = asked.get();
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("The platform did not answer in time.");
        }
        return answer;
    }

    private void assertReachable() {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .as("a transaction while the platform is talked to")
                .isFalse();
        if (down) {
            throw new IllegalStateException("Nobody answers.");
        }
    }

    @Override
    public Preview preview(Order order) {
        // Whatever gets lost is meant of bookings.
        assertReachable();
        return ledger.preview(order);
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return ledger.payerOn(companyId, product, day);
    }

    @Override
    public Optional<PlatformBills> bills() {
        return ledger.bills().map(FarBills::new);
    }

    private final class FarBills implements PlatformBills {

        private final PlatformBills bills;

        FarBills(PlatformBills bills) {
            this.bills = bills;
        }

        @Override
        public List<Bill> after(Optional<BillNumber> last, int most) {
            return far(() -> bills.after(last, most));
        }

        @Override
        public List<Bill> of(CompanyId company, Product product, LocalDate from) {
            return far(() -> bills.of(company, product, from));
        }

        @Override
        public Optional<Bill> bill(BillNumber number) {
            return far(() -> bills.bill(number));
        }

        @Override
        public List<Heading> ofFirm(FirmId firm, Optional<BillNumber> before, int most) {
            return far(() -> bills.ofFirm(firm, before, most));
        }
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return ledger.history(companyId, product);
    }
}
