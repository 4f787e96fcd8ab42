package org.billingtakeover.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Rejection;

/**
 * A change that a firm makes in its accountant product itself, since nobody else is let in there.
 *
 * @param reason why it has lapsed
 * @param askedAt when the firm was asked to make it
 */
public record ChangeByHand(Order order, Step step, Optional<Rejection> reason, Optional<Proof> proof, Instant askedAt) {

    /** How far it is, by what the firm says, and at the end by what proves it. */
    public enum Step {
        TO_MAKE,
        /** The firm says that it has made it; nothing proves that yet. */
        MADE,
        PROVED,
        LAPSED,
        /** It is no longer wanted, and the firm has made it already. */
        TO_TAKE_BACK,
        WITHDRAWN;

        /** Whether a proof makes a change of it. */
        public boolean awaitsProof() {
            return this == TO_MAKE || this == MADE;
        }
    }

    /** What shows that the payer has changed. */
    public enum Kind {
        /** An account list of the firm. */
        LIST,
        /** A bill, compared by a person. */
        BILL
    }

    /** @param on the day of which the list is, or on which the bill was sent in; never before the change is effective */
    public record Proof(Kind kind, LocalDate on) {}

    /** A proof was taken. Published in the transaction that keeps it. */
    public record Proved(ChangeByHand change) {}

    /** A firm is to make it. Published in the transaction that keeps it. */
    public record Wanted(ChangeByHand change) {}

    /**
     * A list has proved it, or it is no longer wanted: whoever works on it need not go on. Published in the transaction that keeps it.
     */
    public record Settled(ChangeByHand change) {}
}
