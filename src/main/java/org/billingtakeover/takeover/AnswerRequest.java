package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.pricing.Quote;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the client's yes or no, once, with its evidence. */
@Component
public class AnswerRequest {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final ConsentRequests requests;
    private final PrepareQuote prepareQuote;
    private final TakeoverFlow flow;
    private final CostRise costRise;
    private final TransactionTemplate ofItsOwn;
    private final TellParties tell;
    private final CaseEvents events;
    private final Clock clock;

    AnswerRequest(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            ConsentRequests requests,
            PrepareQuote prepareQuote,
            TakeoverFlow flow,
            CostRise costRise,
            PlatformTransactionManager transactions,
            TellParties tell,
            CaseEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.requests = requests;
        this.prepareQuote = prepareQuote;
        this.flow = flow;
        this.costRise = costRise;
        this.ofItsOwn = new TransactionTemplate(transactions);
        this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.tell = tell;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The client answers by link.
     *
     * @throws Refusal {@code alreadyDecided}, {@code requestExpired}, {@code requestWithdrawn}, {@code requestSuperseded}: nothing
     *     changed; or {@code costChanged}: no answer was recorded and the case is back in review, because the client would have
     *     agreed to a cost that has risen since
     */
    @Transactional
    public void answer(UUID requestId, ConsentRequest.Answer answer) {
        String key = requests.find(requestId).orElseThrow().takeoverKey();
        takeovers.lock(key);
        ConsentRequest request = requests.find(requestId).orElseThrow();
        record(request, answer, Actors.CLIENT);
        flow.clientAnswered(key, answer.confirmed());
    }

    /**
     * Support staff record an answer given by phone; the caller's task ends with it.
     *
     * @param quoteSeen the quote that was read to the client
     * @throws Refusal as {@link #answer}, or {@code answerIncomplete} or {@code quoteStale}; nothing changed
     */
    @Transactional
    public void answerByPhone(String key, ConsentRequest.Answer answer, @Nullable String quoteSeen) {
        takeovers.lock(key);
        ConsentRequest request = requests.openOf(key).orElseThrow(() -> new Refusal("alreadyDecided"));
        if (!ConsentRequest.Answer.isReadable(answer.name())
                || !ConsentRequest.Answer.isReadable(answer.role())
                || answer.from().isBlank()) {
            throw new Refusal("answerIncomplete");
        }
        if (!request.quoteNumber().equals(quoteSeen)) {
            throw new Refusal("quoteStale", String.valueOf(quoteSeen), request.quoteNumber());
        }
        record(request, answer, String.valueOf(answer.recordedBy()));
    }

    private void reviewAgain(String key) {
        costRise.record(takeovers.takeover(key));
        flow.costChanged(key);
    }

    /** A refusal undoes everything, so what follows from it is done in a transaction of its own. */
    private void afterRollback(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                ofItsOwn.executeWithoutResult(transaction -> work.run());
            }
        });
    }

    private void record(ConsentRequest request, ConsentRequest.Answer answer, String actor) {
        refuseUnlessOpen(request);
        Takeover takeover = takeovers.takeover(request.takeoverKey());
        Account account = accounts.account(takeover.clientId());
        Instant now = clock.instant();
        if (LocalDate.ofInstant(now, account.client().timeZone()).isAfter(request.lastDay())) {
            throw new Refusal("requestExpired");
        }
        Quote agreed = quotes.find(request.quoteNumber()).orElseThrow();
        if (answer.confirmed()
                && prepareQuote
                        .quoteNow(account, request.way(), agreed.validUntil())
                        .costsMoreThan(agreed)) {
            afterRollback(() -> reviewAgain(takeover.key()));
            throw new Refusal("costChanged");
        }
        requests.update(request.answered(answer));
        events.add(
                takeover.key(),
                actor,
                answer.confirmed() ? CaseEvents.What.CLIENT_CONFIRMED : CaseEvents.What.CLIENT_DECLINED,
                answer.channel().name());
        if (!answer.confirmed()) {
            tell.both(takeover.key(), MailKind.DECLINED);
        }
    }

    private static void refuseUnlessOpen(ConsentRequest request) {
        switch (request.status()) {
            case OPEN -> {}
            case CONFIRMED, DECLINED -> throw new Refusal("alreadyDecided");
            case EXPIRED -> throw new Refusal("requestExpired");
            case WITHDRAWN -> throw new Refusal("requestWithdrawn");
            case SUPERSEDED -> throw new Refusal("requestSuperseded");
        }
    }
}
