package org.billingtakeover.takeover;

import java.time.Clock;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.pricing.Quote;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what the accountant decided after reviewing the new cost. */
@Component
public class DecideReview {

    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final CaseEvents events;
    private final Clock clock;

    DecideReview(
            Accounts accounts,
            PrimaryAdmins admins,
            Takeovers takeovers,
            Quotes quotes,
            CaseEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.admins = admins;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.events = events;
        this.clock = clock;
    }

    /** The ways that the firm can choose. */
    public enum Decision {
        TAKE_OVER,
        CLIENT_TAKES_OVER,
        LEAVE_SEPARATE
    }

    /**
     * @param quoteSeen the number of the quote that the accountant had before them; null if they saw none
     * @throws Refusal {@code decisionMissing}, {@code quoteUnseen}, {@code quoteStale}, {@code primaryAdminDisputed} or
     *     {@code acknowledgementMissing}
     */
    @Transactional
    public void decide(
            String key, String actor, @Nullable Decision decision, boolean acknowledged, @Nullable String quoteSeen) {
        Takeover takeover = takeovers.lock(key);
        if (decision == null) {
            throw new Refusal("decisionMissing");
        }
        if (quoteSeen == null || quoteSeen.isBlank()) {
            throw new Refusal("quoteUnseen");
        }
        Quote current = quotes.find(String.valueOf(takeover.quoteNumber())).orElseThrow();
        if (!quoteSeen.equals(current.number()) || !clock.instant().isBefore(current.validUntil())) {
            throw new Refusal("quoteStale", quoteSeen, current.number());
        }
        // The list may have changed since the case was opened, and the client is asked next.
        if (decision != Decision.LEAVE_SEPARATE && admins.isDisputed(accounts.account(takeover.clientId()))) {
            throw new Refusal("primaryAdminDisputed");
        }
        if (decision == Decision.TAKE_OVER) {
            if (!acknowledged) {
                throw new Refusal("acknowledgementMissing");
            }
            takeovers.update(takeover.acknowledged(actor, clock.instant()));
        }
        events.add(key, actor, eventOf(decision), quoteSeen);
    }

    /** The time for the review is up; bills stay separate unless the client takes over. */
    @Transactional
    public void lapsed(String key) {
        events.add(key, Actors.SYSTEM, CaseEvents.What.REVIEW_LAPSED, null);
    }

    private static CaseEvents.What eventOf(Decision decision) {
        return switch (decision) {
            case TAKE_OVER -> CaseEvents.What.FIRM_TAKES_OVER;
            case CLIENT_TAKES_OVER -> CaseEvents.What.FIRM_PREFERS_CLIENT_TAKES_OVER;
            case LEAVE_SEPARATE -> CaseEvents.What.FIRM_LEAVES_BILLS_SEPARATE;
        };
    }
}
