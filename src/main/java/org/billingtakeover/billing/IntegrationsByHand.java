package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;

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
     * A list of the firm shows it; one from before the day as of which it was ordered shows nothing.
     *
     * @return what was shown, if anything waited for that
     */
    Optional<IntegrationKey> shown(CompanyId companyId, FirmId firmId, IntegrationStatus status, LocalDate asOf);

    /** It is no longer wanted. */
    boolean withdrawn(IntegrationKey key);
}
