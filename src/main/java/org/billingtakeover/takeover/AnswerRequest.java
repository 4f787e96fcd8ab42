package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the client's yes or no, once, with its evidence. */
@Component
public class AnswerRequest {

    private final CaseFiles files;
    private final ConsentRequests questions;
    private final PrepareQuote prepareQuote;
    private final TakeoverFlow flow;
    private final CostRise costRise;
    private final CheckEligibility eligibility;
    private final Holds holds;
    private final TellParties tell;
    private final Clock clock;

    AnswerRequest(
            CaseFiles files,
            ConsentRequests questions,
            PrepareQuote prepareQuote,
            TakeoverFlow flow,
            CostRise costRise,
            CheckEligibility eligibility,
            Holds holds,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.questions = questions;
        this.prepareQuote = prepareQuote;
        this.flow = flow;
        this.costRise = costRise;
        this.eligibility = eligibility;
        this.holds = holds;
        this.tell = tell;
        this.clock = clock;
    }

    /** What became of an answer. */
    public enum Taken {
        ANSWERED,
        /** The client would have agreed to a cost that has risen since: no answer was recorded, and the firm reviews the new cost. */
        COST_HAS_RISEN,
        /** The client would have agreed to what the table is against by now: no answer was recorded, and both are told why. */
        NOT_POSSIBLE
    }

    /**
     * The client answers by link.
     *
     * @throws Refusal {@code alreadyDecided}, {@code requestExpired}, {@code requestWithdrawn}, {@code requestSuperseded},
     *     {@code firmAsked}: nothing changed
     */
    @Transactional
    public Taken answer(UUID requestId, ConsentRequest.Answer answer) {
        CaseFile file = files.lock(questions.find(requestId).orElseThrow().takeover());
        ConsentRequest question = file.question(requestId);
        refuseUnlessOpen(file, question);
        if (answer.confirmed()) {
            List<Ineligibility> reasons = reasonsAgainst(file);
            if (!reasons.isEmpty()) {
                leadOn(file, question, reasons);
                flow.notPossible(file.key());
                return Taken.NOT_POSSIBLE;
            }
            CostNow cost = cost(file, question);
            if (hasRisen(cost)) {
                costRise.happens(file, cost);
                flow.costChanged(file.key());
                return Taken.COST_HAS_RISEN;
            }
        }
        record(file, question, answer, Actors.CLIENT);
        flow.clientAnswered(file.key());
        return Taken.ANSWERED;
    }

    /**
     * A client telephones; its question stays open until the answer is recorded, or the client gives it first.
     *
     * @return the id of the task in which the answer is recorded; where somebody has begun before, that one
     * @throws Refusal {@code alreadyDecided} if no question is open
     */
    @Transactional
    public String beginByPhone(TakeoverKey key, String actor) {
        if (files.lock(key).openQuestion().isEmpty()) {
            throw new Refusal("alreadyDecided");
        }
        return flow.clientTelephones(key, actor);
    }

    /**
     * Support staff record an answer given by phone; the caller's task ends with it.
     *
     * @param quoteSeen the quote that was read to the client
     * @throws Refusal as {@link #answer}, or {@code answerIncomplete}, {@code notANumber}, {@code quoteStale}, {@code costChanged} or
     *     {@code notPossible}; nothing changed
     */
    @Transactional
    public void answerByPhone(TakeoverKey key, ConsentRequest.Answer answer, @Nullable String quoteSeen) {
        CaseFile file = files.lock(key);
        ConsentRequest question = file.openQuestion().orElseThrow(() -> new Refusal("alreadyDecided"));
        if (!ConsentRequest.Answer.isReadable(answer.name()) || !ConsentRequest.Answer.isReadable(answer.role())) {
            throw new Refusal("answerIncomplete");
        }
        if (!ConsentRequest.Answer.isPhoneNumber(answer.from())) {
            throw new Refusal("notANumber");
        }
        if (!question.quote().text().equals(quoteSeen)) {
            throw new Refusal("quoteStale", String.valueOf(quoteSeen), question.quote());
        }
        refuseUnlessOpen(file, question);
        if (answer.confirmed() && !reasonsAgainst(file).isEmpty()) {
            throw Refusal.followedBy(new FoundNotPossible(key), "notPossible");
        }
        if (answer.confirmed() && hasRisen(cost(file, question))) {
            throw Refusal.followedBy(new CostFoundRisen(key), "costChanged");
        }
        record(file, question, answer, String.valueOf(answer.recordedBy()));
    }

    /** A yes was refused, since the table is against it: the question ends here as it does for an answer by link. */
    @EventListener
    @Transactional
    void on(FoundNotPossible found) {
        CaseFile file = files.lock(found.takeover());
        List<Ineligibility> reasons = reasonsAgainst(file);
        if (file.state() instanceof State.Asking && !reasons.isEmpty()) {
            flow.putBack(leadOn(file, file.openQuestion().orElseThrow(), reasons));
        }
    }

    /** What the client has just answered; empty while it has not. A yes that could not be taken counts as none. */
    public Optional<Boolean> confirmed(TakeoverKey key) {
        CaseFile file = files.read(key);
        if (file.justHappened(Happening.NotPossible.class).isPresent()) {
            return Optional.of(false);
        }
        return file.justHappened(Happening.ClientConfirmed.class)
                .map(yes -> true)
                .or(() -> file.justHappened(Happening.ClientDeclined.class).map(no -> false));
    }

    private void record(CaseFile file, ConsentRequest question, ConsentRequest.Answer answer, String actor) {
        CaseFile answered = files.turn(
                file,
                actor,
                file.ask(State.Asking.class, "alreadyDecided", asking -> asking.answered(question, answer))
                        .orRefuse());
        if (!answer.confirmed()) {
            tell.both(answered, MailKind.DECLINED);
        }
    }

    /** A yes is scheduled in the same breath, so the rows for that count as well. */
    private List<Ineligibility> reasonsAgainst(CaseFile file) {
        Way way = file.state().way();
        List<Ineligibility> reasons = eligibility.reasonsAgainst(file, way, Moment.CONSENT);
        return reasons.isEmpty() ? eligibility.reasonsAgainst(file, way, Moment.SCHEDULING) : reasons;
    }

    private CaseFile leadOn(CaseFile file, ConsentRequest question, List<Ineligibility> reasons) {
        CaseFile notPossible = files.turn(
                file,
                Actors.SYSTEM,
                file.ask(State.Asking.class, "alreadyDecided", asking -> asking.notPossible(question, reasons))
                        .orRefuse());
        tell.notPossible(notPossible, reasons);
        return notPossible;
    }

    private CostNow cost(CaseFile file, ConsentRequest question) {
        return prepareQuote.costNow(file, file.quote(question.quote()));
    }

    private static boolean hasRisen(CostNow cost) {
        return cost instanceof CostNow.Risen || cost instanceof CostNow.Unknown;
    }

    private void refuseUnlessOpen(CaseFile file, ConsentRequest question) {
        file.refuseUnlessOpen(question, clock.instant());
        if (holds.isFirmAsked(file.account())) {
            throw Refusal.followedBy(new FirmFoundAsked(file.key()), Holds.FIRM_ASKED);
        }
    }
}
