package org.billingtakeover.billing.ledger;

import java.util.List;
import org.billingtakeover.billing.BookingKey;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the bills of a billing date at the ledger's own hour, whether anybody asks or not. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.bookings.enabled", matchIfMissing = true)
class MakeBills {

    private static final int AT_A_TIME = 500;

    private final EmbeddedLedger ledger;

    MakeBills(EmbeddedLedger ledger) {
        this.ledger = ledger;
    }

    @Scheduled(fixedDelayString = "${back-office.ledger.looked-for-every}")
    void make() {
        List<BookingKey> due = ledger.toBeMade(AT_A_TIME);
        while (!due.isEmpty()) {
            due.forEach(ledger::standing);
            due = ledger.toBeMade(AT_A_TIME);
        }
    }
}
