package org.billingtakeover.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.IntegrationOrder.Progress;
import org.billingtakeover.kernel.ClientKey;

/** The stored orders to stop or restart integrations. What is wanted is written in the transaction of whoever decides it. */
public interface IntegrationOrders extends Agenda<IntegrationKey, IntegrationOrders.Taken> {

    /** The platform has something to tell of it, now. */
    void lookAt(IntegrationKey key, Instant now);

    /**
     * This is wanted from now on.
     *
     * @return under which key; empty where something is wanted of that client already
     */
    Optional<IntegrationKey> want(IntegrationOrder.Wish wish, Instant now);

    /** A stop that is ordered and not confirmed is no longer wanted. */
    void wantNoStop(ClientKey client, Instant now);

    /** What is wanted of a client and not confirmed. */
    Optional<IntegrationOrder> wantedOf(ClientKey client);

    Optional<IntegrationOrder> find(IntegrationKey key);

    /** All that was ordered of a client, earliest first. */
    List<IntegrationOrder> of(ClientKey client);

    /** At the end: nothing is left to ask. */
    void told(IntegrationKey key, Progress word, Instant now);

    /** @param askedBefore whether the platform may have heard of it */
    record Taken(IntegrationOrder order, boolean askedBefore) {}
}
