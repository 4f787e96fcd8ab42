package org.billingtakeover.billing;

import java.time.LocalDate;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;

/**
 * Where the integration of a company's two products is stopped and restarted. As {@link BillingPlatform} it is asked in no transaction and
 * with nothing locked, and may fail or lose its answer: any exception means that nobody knows what it did, and the next thing to ask is
 * {@link #standing}.
 */
public interface IntegrationPlatform {

    /** Has the integration stopped or restarted. A key that it knows is answered as before, and nothing is done twice. */
    Standing order(Order order);

    /** Takes an order back that is not carried out. One that it does not know it will not carry out either, should it still arrive. */
    Standing withdraw(Order order);

    /** What became of an order, as the platform's books have it now. */
    Standing standing(IntegrationKey key);

    /**
     * A stop or a restart.
     *
     * @param status what the integration is to be
     * @param asOf local date of the client
     */
    record Order(IntegrationKey key, CompanyId companyId, FirmId firmId, IntegrationStatus status, LocalDate asOf) {}

    /** Where an order stands. */
    enum Standing {
        /** No order with this key ever arrived. */
        UNKNOWN,
        /** Somebody has to do it there. */
        UNDER_WAY,
        /** The integration was made what was ordered. */
        DONE,
        WITHDRAWN
    }
}
