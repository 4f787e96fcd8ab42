package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.AccountNotFollowed;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has the platform stop and restart integrations, in the transaction in which that is decided. Nothing is stopped or running again before
 * the platform says so.
 */
@Component
class OrderIntegration {

    private final IntegrationOrders orders;
    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Clock clock;

    OrderIntegration(IntegrationOrders orders, Accounts accounts, Takeovers takeovers, Clock clock) {
        this.orders = orders;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.clock = clock;
    }

    /** @return the order; empty where the stop is ordered already */
    Optional<IntegrationKey> stop(Account account, Optional<TakeoverKey> takeover, LocalDate stopDate) {
        return want(account, takeover, IntegrationStatus.STOPPED, stopDate);
    }

    boolean isStopOrdered(Client client) {
        return orders.wantedOf(new ClientKey(client.id()))
                .filter(wanted -> wanted.order().status() == IntegrationStatus.STOPPED)
                .isPresent();
    }

    /** @return the order; empty where it is ordered already */
    Optional<IntegrationKey> restart(Account account, Optional<TakeoverKey> takeover) {
        return want(account, takeover, IntegrationStatus.ACTIVE, today(account.client()));
    }

    LocalDate today(Client client) {
        return LocalDate.ofInstant(clock.instant(), client.timeZone());
    }

    private Optional<IntegrationKey> want(
            Account account, Optional<TakeoverKey> takeover, IntegrationStatus status, LocalDate asOf) {
        Client client = account.client();
        return orders.want(
                new IntegrationOrder.Wish(
                        new ClientKey(client.id()),
                        takeover,
                        client.companyId(),
                        client.firmId(),
                        status,
                        asOf,
                        account.firm().platform()),
                clock.instant());
    }

    /** What was agreed keeps the integration running. */
    @EventListener
    void on(Happening.Happened happened) {
        if (happened.what() instanceof Happening.ChangeScheduled) {
            orders.wantNoStop(
                    new ClientKey(takeovers.takeover(happened.takeover()).clientId()), clock.instant());
        }
    }

    /** A client that has come to one payer by itself keeps its integration, or gets it back. */
    @EventListener
    @Transactional
    void on(AccountChanged changed) {
        follow(changed.clientId());
    }

    /** Whatever became of its case. */
    @EventListener
    @Transactional
    void on(AccountNotFollowed changed) {
        follow(changed.clientId());
    }

    private void follow(UUID clientId) {
        Account account = accounts.account(clientId);
        if (account.hasTwoPayers()) {
            return;
        }
        if (account.client().integration().status() == IntegrationStatus.STOPPED) {
            if (account.arrangement() != BillingArrangement.SPLIT) {
                restart(account, Optional.empty());
            }
        } else {
            orders.wantNoStop(new ClientKey(clientId), clock.instant());
        }
    }
}
