package org.billingtakeover.billing.byhand;

import java.time.Clock;
import java.util.Optional;
import org.billingtakeover.billing.IntegrationByHand;
import org.billingtakeover.billing.IntegrationByHand.Step;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform;
import org.billingtakeover.billing.IntegrationsByHand;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** To order a stop or a restart is to ask the firm to make it, and it is done once somebody says so or a list shows it. */
@Component("integrationByHand")
class IntegrationSetByHand implements IntegrationPlatform {

    private final IntegrationsByHand integrations;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    IntegrationSetByHand(IntegrationsByHand integrations, ApplicationEventPublisher publisher, Clock clock) {
        this.integrations = integrations;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing order(Order order) {
        IntegrationByHand asked = asked(order, Step.TO_SET);
        if (integrations.add(asked)) {
            publisher.publishEvent(new IntegrationByHand.Wanted(asked));
        }
        return known(order.key());
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing withdraw(Order order) {
        if (!integrations.add(asked(order, Step.WITHDRAWN)) && integrations.withdrawn(order.key())) {
            publisher.publishEvent(
                    new IntegrationByHand.Settled(integrations.find(order.key()).orElseThrow()));
        }
        return known(order.key());
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public Standing standing(IntegrationKey key) {
        return known(key);
    }

    private IntegrationByHand asked(Order order, Step step) {
        return new IntegrationByHand(order, step, Optional.empty(), Optional.empty(), clock.instant());
    }

    private Standing known(IntegrationKey key) {
        return integrations
                .find(key)
                .map(known -> switch (known.step()) {
                    case TO_SET -> Standing.UNDER_WAY;
                    case SET -> Standing.DONE;
                    case WITHDRAWN -> Standing.WITHDRAWN;
                })
                .orElse(Standing.UNKNOWN);
    }
}
