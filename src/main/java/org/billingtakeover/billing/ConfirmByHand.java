package org.billingtakeover.billing;

import org.billingtakeover.account.IntegrationsShown;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the word of staff, or of a list, that an integration is stopped or restarted by hand. */
@Component
public class ConfirmByHand {

    private final IntegrationsByHand integrations;
    private final ApplicationEventPublisher publisher;

    ConfirmByHand(IntegrationsByHand integrations, ApplicationEventPublisher publisher) {
        this.integrations = integrations;
        this.publisher = publisher;
    }

    @EventListener
    @Transactional
    void on(IntegrationsShown list) {
        integrations.shown(list).forEach(this::isShown);
    }

    private void isShown(IntegrationKey key) {
        IntegrationByHand shown = integrations.find(key).orElseThrow();
        publisher.publishEvent(new IntegrationByHand.Shown(shown));
        publisher.publishEvent(new IntegrationByHand.Settled(shown));
        publisher.publishEvent(new IntegrationHeardOf(key));
    }

    /**
     * A member of staff has done it, or seen that it is done.
     *
     * @return false if it is not to be done any more
     */
    @Transactional
    public boolean said(IntegrationKey key, String actor) {
        boolean isTaken = integrations.said(key, actor);
        if (isTaken) {
            publisher.publishEvent(new IntegrationHeardOf(key));
        }
        return isTaken;
    }
}
