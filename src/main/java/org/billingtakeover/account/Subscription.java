package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/**
 * One product of one client.
 *
 * @param billingDay day of the month, 1 to 31; in a shorter month the last day
 * @param renewalDate the next renewal of an annual plan, local date of the client; null for a monthly one
 * @param includedInPayroll whether the product comes with a payroll plan and is not billed by itself
 */
public record Subscription(
        UUID id,
        UUID clientId,
        Product product,
        String plan,
        int users,
        Payer payer,
        PriceBasis priceBasis,
        BillingCycle cycle,
        int billingDay,
        @Nullable LocalDate renewalDate,
        boolean includedInPayroll,
        SubscriptionStatus status) {

    public boolean isCancelled() {
        return status == SubscriptionStatus.CANCELLED;
    }

    /** The price list column by which {@code by} is billed for it: its own for whoever pays now. */
    public PriceBasis priceBasisFor(Payer by) {
        return payer == by ? priceBasis : PriceBasis.of(product, by);
    }

    Subscription cancelled() {
        return with(payer, priceBasis, SubscriptionStatus.CANCELLED);
    }

    Subscription paidBy(Payer by) {
        return with(by, PriceBasis.of(product, by), status);
    }

    private Subscription with(Payer newPayer, PriceBasis newPriceBasis, SubscriptionStatus newStatus) {
        return new Subscription(
                id,
                clientId,
                product,
                plan,
                users,
                newPayer,
                newPriceBasis,
                cycle,
                billingDay,
                renewalDate,
                includedInPayroll,
                newStatus);
    }
}
