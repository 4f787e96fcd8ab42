package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sets the billing date on which the payer changes, and sets it anew when the platform moves it. */
@Component
public class ScheduleChange {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final CaseEvents events;

    ScheduleChange(
            Accounts accounts, Takeovers takeovers, CalendarOfDeadlines calendar, TellParties tell, CaseEvents events) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.calendar = calendar;
        this.tell = tell;
        this.events = events;
    }

    /** @return the instant at which the billing date begins for the client */
    @Transactional
    public Instant schedule(String key) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        LocalDate date =
                BillingDates.next(account.subscription(takeover.way().moving()), calendar.today(account.client()));
        Instant switchAt = BillingDates.startOf(date, account.client().timeZone());
        boolean moved = takeover.stage() == Stage.SCHEDULED;
        takeovers.update(takeover.scheduled(date, switchAt));
        events.add(
                key,
                Actors.SYSTEM,
                moved ? CaseEvents.What.BILLING_DATE_MOVED : CaseEvents.What.CHANGE_SCHEDULED,
                date.toString());
        return switchAt;
    }

    /** Tells firm and client when the payer changes, or that the date has moved. */
    @Transactional
    public void tell(String key) {
        boolean moved = events.of(key).stream()
                .reduce((earlier, later) -> later)
                .filter(last -> last.what() == CaseEvents.What.BILLING_DATE_MOVED)
                .isPresent();
        tell.both(key, moved ? MailKind.DATE_MOVED : MailKind.SCHEDULED);
    }
}
