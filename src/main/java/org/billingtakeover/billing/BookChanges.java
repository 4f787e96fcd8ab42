package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.Bookings.Taken;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the platform do what cases want: books, withdraws, and reads on the date who pays; after that, what is wanted of integrations. What it may have heard of is read before it is
 * asked for again. No transaction is open and nothing is locked while the platform is talked to; what it says is kept in a transaction of
 * its own, together with what it means for the case.
 */
@Component
public class BookChanges {

    /** Bills are made moments after the cut-off, and not all at once. */
    private static final Duration AFTER_CUT_OFF = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

    private static final Duration MOST_BETWEEN_LOOKS = Duration.ofHours(1);

    private static final int TENTH = 10;

    private final Bookings bookings;
    private final Platforms<BillingPlatform> platforms;
    private final SetIntegrations integrations;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BookChanges(
            Bookings bookings,
            Platforms<BillingPlatform> platforms,
            SetIntegrations integrations,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.bookings = bookings;
        this.platforms = platforms;
        this.integrations = integrations;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Does what is due now, until the platform seems to be down. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void run() {
        new Round<>(bookings, this::settle, clock).run();
        integrations.run();
    }

    private void settle(Taken taken) {
        Booking booking = taken.booking();
        BookingKey key = booking.order().key();
        BillingPlatform platform = platforms.named(booking.platform());
        Standing standing = taken.askedBefore() ? platform.standing(key) : new Standing.Unknown();
        if (standing instanceof Standing.Effective) {
            keep(booking, Progress.CONFIRMED, Optional.empty());
        } else if (standing instanceof Standing.Lapsed lapsed) {
            keep(booking, Progress.REJECTED, Optional.of(lapsed.reason()));
        } else if (standing instanceof Standing.Withdrawn) {
            withdrawnThere(booking);
        } else if (booking.isWanted()) {
            standsAsWanted(booking, platform, standing);
        } else {
            withdraw(taken, platform);
        }
    }

    private void withdrawnThere(Booking booking) {
        if (booking.isWanted()) {
            keep(booking, Progress.REJECTED, Optional.of(Rejection.WITHDRAWN_THERE));
        } else {
            keep(booking, Progress.WITHDRAWN, Optional.empty());
        }
    }

    private void standsAsWanted(Booking booking, BillingPlatform platform, Standing standing) {
        if (standing instanceof Standing.Unknown) {
            Answer answer = platform.book(booking.order());
            if (answer instanceof Answer.Rejected rejected) {
                keep(booking, Progress.REJECTED, Optional.of(rejected.reason()));
            } else {
                keep(booking, answer instanceof Answer.TooLate ? Progress.TOO_LATE : Progress.BOOKED, Optional.empty());
            }
        } else if (booking.progress() == Progress.WAITING) {
            keep(booking, Progress.BOOKED, Optional.empty());
        } else {
            bookings.later(booking.order().key(), lookAgain(booking));
        }
    }

    private void withdraw(Taken taken, BillingPlatform platform) {
        Booking booking = taken.booking();
        boolean gone = !taken.askedBefore() || platform.withdraw(booking.order()) == Withdrawal.GONE;
        if (gone) {
            keep(booking, Progress.WITHDRAWN, Optional.empty());
        } else {
            // The bills are being made, or somebody takes it back there: what has become of it is read later.
            bookings.later(booking.order().key(), lookAgain(booking));
        }
    }

    private Instant lookAgain(Booking booking) {
        Instant now = clock.instant();
        Instant made = booking.cutOff().plus(AFTER_CUT_OFF);
        return now.isBefore(made) ? made : now.plus(betweenLooks(Duration.between(made, now)));
    }

    /** What is not made with the bills of its date takes people, and the longer it takes them, the more rarely it is looked at. */
    private static Duration betweenLooks(Duration waited) {
        Duration rarer = waited.dividedBy(TENTH);
        if (rarer.compareTo(BETWEEN_LOOKS) < 0) {
            return BETWEEN_LOOKS;
        }
        return rarer.compareTo(MOST_BETWEEN_LOOKS) < 0 ? rarer : MOST_BETWEEN_LOOKS;
    }

    @EventListener
    void on(BookingHeardOf heard) {
        bookings.lookAt(heard.key(), clock.instant());
    }

    private void keep(Booking booking, Progress word, Optional<Rejection> reason) {
        transaction.executeWithoutResult(running -> {
            publisher.publishEvent(new Booking.Told(booking, word, reason));
            bookings.told(
                    booking.order().key(),
                    word,
                    reason,
                    word == Progress.BOOKED ? Optional.of(lookAgain(booking)) : Optional.empty(),
                    clock.instant());
        });
    }
}
