package org.billingtakeover.takeover;

import java.time.Clock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AccountsListed;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.pricing.Quote;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tells an open case what changed around it. */
@Component
class FollowAccount {

    private final CaseFiles files;
    private final Accounts accounts;
    private final Takeovers takeovers;
    private final PrepareQuote prepareQuote;
    private final ScheduleChange schedule;
    private final TakeoverFlow flow;
    private final CostRise costRise;
    private final PrimaryAdmins admins;
    private final TellParties tell;
    private final Clock clock;

    FollowAccount(
            CaseFiles files,
            Accounts accounts,
            Takeovers takeovers,
            PrepareQuote prepareQuote,
            ScheduleChange schedule,
            TakeoverFlow flow,
            CostRise costRise,
            PrimaryAdmins admins,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.prepareQuote = prepareQuote;
        this.schedule = schedule;
        this.flow = flow;
        this.costRise = costRise;
        this.admins = admins;
        this.tell = tell;
        this.clock = clock;
    }

    /** A list is compared with what the case has come to, not with what it was a moment before. */
    @EventListener
    @Transactional
    void on(AccountsListed listed) {
        takeovers.lockOpenOf(listed.companies());
    }

    @EventListener
    @Transactional
    void on(AccountChanged changed) {
        Account account = accounts.account(changed.clientId());
        takeovers
                .openOfCompany(account.client().companyId())
                .filter(open -> open.clientId().equals(changed.clientId()))
                .ifPresent(open -> follow(files.withAccountAsItIs(files.lock(open.key()))));
    }

    @EventListener
    @Transactional
    void on(CostFoundRisen found) {
        follow(files.lock(found.takeover()));
    }

    private void follow(CaseFile file) {
        State state = file.state();
        if (state.nothingLeft(file.account(), clock.instant()) instanceof Verdict.Allowed) {
            flow.accountCancelled(file.key());
        } else if (state instanceof State.UnderReview && costDiffers(file)) {
            costChanged(file);
        } else if ((state instanceof State.Asking || state instanceof State.Coming) && costHasRisen(file)) {
            costChanged(file);
        } else if (state instanceof State.Asking asking) {
            file.openQuestion().ifPresent(question -> askWhoeverIsToBeAsked(file, asking, question));
        } else if (state instanceof State.Scheduled scheduled
                && !schedule.nextBillingDate(file).equals(scheduled.change().billingDate())) {
            flow.billingDateMoved(file.key());
        }
        // The others are looked at again when they end: the check before the switch, and the check before the stop.
    }

    /** An answer binds the client only where its primary admin gives it, and nobody is told of an answer that was not theirs. */
    private void askWhoeverIsToBeAsked(CaseFile file, State.Asking asking, ConsentRequest question) {
        String email = admins.toAsk(file.account()).email();
        if (asking.askedSomebodyElse(question, email) instanceof Verdict.Allowed allowed) {
            CaseFile toBeAsked =
                    files.turn(file, Actors.SYSTEM, allowed, file.questionEnded(ConsentRequest.Status.SUPERSEDED));
            tell.questionEnded(toBeAsked, question);
            flow.putBack(toBeAsked);
        }
    }

    private void costChanged(CaseFile file) {
        costRise.happens(file);
        flow.costChanged(file.key());
    }

    private boolean costDiffers(CaseFile file) {
        Quote shown = file.quote().orElseThrow();
        Quote now = prepareQuote.quoteNow(file.account(), file.state().way(), shown.validUntil());
        return now.costsMoreThan(shown) || shown.costsMoreThan(now);
    }

    private boolean costHasRisen(CaseFile file) {
        return prepareQuote.costsMoreNow(
                file, file.quote().orElseThrow(), file.state().way());
    }
}
