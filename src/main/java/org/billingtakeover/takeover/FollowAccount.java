package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.AccountNotFollowed;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AccountsListed;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
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
    private final CheckEligibility eligibility;
    private final CalendarOfDeadlines calendar;
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
            CheckEligibility eligibility,
            CalendarOfDeadlines calendar,
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
        this.eligibility = eligibility;
        this.calendar = calendar;
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
                .ifPresent(
                        open -> follow(told(files.withAccountAsItIs(files.lock(open.key())), changed.differences())));
    }

    private CaseFile told(CaseFile file, List<Difference> differences) {
        return differences.isEmpty()
                ? file
                : files.turn(
                        file,
                        Actors.SYSTEM,
                        new Verdict.Allowed(file.state(), List.of(new Happening.AccountDiffers(differences))));
    }

    /** Such as a table that cannot be read: the line that brought the change is kept, and billing operations look into the case. */
    @EventListener
    @Transactional
    void on(AccountNotFollowed changed) {
        Account account = accounts.account(changed.clientId());
        takeovers
                .openOfCompany(account.client().companyId())
                .filter(open -> open.clientId().equals(changed.clientId()))
                .ifPresent(open -> flow.notFollowed(open.key()));
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
        } else if (state instanceof State.UnderReview) {
            CostNow cost = cost(file);
            if (!(cost instanceof CostNow.Same)) {
                costChanged(file, cost);
            }
        } else if (state instanceof State.Asking asking) {
            follow(file, asking);
        } else if (state instanceof State.Coming coming) {
            follow(file, coming);
        } else if (state instanceof State.Stopping stopping) {
            follow(file, stopping);
        } else if (waitsForItsCost(state)) {
            flow.putBack(file);
        }
        // The others are looked at again when they end.
    }

    private void follow(CaseFile file, State.Asking asking) {
        CostNow cost = cost(file);
        if (cost instanceof CostNow.Risen || cost instanceof CostNow.Unknown) {
            costChanged(file, cost);
        } else {
            file.openQuestion().ifPresent(question -> {
                if (!askWhoeverIsToBeAsked(file, asking, question)) {
                    endByTheClientsClock(file, asking, question);
                }
            });
        }
    }

    private void follow(CaseFile file, State.Coming coming) {
        if (coming instanceof State.Scheduled made && made.isBeyondRecall(clock.instant())) {
            return;
        }
        CostNow cost = cost(file);
        if (cost instanceof CostNow.Risen) {
            costChanged(file, cost);
        } else if (cost instanceof CostNow.Unknown unknown) {
            inTrouble(file, coming, unknown.why());
        } else if (coming instanceof State.Scheduled scheduled
                && clock.instant().isBefore(scheduled.at())) {
            followDate(file, scheduled);
        }
    }

    /** The billing date moves, or it begins at another hour. What is due already is made as it was promised. */
    private void followDate(CaseFile file, State.Scheduled scheduled) {
        LocalDate date = schedule.date(file);
        if (!date.equals(scheduled.change().billingDate())) {
            List<Ineligibility> reasons = eligibility.reasonsAgainst(file, scheduled.way(), Moment.SCHEDULING);
            if (reasons.isEmpty()) {
                flow.billingDateMoved(file.key());
            } else {
                inTrouble(file, scheduled, reasons.get(0).reason());
            }
        } else if (!schedule.appointment(file, date).checkedAt().equals(scheduled.at())) {
            flow.billingDateMoved(file.key());
        }
    }

    /** What was agreed cannot be done as things are: billing operations learn it now, not only on the billing date. */
    void inTrouble(CaseFile file, State.Coming coming, String obstacle) {
        CaseFile failed =
                files.turn(file, Actors.SYSTEM, coming.checkFailed(obstacle).orRefuse());
        tell.problem(failed, obstacle);
        flow.putBack(failed);
    }

    /** Its last day ends at midnight of the client. */
    private void endByTheClientsClock(CaseFile file, State.Asking asking, ConsentRequest question) {
        Instant due = calendar.endOfAnswers(
                question.lastDay().plusDays(1), file.account().client());
        turnIfMoved(file, asking.endsAt(due));
    }

    private void follow(CaseFile file, State.Stopping stopping) {
        Client client = file.account().client();
        LocalDate stopDate = client.integration().stopDate();
        if (stopDate != null && clock.instant().isBefore(stopping.stopAt())) {
            turnIfMoved(file, stopping.stopPlanned(stopDate, BillingDates.startOf(stopDate, client.timeZone())));
        }
    }

    private void turnIfMoved(CaseFile file, Verdict verdict) {
        Verdict.Allowed moved = verdict.orRefuse();
        if (!moved.next().equals(file.state())) {
            flow.putBack(files.turn(file, Actors.SYSTEM, moved));
        }
    }

    /** The cost of these could not be told when it was asked for; the list may have mended that. */
    private static boolean waitsForItsCost(State state) {
        return state instanceof State.Requested
                || state instanceof State.Offered
                || state instanceof State.Separate separate && separate.isClientToBeOffered();
    }

    /** An answer binds the client only where its primary admin gives it, and nobody is told of an answer that was not theirs. */
    private boolean askWhoeverIsToBeAsked(CaseFile file, State.Asking asking, ConsentRequest question) {
        String email = admins.toAsk(file.account()).email();
        if (asking.askedSomebodyElse(question, email) instanceof Verdict.Allowed allowed) {
            CaseFile toBeAsked =
                    files.turn(file, Actors.SYSTEM, allowed, file.questionEnded(ConsentRequest.Status.SUPERSEDED));
            tell.questionEnded(toBeAsked, question);
            flow.putBack(toBeAsked);
            return true;
        }
        return false;
    }

    private void costChanged(CaseFile file, CostNow cost) {
        costRise.happens(file, cost);
        flow.costChanged(file.key());
    }

    private CostNow cost(CaseFile file) {
        return prepareQuote.costNow(file, file.quote().orElseThrow());
    }
}
