package org.billingtakeover.commission;

import java.time.Instant;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;

/**
 * One payment of what a firm has earned.
 *
 * @param paidAt when the balance was settled; the order to pay is handed over behind it
 */
public record CommissionPayout(FirmId firmId, Occasion occasion, Money amount, Instant paidAt) {

    /** By which whoever pays knows the payment, however often they are asked. */
    public PaymentKey key() {
        return new PaymentKey(
                occasion instanceof Quarter quarter ? firmId.text() + "-" + quarter.text() : occasion.text());
    }
}
