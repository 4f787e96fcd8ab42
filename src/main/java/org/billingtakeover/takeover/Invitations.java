package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Money;
import org.jspecify.annotations.Nullable;

/** Clients that were found with two payers, and what their firms were told of them. */
public interface Invitations {

    /** Begins one for each of some clients that have two payers, a running integration, no doubt about them, and none yet. */
    List<UUID> found(Instant at, int most);

    Optional<Invitation> of(UUID client);

    /** By client. */
    Map<UUID, Invitation> of(Collection<UUID> clients);

    void invited(UUID client, Instant at, Cost cost);

    /** One payer, or none that matters any more: found again, the client begins anew. */
    void ended(UUID client);

    /**
     * @param foundOn the local date of the client
     * @param invitedAt when the firm was last invited; null before it was
     */
    record Invitation(LocalDate foundOn, @Nullable Instant invitedAt, Cost cost) {}

    /**
     * What each way would change a month, taxes included; null where no price is known.
     *
     * @param firm what the firm pays more or less
     * @param client what the client pays more or less
     */
    record Difference(Money firm, Money client) {}

    /** Both ways beside each other. */
    record Cost(
            @Nullable Difference firmTakesTime, @Nullable Difference clientTakesOnline) {}
}
