package org.billingtakeover.commission;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import org.billingtakeover.kernel.Money;

/** What firms earn and from when they are paid; process owners edit it as a table. */
public interface CommissionTerms {

    /** The terms in force on a day for firms that are paid in this currency; empty where there are none. */
    Optional<Terms> of(Currency currency, LocalDate on);

    /**
     * Terms.
     *
     * @param percent of what the client is billed before taxes
     * @param months for how many of them, from the client's first day of paying on, a subscription earns
     * @param threshold from which on a quarter is paid
     */
    record Terms(BigDecimal percent, int months, Money threshold) {

        Money share(Money net) {
            return net.times(percent.movePointLeft(2));
        }

        boolean cover(LocalDate day, LocalDate clientPaysSince) {
            return !day.isBefore(clientPaysSince) && day.isBefore(clientPaysSince.plusMonths(months));
        }
    }
}
