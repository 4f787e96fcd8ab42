package org.billingtakeover.billing;

import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.IntegrationsShown;

/**
 * The stored stops and restarts that firms make by hand. What is not possible as one stands is answered with {@code false}, and nothing
 * has changed.
 */
public interface IntegrationsByHand {

    Optional<IntegrationByHand> find(IntegrationKey key);

    /** Keeps a new one; false if it is known. */
    boolean add(IntegrationByHand change);

    /** A member of staff says that it is done. */
    boolean said(IntegrationKey key, String actor);

    /**
     * A list of the firm shows some of them; one from before the day as of which they were ordered shows nothing.
     *
     * @return what was shown of what waited for that
     */
    List<IntegrationKey> shown(IntegrationsShown list);

    /** It is no longer wanted. */
    boolean withdrawn(IntegrationKey key);
}
