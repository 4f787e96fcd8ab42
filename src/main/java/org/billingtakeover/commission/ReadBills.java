package org.billingtakeover.commission;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has the bills of platforms read, by a node that serves pages. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.bookings.enabled", matchIfMissing = true)
class ReadBills {

    private static final Logger LOG = LoggerFactory.getLogger(ReadBills.class);

    private final EarnByBills earn;

    ReadBills(EarnByBills earn) {
        this.earn = earn;
    }

    @Scheduled(fixedDelayString = "${back-office.ledger.looked-for-every}")
    void look() {
        try {
            earn.read();
        } catch (RuntimeException e) {
            LOG.warn(
                    "The bills of a platform could not be read: {}",
                    e.getClass().getName());
        }
    }
}
