package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts the question to the client, reminds it, and notes that nobody answered. */
@Component
public class AskClient {

    private static final String LEFT_SEPARATE = Happening.code(Happening.FirmLeavesBillsSeparate.class);
    private static final Set<String> WORDS_OF_FIRM = Set.of(
            LEFT_SEPARATE,
            Happening.code(Happening.FirmTakesOver.class),
            Happening.code(Happening.FirmPrefersClientTakesOver.class),
            Happening.code(Happening.FirmOffersClientsWay.class));

    private final CaseFiles files;
    private final PrimaryAdmins admins;
    private final Holds holds;
    private final CaseEvents events;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final Clock clock;

    AskClient(
            CaseFiles files,
            PrimaryAdmins admins,
            Holds holds,
            CaseEvents events,
            CalendarOfDeadlines calendar,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.admins = admins;
        this.holds = holds;
        this.events = events;
        this.calendar = calendar;
        this.tell = tell;
        this.clock = clock;
    }

    /** Asks the client to agree to the case's present offer; a client that has been asked about it already is not asked again. */
    @Transactional
    public Attempt<Asked> ask(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (file.state() instanceof State.Asking asking) {
            return Attempt.done(Asked.of(asking));
        }
        if (file.state() instanceof State.Separate separate && !separate.isClientToBeOffered()) {
            return Attempt.refused(Verdict.denied("notOffered"));
        }
        Optional<String> hold = holds.againstAsking(file.account());
        if (hold.isPresent()) {
            return Attempt.refused(Verdict.denied(hold.get()));
        }
        Optional<QuoteNumber> quote = file.state().quote();
        return quote.isEmpty() ? Attempt.refused(Verdict.denied("nothingToAsk")) : ask(file, quote.get());
    }

    private Attempt<Asked> ask(CaseFile file, QuoteNumber quote) {
        Client client = file.account().client();
        LocalDate overdueOn = calendar.overdueOn(Deadlines.Step.CLIENT_ANSWER, client);
        Instant now = clock.instant();
        Instant answerDue = calendar.endOfAnswers(overdueOn, client);
        List<Instant> reminders = calendar.reminders(file.today(now), client.timeZone()).stream()
                .filter(at -> at.isAfter(now) && at.isBefore(answerDue))
                .toList();
        ConsentRequest question = question(file, quote, overdueOn.minusDays(1), now);
        return files.attempt(file, Actors.SYSTEM, file.state().asked(question, answerDue, reminders))
                .map(asked -> {
                    if (question.way() == Way.FIRM_TAKES_TIME) {
                        tell.clientAbout(asked, question, MailKind.CONSENT_REQUEST);
                    } else {
                        tell.optionTwoOffered(asked, question, isLeftSeparate(asked.key()));
                    }
                    return Asked.of((State.Asking) asked.state());
                });
    }

    private ConsentRequest question(CaseFile file, QuoteNumber quote, LocalDate lastDay, Instant now) {
        PrimaryAdmin admin = admins.toAsk(file.account());
        return new ConsentRequest(
                UUID.randomUUID(),
                file.key(),
                file.state().way(),
                quote,
                admin.name(),
                admin.email(),
                file.account().client().language(),
                lastDay,
                ConsentRequest.Status.OPEN,
                now,
                null);
    }

    /** Whether the firm's last word is that it leaves the bills separate. */
    private boolean isLeftSeparate(TakeoverKey key) {
        return events.of(key).stream()
                .map(CaseEvents.CaseEvent::what)
                .filter(WORDS_OF_FIRM::contains)
                .reduce((earlier, later) -> later)
                .filter(LEFT_SEPARATE::equals)
                .isPresent();
    }

    /** Reminds the client of the open question, once for each reminder day that has come; nobody is reminded who is held by a doubt. */
    @Transactional
    public Attempt<Asked> remind(TakeoverKey key) {
        return withOpenQuestion(
                        key,
                        (file, question) -> asking -> holds.isInDoubt(file.account())
                                ? asking.reminderPassed(clock.instant())
                                : asking.reminded(question, clock.instant()),
                        (reminded, question) -> reminded.justHappened(Happening.ClientReminded.class)
                                .ifPresent(told -> tell.clientAbout(reminded, question, MailKind.REMINDER)))
                .map(reminded -> Asked.of((State.Asking) reminded.state()));
    }

    /** Nobody answered in time: the same consequences as a decline. */
    @Transactional
    public Attempt<CaseFile> noAnswer(TakeoverKey key) {
        return withOpenQuestion(
                key,
                (file, question) -> asking -> asking.unanswered(question, clock.instant()),
                (unanswered, question) -> {
                    if (holds.isInDoubt(unanswered.account())) {
                        tell.firm(unanswered, MailKind.EXPIRED);
                    } else if (!stopFollowsAtOnce(unanswered)) {
                        tell.both(unanswered, MailKind.EXPIRED);
                    }
                });
    }

    private Attempt<CaseFile> withOpenQuestion(
            TakeoverKey key,
            BiFunction<CaseFile, ConsentRequest, Function<State.Asking, Verdict>> what,
            BiConsumer<CaseFile, ConsentRequest> then) {
        CaseFile file = files.lock(key);
        ConsentRequest question = file.openQuestion().orElse(null);
        if (question == null) {
            return Attempt.refused(Verdict.denied("nothingAsked"));
        }
        return files.attempt(
                        file, Actors.SYSTEM, file.ask(State.Asking.class, "nothingAsked", what.apply(file, question)))
                .map(turned -> {
                    then.accept(turned, question);
                    return turned;
                });
    }

    /** Then the mail about the stop says it all; two in the same second would be one too many. */
    private boolean stopFollowsAtOnce(CaseFile file) {
        Client client = file.account().client();
        LocalDate stopDate = client.integration().stopDate();
        return file.state().way() == Way.CLIENT_TAKES_ONLINE
                && client.integration().status() == IntegrationStatus.ACTIVE
                && (stopDate == null || !stopDate.isAfter(calendar.today(client)));
    }

    /**
     * @param answerDue when the time for an answer is up
     * @param nextReminder when to remind; empty where no reminder fits before that
     */
    public record Asked(Instant answerDue, Optional<Instant> nextReminder) {

        private static Asked of(State.Asking asking) {
            return new Asked(asking.answerDue(), asking.reminders().stream().findFirst());
        }
    }
}
