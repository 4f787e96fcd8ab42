package org.billingtakeover.pricing;

import java.time.Instant;
import java.util.List;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;

/**
 * What a billing change costs firm and client each month, before and after. A consent binds to one quote.
 *
 * @param number the quote's own number, unique; {@link #UNNUMBERED} until it is kept
 * @param moving the product whose payer changes
 * @param newPayer who pays for it afterwards
 * @param before the invoice lines of both products now
 * @param after the invoice lines of both products after the change
 * @param movingAtListPrice what the moving product would cost the new payer at list price
 * @param validUntil the instant from which the quote can no longer be agreed to
 */
public record Quote(
        QuoteNumber number,
        Product moving,
        Payer newPayer,
        List<Charge> before,
        List<Charge> after,
        Charge movingAtListPrice,
        String priceListVersion,
        Instant madeAt,
        Instant validUntil) {

    /** The number of a quote that nobody was shown. */
    public static final QuoteNumber UNNUMBERED = new QuoteNumber("");

    /** This quote under its own number. */
    public Quote numbered(QuoteNumber newNumber) {
        return new Quote(
                newNumber, moving, newPayer, before, after, movingAtListPrice, priceListVersion, madeAt, validUntil);
    }

    /** What {@code payer} pays a month now, taxes included. */
    public Money before(Payer payer) {
        return total(before, payer);
    }

    /** What {@code payer} pays a month after the change, taxes included. */
    public Money after(Payer payer) {
        return total(after, payer);
    }

    /** How much more (or, negative, less) {@code payer} pays a month after the change. */
    public Money difference(Payer payer) {
        return after(payer).minus(before(payer));
    }

    /** Whether the two can be compared; a client may come to be billed in another currency. */
    public boolean isInCurrencyOf(Quote other) {
        return after(newPayer).currency().equals(other.after(newPayer).currency());
    }

    /**
     * Whether the change costs the new payer more than it would under {@code agreed}.
     *
     * @throws IllegalArgumentException if they are not in one currency
     */
    public boolean costsMoreThan(Quote agreed) {
        return after(newPayer).isMoreThan(agreed.after(newPayer));
    }

    private static Money total(List<Charge> charges, Payer payer) {
        Money sum = Money.zero(charges.get(0).total().currency());
        for (Charge charge : charges) {
            if (charge.payer() == payer) {
                sum = sum.plus(charge.total());
            }
        }
        return sum;
    }
}
