package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.Charge;

/**
 * A bill of the platform, as it made it: the one bill of a payer for all that it pays.
 *
 * @param day on which it is charged, local date of the payer
 */
public record Bill(BillNumber number, Party party, LocalDate day, Currency currency, List<Line> lines) {

    /**
     * Whom a bill is for.
     *
     * @param firmId the firm; of a client's bill the firm that keeps its books
     * @param company of a client's bill
     */
    public record Party(Payer payer, FirmId firmId, Optional<CompanyId> company) {

        /** The firm's consolidated bill. */
        public static Party firm(FirmId firmId) {
            return new Party(Payer.FIRM, firmId, Optional.empty());
        }

        public static Party client(FirmId firmId, CompanyId company) {
            return new Party(Payer.CLIENT, firmId, Optional.of(company));
        }
    }

    /**
     * A subscription on a bill.
     *
     * @param charge for these days; negative where they are given back
     * @param from local date of the client, as is {@code until}
     * @param until the first day that is no longer part of it
     */
    public record Line(CompanyId company, String plan, Charge charge, LocalDate from, LocalDate until) {

        public int days() {
            return BillPeriod.days(from, until);
        }

        public boolean isCredit() {
            return !charge.net().isPositive() && charge.net().amount().signum() != 0;
        }
    }

    /** Taxes included. */
    public Money total() {
        return lines.stream().map(line -> line.charge().total()).reduce(Money.zero(currency), Money::plus);
    }
}
