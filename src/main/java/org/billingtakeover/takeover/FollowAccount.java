package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.pricing.Quote;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells an open case what an account list changed under it. */
@Component
class FollowAccount {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final PrepareQuote prepareQuote;
    private final CalendarOfDeadlines calendar;
    private final TakeoverFlow flow;
    private final CostRise costRise;

    FollowAccount(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            PrepareQuote prepareQuote,
            CalendarOfDeadlines calendar,
            TakeoverFlow flow,
            CostRise costRise) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.prepareQuote = prepareQuote;
        this.calendar = calendar;
        this.flow = flow;
        this.costRise = costRise;
    }

    @EventListener
    @Transactional
    void on(AccountChanged changed) {
        Account account = accounts.account(changed.clientId());
        takeovers
                .openOfCompany(account.client().companyId())
                .filter(open -> open.clientId().equals(changed.clientId()))
                .ifPresent(open -> follow(takeovers.lock(open.key()), account));
    }

    private void follow(Takeover takeover, Account account) {
        if (!takeover.isOpen()) {
            return;
        }
        boolean beforeAgreement = takeover.stage() != Stage.SCHEDULED && takeover.stage() != Stage.PROBLEM;
        if (CheckAgain.cancelled(account) || (beforeAgreement && account.arrangement() != BillingArrangement.SPLIT)) {
            flow.accountCancelled(takeover.key());
            return;
        }
        switch (takeover.stage()) {
            case REVIEW -> {
                if (costDiffers(takeover, account)) {
                    costChanged(takeover);
                }
            }
            case ASKING -> {
                if (costHasRisen(takeover, account)) {
                    costChanged(takeover);
                }
            }
            case SCHEDULED -> {
                if (costHasRisen(takeover, account)) {
                    costChanged(takeover);
                } else if (!nextBillingDate(takeover, account).equals(takeover.billingDate())) {
                    flow.billingDateMoved(takeover.key());
                }
            }
            // Both are looked at again when they end: the check before the switch, and the check before the stop.
            case PROBLEM, STOPPING, CLOSED -> {}
        }
    }

    private void costChanged(Takeover takeover) {
        costRise.record(takeover);
        flow.costChanged(takeover.key());
    }

    private boolean costDiffers(Takeover takeover, Account account) {
        Quote shown = quotes.find(String.valueOf(takeover.quoteNumber())).orElseThrow();
        Quote now = quoteNow(takeover, account, shown);
        return now.costsMoreThan(shown) || shown.costsMoreThan(now);
    }

    private boolean costHasRisen(Takeover takeover, Account account) {
        Quote agreed = quotes.find(String.valueOf(takeover.quoteNumber())).orElseThrow();
        return quoteNow(takeover, account, agreed).costsMoreThan(agreed);
    }

    private Quote quoteNow(Takeover takeover, Account account, Quote earlier) {
        return prepareQuote.quoteNow(account, takeover.way(), earlier.validUntil());
    }

    private LocalDate nextBillingDate(Takeover takeover, Account account) {
        return BillingDates.next(account.subscription(takeover.way().moving()), calendar.today(account.client()));
    }
}
