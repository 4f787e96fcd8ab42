package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.jspecify.annotations.Nullable;
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
    private final TellParties tell;
    private final Clock clock;

    AnswerRequest(
            CaseFiles files,
            ConsentRequests questions,
            PrepareQuote prepareQuote,
            TakeoverFlow flow,
            CostRise costRise,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.questions = questions;
        this.prepareQuote = prepareQuote;
        this.flow = flow;
        this.costRise = costRise;
        this.tell = tell;
        this.clock = clock;
    }

    /** What became of an answer. */
    public enum Taken {
        ANSWERED,
        /** The client would have agreed to a cost that has risen since: no answer was recorded, and the firm reviews the new cost. */
        COST_HAS_RISEN
    }

    /**
     * The client answers by link.
     *
     * @throws Refusal {@code alreadyDecided}, {@code requestExpired}, {@code requestWithdrawn}, {@code requestSuperseded}: nothing
     *     changed
     */
    @Transactional
    public Taken answer(UUID requestId, ConsentRequest.Answer answer) {
        CaseFile file = files.lock(questions.find(requestId).orElseThrow().takeover());
        ConsentRequest question = file.question(requestId);
        refuseUnlessOpen(file, question);
        if (answer.confirmed() && hasRisen(file, question)) {
            costRise.happens(file);
            flow.costChanged(file.key());
            return Taken.COST_HAS_RISEN;
        }
        record(file, question, answer, Actors.CLIENT);
        flow.clientAnswered(file.key());
        return Taken.ANSWERED;
    }

    /**
     * Support staff record an answer given by phone; the caller's task ends with it.
     *
     * @param quoteSeen the quote that was read to the client
     * @throws Refusal as {@link #answer}, or {@code answerIncomplete}, {@code quoteStale} or {@code costChanged}; nothing changed
     */
    @Transactional
    public void answerByPhone(TakeoverKey key, ConsentRequest.Answer answer, @Nullable String quoteSeen) {
        CaseFile file = files.lock(key);
        ConsentRequest question = file.openQuestion().orElseThrow(() -> new Refusal("alreadyDecided"));
        if (!ConsentRequest.Answer.isReadable(answer.name())
                || !ConsentRequest.Answer.isReadable(answer.role())
                || answer.from().isBlank()) {
            throw new Refusal("answerIncomplete");
        }
        if (!question.quote().text().equals(quoteSeen)) {
            throw new Refusal("quoteStale", String.valueOf(quoteSeen), question.quote());
        }
        refuseUnlessOpen(file, question);
        if (answer.confirmed() && hasRisen(file, question)) {
            throw Refusal.followedBy(new CostFoundRisen(key), "costChanged");
        }
        record(file, question, answer, String.valueOf(answer.recordedBy()));
    }

    /** What the client has just answered; empty while it has not. */
    public Optional<Boolean> confirmed(TakeoverKey key) {
        CaseFile file = files.read(key);
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

    private boolean hasRisen(CaseFile file, ConsentRequest question) {
        return prepareQuote.costsMoreNow(file, file.quote(question.quote()), question.way());
    }

    private void refuseUnlessOpen(CaseFile file, ConsentRequest question) {
        switch (question.status()) {
            case OPEN -> {}
            case CONFIRMED, DECLINED -> throw new Refusal("alreadyDecided");
            case EXPIRED -> throw new Refusal("requestExpired");
            case WITHDRAWN -> throw new Refusal("requestWithdrawn");
            case SUPERSEDED -> throw new Refusal("requestSuperseded");
        }
        if (file.today(clock.instant()).isAfter(question.lastDay())) {
            throw new Refusal("requestExpired");
        }
    }
}
