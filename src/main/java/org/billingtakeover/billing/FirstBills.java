package org.billingtakeover.billing;

import java.time.Instant;
import java.util.Optional;

/**
 * What the first bills of both parties say of a change of payer: its proof.
 *
 * @param booking by which the payer changed
 * @param madeAt when each party is to have been billed
 * @param compared empty until they were read
 */
public record FirstBills(Booking booking, Instant madeAt, Finding finding, Optional<BillsCompared> compared) {

    /** What they say. */
    public enum Finding {
        /** Not all of them were made. */
        AWAITED,
        /** One payer for each day, at the price and with the taxes that were agreed. */
        AS_AGREED,
        /** A party has paid for days that it does not owe. */
        REFUND_DUE,
        /** It has got that back. */
        REFUNDED,
        /** Something is not as agreed: billing operations look into it. */
        DIFFERENT,
        /** Billing operations have it put right. */
        BEING_CORRECTED,
        /** Billing operations have found them right as they are. */
        EXPLAINED;

        /** Whether they are read again. */
        public boolean isOpen() {
            return this == AWAITED || this == REFUND_DUE || this == DIFFERENT || this == BEING_CORRECTED;
        }
    }

    /** They were read, and say something new. Published in the transaction that keeps it. */
    public record Read(FirstBills before, Finding finding, BillsCompared compared) {}
}
