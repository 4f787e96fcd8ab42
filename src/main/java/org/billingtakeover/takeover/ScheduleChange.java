package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Account;
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
    private final TellParties tell;

    ScheduleChange(CaseFiles files, CalendarOfDeadlines calendar, TellParties tell) {
        this.files = files;
        this.calendar = calendar;
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
        LocalDate date = nextBillingDate(file);
        Instant at = BillingDates.startOf(date, file.account().client().timeZone());
        return files.attempt(file, Actors.SYSTEM, file.state().scheduled(consent.get(), date, at))
                .map(scheduled -> scheduled.state().due().orElse(at));
    }

    /** The next billing date of what moves. */
    LocalDate nextBillingDate(CaseFile file) {
        Account account = file.account();
        return BillingDates.next(account.subscription(file.state().way().moving()), calendar.today(account.client()));
    }

    /** Tells firm and client when the payer changes, or that the date has moved, if either has just happened. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.ChangeScheduled.class).ifPresent(scheduled -> tell.both(file, MailKind.SCHEDULED));
        file.justHappened(Happening.BillingDateMoved.class).ifPresent(moved -> tell.both(file, MailKind.DATE_MOVED));
    }
}
