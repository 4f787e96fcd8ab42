package org.billingtakeover.billing.ledger;

import org.billingtakeover.billing.BillsDue;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has changes and bills made at the ledger's own hour, by a node that serves pages. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.bookings.enabled", matchIfMissing = true)
class MakeBills {

    private final BillsDue due;

    MakeBills(BillsDue due) {
        this.due = due;
    }

    @Scheduled(fixedDelayString = "${back-office.ledger.looked-for-every}")
    void make() {
        due.make();
    }
}
