package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.IntegrationPlatform.Order;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * That the integration of a client is to be stopped or restarted, and how far that has come.
 *
 * @param takeover the case in which that was decided, if it was in one
 * @param platform where it is ordered
 * @param isWanted whether anybody still wants it; what nobody wants is withdrawn
 */
public record IntegrationOrder(
        ClientKey client,
        Optional<TakeoverKey> takeover,
        Order order,
        PlatformName platform,
        boolean isWanted,
        Progress progress) {

    /** The case, or the client where there is none. */
    public Subject about() {
        return takeover.<Subject>map(key -> key).orElse(client);
    }

    /** How far it has come, as the platform has told. */
    public enum Progress {
        /** Still to be ordered or done; or nobody knows whether it was. */
        WAITING,
        /** The platform's books say that it is done; also where it was withdrawn too late. */
        CONFIRMED,
        WITHDRAWN
    }

    /** As in {@link IntegrationOrder} and {@link Order}. */
    public record Wish(
            ClientKey client,
            Optional<TakeoverKey> takeover,
            CompanyId companyId,
            FirmId firmId,
            IntegrationStatus status,
            LocalDate asOf,
            PlatformName platform) {}

    /**
     * The platform's word on an order, kept. Published in the transaction that keeps it, before it is written down, so that whoever locks
     * a case for it locks the case first.
     *
     * @param order as it was before
     */
    public record Told(IntegrationOrder order, Progress word) {}
}
