package org.billingtakeover.commission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Payouts on their way to whoever pays: the outbox. */
public interface Payouts {

    /** Those not handed over that nobody has asked for since {@code askedBefore}, the longest waiting first; at most {@code most}. */
    List<UUID> waiting(Instant askedBefore, int most);

    /**
     * Takes one in hand, in a transaction of its own.
     *
     * @return empty if somebody else has done so since {@code askedBefore}, or it was handed over
     */
    Optional<Taken> take(UUID payout, Instant askedBefore, Instant now);

    /** They have the order; in a transaction of its own. */
    void handedOver(UUID payout, Instant now);

    /** @param askedBefore whether they were asked to pay it already, so that they may have the order */
    record Taken(CommissionPayout payout, boolean askedBefore) {}
}
