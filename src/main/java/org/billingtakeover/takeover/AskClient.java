package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the question to the client's primary admin, reminds, and gives up when the deadline has passed. */
@Component
public class AskClient {

    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final Takeovers takeovers;
    private final ConsentRequests requests;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final CaseEvents events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    AskClient(
            Accounts accounts,
            PrimaryAdmins admins,
            Takeovers takeovers,
            ConsentRequests requests,
            CalendarOfDeadlines calendar,
            TellParties tell,
            CaseEvents events,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.accounts = accounts;
        this.admins = admins;
        this.takeovers = takeovers;
        this.requests = requests;
        this.calendar = calendar;
        this.tell = tell;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Asks the client to agree to the case's present quote. */
    @Transactional
    public Asked ask(String key) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        Client client = account.client();
        PrimaryAdmin admin = admins.toAsk(account);
        LocalDate overdueOn = calendar.overdueOn(Deadlines.Step.CLIENT_ANSWER, client);
        ConsentRequest request = new ConsentRequest(
                UUID.randomUUID(),
                key,
                takeover.way(),
                String.valueOf(takeover.quoteNumber()),
                admin.name(),
                admin.email(),
                client.language(),
                overdueOn.minusDays(1),
                ConsentRequest.Status.OPEN,
                clock.instant(),
                null);
        requests.add(request);
        Instant answerDue = calendar.endOfAnswers(overdueOn, client);
        takeovers.update(takeover.asking(answerDue));
        events.add(key, Actors.SYSTEM, CaseEvents.What.CLIENT_ASKED, request.quoteNumber());
        publisher.publishEvent(new ConsentRequested(request.id()));
        tell.clientAbout(
                request,
                takeover.way() == Way.FIRM_TAKES_TIME ? MailKind.CONSENT_REQUEST : MailKind.OPTION_TWO_OFFERED);
        return new Asked(answerDue, nextReminder(request, client));
    }

    /** Reminds the client of the open question, once for each reminder day that has come. */
    @Transactional
    public Optional<Instant> remind(String key) {
        ConsentRequest request = requests.openOf(key).orElseThrow();
        Client client = accounts.account(takeovers.takeover(key).clientId()).client();
        events.add(key, Actors.SYSTEM, CaseEvents.What.CLIENT_REMINDED, request.quoteNumber());
        tell.clientAbout(request, MailKind.REMINDER);
        return nextReminder(request, client);
    }

    /** Nobody answered in time: the same consequences as a decline. */
    @Transactional
    public void noAnswer(String key) {
        Takeover takeover = takeovers.lock(key);
        ConsentRequest request = requests.openOf(key).orElseThrow();
        requests.update(request.ended(ConsentRequest.Status.EXPIRED));
        events.add(key, Actors.SYSTEM, CaseEvents.What.CLIENT_DID_NOT_ANSWER, request.quoteNumber());
        if (!stopFollowsAtOnce(takeover)) {
            tell.both(key, MailKind.EXPIRED);
        }
    }

    /** Then the mail about the stop says it all; two in the same second would be one too many. */
    private boolean stopFollowsAtOnce(Takeover takeover) {
        Client client = accounts.account(takeover.clientId()).client();
        LocalDate stopDate = client.integration().stopDate();
        return takeover.way() == Way.CLIENT_TAKES_ONLINE
                && client.integration().status() == IntegrationStatus.ACTIVE
                && (stopDate == null || !stopDate.isAfter(calendar.today(client)));
    }

    private Optional<Instant> nextReminder(ConsentRequest request, Client client) {
        LocalDate askedOn = LocalDate.ofInstant(request.askedAt(), client.timeZone());
        Instant now = clock.instant();
        Instant tooLate = calendar.endOfAnswers(request.lastDay().plusDays(1), client);
        return calendar.reminders(askedOn, client.timeZone()).stream()
                .filter(at -> at.isAfter(now) && at.isBefore(tooLate))
                .findFirst();
    }

    /**
     * @param answerDue when the time for an answer is up
     * @param nextReminder when to remind; empty where no reminder fits before that
     */
    public record Asked(Instant answerDue, Optional<Instant> nextReminder) {}
}
