package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.pricing.Quote;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks on the billing date that what was agreed still holds. */
@Component
public class CheckAgain {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final PrepareQuote prepareQuote;
    private final CostRise costRise;
    private final TellParties tell;
    private final CaseEvents events;

    CheckAgain(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            PrepareQuote prepareQuote,
            CostRise costRise,
            TellParties tell,
            CaseEvents events) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.prepareQuote = prepareQuote;
        this.costRise = costRise;
        this.tell = tell;
        this.events = events;
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
    public Finding check(String key) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        if (cancelled(account)) {
            return Finding.GONE;
        }
        Optional<String> obstacle = obstacle(account);
        if (obstacle.isPresent()) {
            events.add(key, Actors.SYSTEM, CaseEvents.What.CHECK_FAILED, obstacle.get());
            takeovers.update(takeover.inTrouble());
            tell.problem(key, obstacle.get());
            return Finding.PROBLEM;
        }
        return compareCost(takeover, account);
    }

    private Finding compareCost(Takeover takeover, Account account) {
        Quote agreed = quotes.find(String.valueOf(takeover.quoteNumber())).orElseThrow();
        LocalDate billingDate = Objects.requireNonNull(takeover.billingDate());
        Quote now = prepareQuote.quoteFor(account, takeover.way(), billingDate, agreed.validUntil());
        if (now.costsMoreThan(agreed)) {
            costRise.record(takeover);
            return Finding.COST_CHANGED;
        }
        if (agreed.costsMoreThan(now)) {
            String number = quotes.add(takeover.key(), now).number();
            takeovers.update(takeover.agreedAtLowerCost(number));
        }
        return Finding.DUE;
    }

    static boolean cancelled(Account account) {
        return account.online().status() == SubscriptionStatus.CANCELLED
                || account.time().status() == SubscriptionStatus.CANCELLED;
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
