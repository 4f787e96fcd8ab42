package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.Bookings.Taken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has the platform do what cases want: books, withdraws, and reads on the date who pays. What it may have heard of is read before it is
 * asked for again. No transaction is open and nothing is locked while the platform is talked to; what it says is kept in a transaction of
 * its own, together with what it means for the case.
 */
@Component
public class BookChanges {

    private static final Logger LOG = LoggerFactory.getLogger(BookChanges.class);

    private static final int AT_A_TIME = 50;

    /** After so many failures in a row the rest is left for later, instead of waiting for each. */
    private static final int DOWN = 5;

    /** Longer than any talk with a platform takes: whoever was killed in it has surely hung up. */
    private static final Duration IN_HAND = Duration.ofMinutes(5);

    /** Bills are made moments after the cut-off, and not all at once. */
    private static final Duration AFTER_CUT_OFF = Duration.ofMinutes(1);

    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(5);

    /** What is to be withdrawn must get there before the cut-off. */
    private static final Duration BEFORE_WITHDRAWING = Duration.ofMinutes(1);

    private final Bookings bookings;
    private final BillingPlatform platform;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BookChanges(
            Bookings bookings,
            BillingPlatform platform,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.bookings = bookings;
        this.platform = platform;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Does what is due now. One that fails keeps no other from being done, until the platform seems to be down. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void run() {
        int failuresInARow = 0;
        List<BookingKey> due = bookings.due(clock.instant(), AT_A_TIME);
        while (!due.isEmpty()) {
            for (BookingKey key : due) {
                failuresInARow = isSettled(key) ? 0 : failuresInARow + 1;
                if (failuresInARow == DOWN) {
                    return;
                }
            }
            due = bookings.due(clock.instant(), AT_A_TIME);
        }
    }

    private boolean isSettled(BookingKey key) {
        try {
            Instant now = clock.instant();
            bookings.take(key, now, now.plus(IN_HAND)).ifPresent(this::settle);
            return true;
        } catch (RuntimeException e) {
            // Its class alone: what a platform or a letter says of people belongs in no log.
            LOG.warn(
                    "What became of the booking {} is not known yet: {}",
                    key,
                    e.getClass().getName());
            Instant now = clock.instant();
            bookings.failed(key, now.plus(BETWEEN_LOOKS), now.plus(BEFORE_WITHDRAWING));
            return false;
        }
    }

    private void settle(Taken taken) {
        Booking booking = taken.booking();
        BookingKey key = booking.order().key();
        Standing standing = taken.askedBefore() ? platform.standing(key) : new Standing.Unknown();
        if (standing instanceof Standing.Effective) {
            keep(booking, Progress.CONFIRMED, Optional.empty());
        } else if (standing instanceof Standing.Lapsed lapsed) {
            keep(booking, Progress.REJECTED, Optional.of(lapsed.reason()));
        } else if (standing instanceof Standing.Withdrawn) {
            withdrawnThere(booking);
        } else if (booking.isWanted()) {
            standsAsWanted(booking, standing);
        } else {
            withdraw(taken);
        }
    }

    private void withdrawnThere(Booking booking) {
        if (booking.isWanted()) {
            keep(booking, Progress.REJECTED, Optional.of(Rejection.WITHDRAWN_THERE));
        } else {
            keep(booking, Progress.WITHDRAWN, Optional.empty());
        }
    }

    private void standsAsWanted(Booking booking, Standing standing) {
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

    private void withdraw(Taken taken) {
        Booking booking = taken.booking();
        boolean gone = !taken.askedBefore() || platform.withdraw(booking.order()) == Withdrawal.GONE;
        if (gone) {
            keep(booking, Progress.WITHDRAWN, Optional.empty());
        } else {
            // The bills are being made: whether the change was made by them is read as soon as they are.
            bookings.later(booking.order().key(), lookAgain(booking));
        }
    }

    private Instant lookAgain(Booking booking) {
        Instant now = clock.instant();
        Instant made = booking.cutOff().plus(AFTER_CUT_OFF);
        return now.isBefore(made) ? made : now.plus(BETWEEN_LOOKS);
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
