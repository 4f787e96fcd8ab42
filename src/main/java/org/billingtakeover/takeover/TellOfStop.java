package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Integration;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.takeover.Deadlines.Step;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Sees to it that nobody is surprised by a stop: firm and client are told of its date before it comes, and a date that they were not told
 * of in time is moved. The days are the table's: rows {@code STOP_WARNING} and {@code STOP_NOTICE}.
 */
@Component
class TellOfStop {

    private final StopNotices notices;
    private final Mails mails;
    private final Accounts accounts;
    private final Takeovers takeovers;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;

    TellOfStop(
            StopNotices notices,
            Mails mails,
            Accounts accounts,
            Takeovers takeovers,
            CalendarOfDeadlines calendar,
            TellParties tell) {
        this.notices = notices;
        this.mails = mails;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.calendar = calendar;
        this.tell = tell;
    }

    /** The integration goes on since something was agreed: if that fails, both are told of the stop anew. */
    @EventListener
    void on(Happening.Happened happened) {
        if (happened.what() instanceof Happening.ChangeScheduled) {
            notices.forget(takeovers.takeover(happened.takeover()).clientId());
        }
    }

    /** When firm and client are told of the stop date: in the morning of that day by the client's clock. */
    Instant dueAt(Client client, LocalDate stopDate) {
        return calendar.morningOf(stopDate.minusDays(calendar.days(Step.STOP_WARNING, client)), client);
    }

    /** Whether both were written to about this very date. */
    boolean isPosted(Client client, LocalDate stopDate) {
        List<StopNotices.Posted> all = notices.of(client.id());
        return List.of(Payer.values()).stream().allMatch(party -> isPosted(all, party, stopDate));
    }

    private static boolean isPosted(List<StopNotices.Posted> all, Payer party, LocalDate stopDate) {
        return all.stream()
                .anyMatch(each -> each.party() == party && each.stopDate().equals(stopDate));
    }

    /** The proof that both were told of this date in time, if they were. */
    Optional<StopNotice> notice(Client client, LocalDate stopDate) {
        List<StopNotices.Posted> all = notices.of(client.id());
        return StopNotice.of(
                stopDate,
                client.timeZone(),
                told(all, Payer.FIRM, client, stopDate),
                told(all, Payer.CLIENT, client, stopDate),
                calendar.days(Step.STOP_NOTICE, client));
    }

    /** The earliest word that arrived of this date or an earlier one. */
    private Optional<StopNotice.Told> told(
            List<StopNotices.Posted> all, Payer party, Client client, LocalDate stopDate) {
        return all.stream()
                .filter(each -> each.party() == party && !each.stopDate().isAfter(stopDate))
                .flatMap(each -> mails.arrived(each.mail()).stream()
                        .map(at -> new StopNotice.Told(each.stopDate(), LocalDate.ofInstant(at, client.timeZone()))))
                .min(Comparator.comparing(StopNotice.Told::on));
    }

    /**
     * The day on which the integration can stop: {@code stopDate} as long as both were told of it in time or still can be, otherwise
     * a later one, which they are yet to be told of.
     */
    LocalDate possible(Client client, LocalDate stopDate) {
        LocalDate today = calendar.today(client);
        if (notice(client, stopDate).isPresent()
                || !stopDate.isBefore(today.plusDays(calendar.days(Step.STOP_NOTICE, client)))) {
            return stopDate;
        }
        return notices.of(client.id()).stream()
                .map(StopNotices.Posted::stopDate)
                .filter(day -> day.isAfter(today) && notice(client, day).isPresent())
                .findFirst()
                .orElseGet(() -> today.plusDays(calendar.days(Step.STOP_WARNING, client)));
    }

    /**
     * Writes to both, unless they were written to about this date; the client is moved to it first.
     *
     * @param about the client's open case, or the client where it has none
     * @return the account with its stop date
     */
    Account warn(Subject about, Account account, Optional<CaseFile> open, LocalDate stopDate) {
        Client client = account.client();
        LocalDate before = client.integration().stopDate();
        Account moved = account;
        if (!stopDate.equals(before)) {
            accounts.changeIntegration(
                    client.id(), new Integration(client.integration().status(), stopDate));
            moved = accounts.account(client.id());
        }
        List<StopNotices.Posted> all = notices.of(client.id());
        for (Payer party : Payer.values()) {
            if (!isPosted(all, party, stopDate)) {
                notices.add(
                        client.id(),
                        new StopNotices.Posted(party, stopDate, tell.stopComes(party, about, moved, open, before)));
            }
        }
        return moved;
    }
}
