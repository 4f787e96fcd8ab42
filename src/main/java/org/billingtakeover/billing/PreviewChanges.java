package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks platforms whether they would make what cases are about. Nobody is held up by one that does not answer. */
@Component
public class PreviewChanges {

    /** Somebody is mending it, and waits to read that it is mended. */
    private static final Duration WHILE_REFUSED = Duration.ofHours(1);

    private static final Duration WHILE_ACCEPTED = Duration.ofDays(1);

    private final Previews previews;
    private final Bookings bookings;
    private final Platforms<BillingPlatform> platforms;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PreviewChanges(
            Previews previews,
            Bookings bookings,
            Platforms<BillingPlatform> platforms,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.previews = previews;
        this.bookings = bookings;
        this.platforms = platforms;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * Asks some of what is to be asked now.
     *
     * @return whether there may be more; whoever calls does first what is more urgent
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public boolean runSome() {
        return new Round<>(previews, this::ask, clock).runSome();
    }

    private void ask(Previews.Wanted wanted) {
        Preview preview = platforms.named(wanted.platform()).preview(asBooked(wanted.order()));
        transaction.executeWithoutResult(running -> {
            publisher.publishEvent(new Previews.Told(wanted, preview));
            Instant now = clock.instant();
            previews.told(wanted, preview, askedAgain(preview, now), now);
        });
    }

    /** What is booked must not stand in its own way. */
    private Order asBooked(Order order) {
        return bookings.wantedBy(order.key().takeover())
                .map(Booking::order)
                .filter(booked -> booked.product() == order.product())
                .orElse(order);
    }

    /** Who cannot tell cannot tell tomorrow either. */
    private static Optional<Instant> askedAgain(Preview preview, Instant now) {
        if (preview instanceof Preview.NotKnown) {
            return Optional.empty();
        }
        return Optional.of(now.plus(preview instanceof Preview.Refuses ? WHILE_REFUSED : WHILE_ACCEPTED));
    }
}
