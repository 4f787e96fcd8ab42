package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.billingtakeover.account.Client;
import org.billingtakeover.billing.BillingDates;
import org.springframework.stereotype.Component;

/** Turns the table of deadlines into the days and instants of one client. */
@Component
class CalendarOfDeadlines {

    /** Reminders and warnings leave in the morning of the client, not at midnight. */
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final Deadlines deadlines;
    private final Clock clock;

    CalendarOfDeadlines(Deadlines deadlines, Clock clock) {
        this.deadlines = deadlines;
        this.clock = clock;
    }

    LocalDate today(Client client) {
        return LocalDate.now(clock.withZone(client.timeZone()));
    }

    /**
     * The day on which {@code step}, begun today, is overdue. The stop date of an integration that still runs comes first if it
     * is earlier; a stop date that has passed cuts nothing short.
     */
    LocalDate overdueOn(Deadlines.Step step, Client client) {
        LocalDate today = today(client);
        LocalDate overdue = today.plusDays(deadlines.of(step, today).days());
        LocalDate stopDate = client.integration().stopDate();
        return stopDate != null && stopDate.isAfter(today) && stopDate.isBefore(overdue) ? stopDate : overdue;
    }

    /** How many days {@code step} means, begun today. */
    int days(Deadlines.Step step, Client client) {
        return deadlines.of(step, today(client)).days();
    }

    Instant morningOf(LocalDate day, Client client) {
        return day.atTime(MORNING).atZone(client.timeZone()).toInstant();
    }

    /** An answer counts until the end of the day before it is overdue (domain rule). */
    Instant endOfAnswers(LocalDate overdueOn, Client client) {
        return BillingDates.startOf(overdueOn, client.timeZone());
    }

    /** When a client who was asked on {@code askedOn} is reminded, earliest first. */
    List<Instant> reminders(LocalDate askedOn, ZoneId zone) {
        return deadlines.of(Deadlines.Step.CLIENT_ANSWER, askedOn).reminderDays().stream()
                .map(days -> askedOn.plusDays(days).atTime(MORNING).atZone(zone).toInstant())
                .toList();
    }

    /** Days between attempts at a rejected switch, first attempt first. */
    List<Integer> retryDays(LocalDate on) {
        return deadlines.of(Deadlines.Step.SWITCH_RETRY, on).reminderDays();
    }

    /** How many days pass between two reminders of a change that a firm is to make by hand. */
    int daysBetweenRemindersByHand(LocalDate on) {
        return deadlines.of(Deadlines.Step.CHANGE_BY_HAND_REMINDER, on).days();
    }

    /** How long after its billing date a change made by hand may wait for a proof, and when the firm is reminded of that. */
    Deadlines.Allowance proofByHand(LocalDate billingDate) {
        return deadlines.of(Deadlines.Step.PROOF_BY_HAND, billingDate);
    }

    /** How long a firm has to turn an integration off or on by hand, and when it is reminded. */
    Deadlines.Allowance integrationByHand(LocalDate askedOn) {
        return deadlines.of(Deadlines.Step.INTEGRATION_BY_HAND, askedOn);
    }
}
