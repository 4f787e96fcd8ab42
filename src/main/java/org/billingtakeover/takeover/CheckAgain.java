package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks on the billing date that what was agreed still holds. */
@Component
public class CheckAgain {

    private final CaseFiles files;
    private final Quotes quotes;
    private final PrepareQuote prepareQuote;
    private final CostRise costRise;
    private final TellParties tell;
    private final Clock clock;

    CheckAgain(
            CaseFiles files,
            Quotes quotes,
            PrepareQuote prepareQuote,
            CostRise costRise,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.quotes = quotes;
        this.prepareQuote = prepareQuote;
        this.costRise = costRise;
        this.tell = tell;
        this.clock = clock;
    }

    /** What the check found. */
    public enum Finding {
        DUE,
        /** The cost has risen since firm and client agreed. */
        COST_CHANGED,
        /** A subscription was cancelled. */
        GONE,
        /** Something stands in the way that billing operations must look into. */
        PROBLEM
    }

    /** A cost that has fallen is taken over at once: the case goes on at the lower cost. */
    @Transactional
    public Attempt<Finding> check(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (!(file.state() instanceof State.Coming coming) || file.consent().isEmpty()) {
            return Attempt.refused(Verdict.denied("noConsent"));
        }
        if (coming.dueAt(clock.instant()) instanceof Verdict.Denied tooEarly) {
            return Attempt.refused(tooEarly);
        }
        if (isCancelled(file.account())) {
            return Attempt.done(Finding.GONE);
        }
        Optional<String> obstacle = obstacle(file.account());
        if (obstacle.isPresent()) {
            CaseFile failed = files.turn(
                    file, Actors.SYSTEM, coming.checkFailed(obstacle.get()).orRefuse());
            tell.problem(failed, obstacle.get());
            return Attempt.done(Finding.PROBLEM);
        }
        return Attempt.done(compareCost(file, coming));
    }

    private Finding compareCost(CaseFile file, State.Coming coming) {
        Change change = coming.change();
        Quote agreed = file.quote(change.current());
        Quote now = prepareQuote.quoteFor(file.account(), coming.way(), change.billingDate(), agreed.validUntil());
        if (now.costsMoreThan(agreed)) {
            costRise.happens(file);
            return Finding.COST_CHANGED;
        }
        if (agreed.costsMoreThan(now)) {
            files.turn(
                    file,
                    Actors.SYSTEM,
                    coming.costFell(now.numbered(quotes.next())).orRefuse());
        }
        return Finding.DUE;
    }

    /** Whether nothing stands in the way of the change but its cost. */
    static boolean isClear(Account account) {
        return !isCancelled(account) && obstacle(account).isEmpty();
    }

    private static boolean isCancelled(Account account) {
        return account.online().isCancelled() || account.time().isCancelled();
    }

    private static Optional<String> obstacle(Account account) {
        if (account.arrangement() != BillingArrangement.SPLIT) {
            return Optional.of("alreadyMoved");
        }
        return notInGoodStanding(account.online()).or(() -> notInGoodStanding(account.time()));
    }

    private static Optional<String> notInGoodStanding(Subscription subscription) {
        return switch (subscription.status()) {
            case PAST_DUE -> Optional.of("pastDue");
            case SUSPENDED -> Optional.of("suspended");
            case ACTIVE, CANCELLED -> Optional.empty();
        };
    }
}
