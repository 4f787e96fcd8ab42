package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets the billing date on which the payer changes, and sets it anew when the platform moves it. */
@Component
public class ScheduleChange {

    private final CaseFiles files;
    private final CalendarOfDeadlines calendar;
    private final CheckEligibility eligibility;
    private final TellParties tell;

    ScheduleChange(CaseFiles files, CalendarOfDeadlines calendar, CheckEligibility eligibility, TellParties tell) {
        this.files = files;
        this.calendar = calendar;
        this.eligibility = eligibility;
        this.tell = tell;
    }

    /** @return the instant at which the billing date begins for the client */
    @Transactional
    public Attempt<Instant> schedule(TakeoverKey key) {
        CaseFile file = files.lock(key);
        Optional<Consent> consent = file.consent();
        if (consent.isEmpty()) {
            return Attempt.refused(Verdict.denied("noConsent"));
        }
        if (file.state() instanceof State.Agreed agreed
                && !eligibility
                        .reasonsAgainst(file, agreed.way(), Moment.SCHEDULING)
                        .isEmpty()) {
            return Attempt.refused(Verdict.denied("notAsAgreed"));
        }
        LocalDate date = date(file);
        Instant at = startOf(file, date);
        return files.attempt(file, Actors.SYSTEM, file.state().scheduled(consent.get(), date, at))
                .map(scheduled -> scheduled.state().due().orElse(at));
    }

    /** When a billing date begins for the client. */
    Instant startOf(CaseFile file, LocalDate date) {
        return BillingDates.startOf(date, file.account().client().timeZone());
    }

    /** The billing date that is scheduled, unless what moves is billed on another day by now: then the next one. */
    LocalDate date(CaseFile file) {
        LocalDate today = calendar.today(file.account().client());
        Optional<LocalDate> scheduled = file.state().billingDate();
        return scheduled
                .filter(date -> nextAfter(file, date.isAfter(today) ? today : date.minusDays(1))
                        .equals(date))
                .orElseGet(() -> nextAfter(file, today));
    }

    /**
     * The billing date for which a change is made if it is tried now. One that could not be made is made for its date while that day
     * lasts and for the next one after that, never for an earlier one; one that merely is late is made as it was promised.
     */
    LocalDate dateIfTriedNow(CaseFile file, State.Pending pending) {
        LocalDate today = calendar.today(file.account().client());
        LocalDate agreed = pending.change().billingDate();
        if (pending instanceof State.Scheduled) {
            return agreed;
        }
        return today.isAfter(agreed) ? nextAfter(file, today) : date(file);
    }

    /** The billing date after the one that is scheduled, and after today. */
    LocalDate following(CaseFile file) {
        LocalDate today = calendar.today(file.account().client());
        return nextAfter(
                file,
                file.state().billingDate().filter(date -> date.isAfter(today)).orElse(today));
    }

    private LocalDate nextAfter(CaseFile file, LocalDate day) {
        return BillingDates.next(file.account().subscription(file.state().way().moving()), day);
    }

    /** Tells firm and client when the payer changes, or that the date has moved, if either has just happened. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.ChangeScheduled.class).ifPresent(scheduled -> tell.scheduled(file));
        file.justHappened(Happening.BillingDateMoved.class).ifPresent(moved -> tell.both(file, MailKind.DATE_MOVED));
    }
}
