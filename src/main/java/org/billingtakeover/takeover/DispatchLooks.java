package org.billingtakeover.takeover;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has changes looked at whose billing date has begun, by a node that serves pages. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.bookings.enabled", matchIfMissing = true)
class DispatchLooks {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchLooks.class);

    private final LookBeforeBills looks;

    DispatchLooks(LookBeforeBills looks) {
        this.looks = looks;
    }

    @Scheduled(fixedDelayString = "${back-office.bookings.looked-for-every}")
    void look() {
        try {
            looks.run();
        } catch (RuntimeException e) {
            LOG.error("The changes of a billing date could not be looked for", e);
        }
    }
}
