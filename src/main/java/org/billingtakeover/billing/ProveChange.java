package org.billingtakeover.billing;

import java.time.LocalDate;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.account.PayersShown;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.ChangeByHand.Kind;
import org.billingtakeover.billing.ChangeByHand.Proof;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes a proof of what a firm was to change by hand: from then on the books have it. */
@Component
public class ProveChange {

    private final ChangesByHand changes;
    private final PayerBooks books;
    private final ApplicationEventPublisher publisher;

    ProveChange(ChangesByHand changes, PayerBooks books, ApplicationEventPublisher publisher) {
        this.changes = changes;
        this.books = books;
        this.publisher = publisher;
    }

    @EventListener
    @Transactional
    void on(PayersShown shown) {
        for (PayersShown.Shown each : shown.changes()) {
            changes.awaited(each.companyId(), each.product())
                    .filter(change -> change.order().firmId().equals(shown.firmId()))
                    .ifPresent(change -> byList(change, shown.asOf()));
        }
    }

    private void byList(ChangeByHand change, LocalDate asOf) {
        BookingKey key = change.order().key();
        if (isTaken(change, new Proof(Kind.LIST, asOf))) {
            publisher.publishEvent(new ChangeByHand.Settled(changes.find(key).orElseThrow()));
        }
    }

    /**
     * A person has compared a bill of the firm or the client, and it shows the change.
     *
     * @param sentIn the day on which the bill was sent in, local date of the client
     * @return false if that was before the change is effective, or the change waits for no proof
     */
    @Transactional
    public boolean byBill(BookingKey key, LocalDate sentIn) {
        return changes.find(key)
                .filter(change -> isTaken(change, new Proof(Kind.BILL, sentIn)))
                .isPresent();
    }

    private boolean isTaken(ChangeByHand change, Proof proof) {
        Order order = change.order();
        if (!changes.proved(order.key(), proof)) {
            return false;
        }
        books.correct(order.companyId(), order.product(), order.newPayer(), order.firmId(), order.effective());
        publisher.publishEvent(new ChangeByHand.Proved(changes.find(order.key()).orElseThrow()));
        publisher.publishEvent(new BookingHeardOf(order.key()));
        return true;
    }
}
