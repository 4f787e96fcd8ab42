package org.billingtakeover.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.billing.IntegrationPlatform.Order;

/**
 * A stop or restart that a firm makes in its accountant product itself, since nobody else is let in there.
 *
 * @param saidBy the member of staff who said that it is done
 * @param shownOn the day of the list that showed it
 * @param askedAt when the firm was asked to make it
 */
public record IntegrationByHand(
        Order order, Step step, Optional<String> saidBy, Optional<LocalDate> shownOn, Instant askedAt) {

    /** How far it is. */
    public enum Step {
        TO_SET,
        /** A member of staff has said so, or a list has shown it. */
        SET,
        WITHDRAWN
    }

    /** A firm is to make it. Published in the transaction that keeps it. */
    public record Wanted(IntegrationByHand change) {}

    /** A list has shown it: published in the transaction that keeps it. */
    public record Shown(IntegrationByHand change) {}

    /** Whoever works on it need not go on. Published in the transaction that keeps it. */
    public record Settled(IntegrationByHand change) {}
}
