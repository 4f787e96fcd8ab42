package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells a case what the platform says of its bookings, in the transaction that keeps it. */
@Component
class FollowBookings {

    private final Takeovers takeovers;
    private final CaseFiles files;
    private final Bookings bookings;
    private final ScheduleChange schedule;
    private final CalendarOfDeadlines calendar;
    private final TakeoverFlow flow;
    private final TellParties tell;
    private final Clock clock;

    FollowBookings(
            Takeovers takeovers,
            CaseFiles files,
            Bookings bookings,
            ScheduleChange schedule,
            CalendarOfDeadlines calendar,
            TakeoverFlow flow,
            TellParties tell,
            Clock clock) {
        this.takeovers = takeovers;
        this.files = files;
        this.bookings = bookings;
        this.schedule = schedule;
        this.calendar = calendar;
        this.flow = flow;
        this.tell = tell;
        this.clock = clock;
    }

    @EventListener
    void on(Booking.Told told) {
        flow.byItself(() -> follow(told));
    }

    private void follow(Booking.Told told) {
        if (told.word() == Progress.CONFIRMED) {
            confirmed(told);
            return;
        }
        CaseFile file = files.lock(told.booking().takeover());
        if (isWanted(told.booking()) && file.state() instanceof State.Scheduled scheduled) {
            followWanted(file, scheduled, told);
        } else {
            followUnwanted(file, told);
        }
    }

    /** Of thousands of cases on a billing date: they are only locked, and read when they are recorded. */
    private void confirmed(Booking.Told told) {
        TakeoverKey key = told.booking().takeover();
        takeovers.lock(key);
        if (isWanted(told.booking())) {
            flow.changeConfirmed(key);
        } else {
            flow.madeThoughWithdrawn(key);
        }
    }

    /** Meanwhile the case may have come to want something else. */
    private boolean isWanted(Booking told) {
        return bookings.wantedBy(told.takeover())
                .filter(booking -> booking.order().key().equals(told.order().key()))
                .isPresent();
    }

    private void followWanted(CaseFile file, State.Scheduled scheduled, Booking.Told told) {
        switch (told.word()) {
            case BOOKED ->
                files.turn(file, Actors.SYSTEM, scheduled.booked(told.booking()).orRefuse());
            case REJECTED -> rejected(file, scheduled, told.reason().orElseThrow());
            case TOO_LATE -> tooLate(file, scheduled, told.booking());
            case CONFIRMED, WAITING, WITHDRAWN -> {
                // Followed elsewhere, or said of what nobody wants any more.
            }
        }
    }

    private void followUnwanted(CaseFile file, Booking.Told told) {
        LocalDate date = told.booking().order().effective();
        switch (told.word()) {
            case WITHDRAWN ->
                files.turn(
                        file,
                        Actors.SYSTEM,
                        new Verdict.Allowed(file.state(), List.of()),
                        new Happening.BookingWithdrawn(told.booking().order().key(), date));
            case CONFIRMED, WAITING, BOOKED, REJECTED, TOO_LATE -> {
                // Followed elsewhere; or nothing of it is left, or what is booked is withdrawn next.
            }
        }
    }

    /** As the table says, it is tried again by itself while firm or client mend it; what only billing operations can mend waits for them at once. */
    private void rejected(CaseFile file, State.Scheduled scheduled, Rejection reason) {
        LocalDate today = file.today(clock.instant());
        List<Integer> retryDays = calendar.retryDays(today);
        Optional<Instant> retryAt =
                reason.mender() != Mender.BILLING_OPERATIONS && scheduled.rejections() < retryDays.size()
                        ? Optional.of(BillingDates.startOf(
                                today.plusDays(retryDays.get(scheduled.rejections())),
                                file.account().client().timeZone()))
                        : Optional.empty();
        CaseFile turned = files.turn(
                file, Actors.SYSTEM, scheduled.rejected(reason, retryAt).orRefuse());
        if (scheduled.rejections() == 0) {
            tell.notChanged(turned, reason.name(), schedule.following(turned));
        }
        if (retryAt.isEmpty()) {
            tell.problem(turned, reason.name());
        }
        flow.changeRejected(file.key());
    }

    /** Nothing is backdated over bills that were made: the next billing date. */
    private void tooLate(CaseFile file, State.Scheduled scheduled, Booking booking) {
        Appointment next = schedule.appointment(file, schedule.following(file));
        files.turn(
                file,
                Actors.SYSTEM,
                scheduled.putOff(next).orRefuse(),
                new Happening.BookedTooLate(
                        booking.order().key(), booking.order().effective()));
        flow.billingDateMoved(file.key());
    }
}
