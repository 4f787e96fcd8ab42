package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets the billing date on which the payer changes, and sets it anew when the platform moves it. */
@Component
public class ScheduleChange {

    /** So that what the check finds reaches the platform before it is too late there. */
    private static final Duration BEFORE_CUT_OFF = Duration.ofHours(1);

    private final CaseFiles files;
    private final CalendarOfDeadlines calendar;
    private final CheckEligibility eligibility;
    private final Platforms<BillingPlatform> platforms;
    private final TellParties tell;
    private final Clock clock;

    ScheduleChange(
            CaseFiles files,
            CalendarOfDeadlines calendar,
            CheckEligibility eligibility,
            Platforms<BillingPlatform> platforms,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.calendar = calendar;
        this.eligibility = eligibility;
        this.platforms = platforms;
        this.tell = tell;
        this.clock = clock;
    }

    /**
     * What is agreed gets a billing date, or another one. What the platform has rejected, or what billing operations look into, is only
     * waited for.
     *
     * @return when its process goes on: once the platform is expected to have made the change, or is asked again
     */
    @Transactional
    public Attempt<Instant> schedule(TakeoverKey key) {
        CaseFile file = files.lock(key);
        Optional<Consent> consent = file.consent();
        if (consent.isEmpty()) {
            return Attempt.refused(Verdict.denied("noConsent"));
        }
        if (file.state() instanceof State.Pending pending && !(pending instanceof State.Scheduled)) {
            return Attempt.done(pending.due().orElse(clock.instant()));
        }
        if (file.state() instanceof State.Agreed agreed
                && !eligibility
                        .reasonsAgainst(file, agreed.way(), Moment.SCHEDULING)
                        .isEmpty()) {
            return Attempt.refused(Verdict.denied("notAsAgreed"));
        }
        Appointment appointment = appointment(file, date(file));
        return files.attempt(file, Actors.SYSTEM, file.state().scheduled(consent.get(), appointment))
                .map(scheduled -> ((State.Scheduled) scheduled.state()).expectedMade());
    }

    /** What a billing date means for a change that is booked for it. */
    Appointment appointment(CaseFile file, LocalDate date) {
        ZoneId zone = file.account().client().timeZone();
        Instant begins = BillingDates.startOf(date, zone);
        Instant cutOff = platforms.of(file.account().firm()).cutOff(date, zone);
        Instant inTime = cutOff.minus(BEFORE_CUT_OFF);
        return new Appointment(date, begins.isBefore(inTime) ? begins : inTime, cutOff);
    }

    /** The billing date that is scheduled, unless what moves is billed on another day by now: then the next one that can be booked. */
    LocalDate date(CaseFile file) {
        LocalDate today = calendar.today(file.account().client());
        Optional<LocalDate> scheduled = file.state().billingDate();
        return scheduled
                .filter(date -> nextAfter(file, date.isAfter(today) ? today : date.minusDays(1))
                        .equals(date))
                .orElseGet(() -> nextToBook(file, today));
    }

    /**
     * The billing date for which a change is made if it is tried now. What is scheduled is made as it was promised; what could not be made
     * is booked for its date while the platform takes that, and for the next one after that, never for an earlier one.
     */
    LocalDate dateIfTriedNow(CaseFile file, State.Pending pending) {
        LocalDate today = calendar.today(file.account().client());
        LocalDate agreed = pending.change().billingDate();
        if (pending instanceof State.Scheduled) {
            return agreed;
        }
        LocalDate date = today.isAfter(agreed) ? nextAfter(file, today) : date(file);
        return canBeBooked(file, date) ? date : nextToBook(file, date);
    }

    /** The billing date after the one that is scheduled, and after today. */
    LocalDate following(CaseFile file) {
        LocalDate today = calendar.today(file.account().client());
        return nextToBook(
                file,
                file.state().billingDate().filter(date -> date.isAfter(today)).orElse(today));
    }

    private LocalDate nextToBook(CaseFile file, LocalDate day) {
        LocalDate date = nextAfter(file, day);
        while (!canBeBooked(file, date)) {
            date = nextAfter(file, date);
        }
        return date;
    }

    private boolean canBeBooked(CaseFile file, LocalDate date) {
        return clock.instant().isBefore(appointment(file, date).cutOff());
    }

    private LocalDate nextAfter(CaseFile file, LocalDate day) {
        return BillingDates.next(file.account().subscription(file.state().way().moving()), day);
    }

    /** Tells firm and client when the payer changes, or that the date has moved, if either has just happened. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.ChangeScheduled.class).ifPresent(scheduled -> tell.scheduled(file));
        file.justHappened(Happening.BillingDateMoved.class)
                .ifPresent(moved -> tell.dateMoved(
                        file,
                        file.justHappened(Happening.BookedTooLate.class).map(Happening.BookedTooLate::billingDate)));
    }
}
