package org.billingtakeover.billing;

import java.util.List;
import java.util.Set;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;

/**
 * The bills of both parties side by side, as far as they say something of the days since a change of payer.
 *
 * @param differences from what was agreed
 * @param toRefund what the parties have paid, taxes included, for days that they do not owe; one amount for each currency
 * @param refunded what they were given back of such days
 */
public record BillsCompared(
        List<Bill> bills, Set<Difference> differences, List<Refund> toRefund, List<Refund> refunded) {

    /** What can differ. */
    public enum Difference {
        /** Nobody was billed for the days since the change. */
        NOT_BILLED,
        /** Some of these days are on nobody's bill. */
        DAYS_MISSING,
        /** Both parties were billed for the same days, or one was twice. */
        BILLED_TWICE,
        WRONG_PRICE,
        WRONG_TAXES
    }

    /** @param amount taxes included */
    public record Refund(Payer to, Money amount) {}

    /** Whether the party that pays since the change was billed at all. */
    public boolean isBilled() {
        return !differences.contains(Difference.NOT_BILLED);
    }

    public boolean saysTheSameAs(BillsCompared other) {
        return differences.equals(other.differences)
                && toRefund.equals(other.toRefund)
                && refunded.equals(other.refunded);
    }
}
