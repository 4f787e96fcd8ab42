package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import org.billingtakeover.billing.IntegrationOrder.Progress;
import org.billingtakeover.billing.IntegrationOrders.Taken;
import org.billingtakeover.billing.IntegrationPlatform.Standing;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the platform stop and restart integrations: orders, withdraws, and reads what became of it. What it may have heard of is read before
 * it is asked for again; what it says is kept in a transaction of its own, together with what it means for the client.
 */
@Component
class SetIntegrations {

    /** Whoever does it by hand tells; this finds what was missed. */
    private static final Duration BETWEEN_LOOKS = Duration.ofHours(1);

    private final IntegrationOrders orders;
    private final Platforms<IntegrationPlatform> platforms;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SetIntegrations(
            IntegrationOrders orders,
            Platforms<IntegrationPlatform> platforms,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.orders = orders;
        this.platforms = platforms;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** In no transaction. */
    void run() {
        new Round<>(orders, this::settle, clock).run();
    }

    private void settle(Taken taken) {
        IntegrationOrder order = taken.order();
        switch (standing(taken)) {
            case DONE -> keep(order, Progress.CONFIRMED);
            case WITHDRAWN -> keep(order, Progress.WITHDRAWN);
            case UNDER_WAY, UNKNOWN ->
                orders.later(order.order().key(), clock.instant().plus(BETWEEN_LOOKS));
        }
    }

    private Standing standing(Taken taken) {
        IntegrationOrder order = taken.order();
        if (!order.isWanted() && !taken.askedBefore()) {
            return Standing.WITHDRAWN;
        }
        IntegrationPlatform platform = platforms.named(order.platform());
        Standing known = taken.askedBefore() ? platform.standing(order.order().key()) : Standing.UNKNOWN;
        if (known == Standing.DONE || known == Standing.WITHDRAWN) {
            return known;
        }
        if (!order.isWanted()) {
            return platform.withdraw(order.order());
        }
        return known == Standing.UNKNOWN ? platform.order(order.order()) : known;
    }

    @EventListener
    void on(IntegrationHeardOf heard) {
        orders.lookAt(heard.key(), clock.instant());
    }

    private void keep(IntegrationOrder order, Progress word) {
        transaction.executeWithoutResult(running -> {
            publisher.publishEvent(new IntegrationOrder.Told(order, word));
            orders.told(order.order().key(), word, clock.instant());
        });
    }
}
