package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Checks on the billing date that what was agreed still holds. */
@Component
public class CheckAgain {

    private static final String IN_DOUBT = "IN_DOUBT";

    private final CaseFiles files;
    private final Quotes quotes;
    private final PrepareQuote prepareQuote;
    private final CostRise costRise;
    private final CheckEligibility eligibility;
    private final ScheduleChange schedule;
    private final TellParties tell;
    private final Clock clock;

    CheckAgain(
            CaseFiles files,
            Quotes quotes,
            PrepareQuote prepareQuote,
            CostRise costRise,
            CheckEligibility eligibility,
            ScheduleChange schedule,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.quotes = quotes;
        this.prepareQuote = prepareQuote;
        this.costRise = costRise;
        this.eligibility = eligibility;
        this.schedule = schedule;
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

    /**
     * A cost that has fallen is taken over at once: the case goes on at the lower cost. What the platform can no longer be told is made as
     * it was booked.
     */
    @Transactional
    public Attempt<Finding> check(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (file.state() instanceof State.InTrouble && file.consent().isPresent()) {
            return Attempt.done(Finding.PROBLEM);
        }
        if (!(file.state() instanceof State.Coming coming) || file.consent().isEmpty()) {
            return Attempt.refused(Verdict.denied("noConsent"));
        }
        if (coming.dueAt(clock.instant()) instanceof Verdict.Denied tooEarly) {
            return Attempt.refused(tooEarly);
        }
        if (coming instanceof State.Scheduled scheduled && scheduled.isBeyondRecall(clock.instant())) {
            return Attempt.done(Finding.DUE);
        }
        if (file.account().lacksOne()) {
            return Attempt.done(Finding.GONE);
        }
        LocalDate date = schedule.dateIfTriedNow(file, coming);
        return Attempt.done(obstacle(file, date)
                .map(found -> problem(file, coming, found))
                .orElseGet(() -> compareCost(file, coming, date)));
    }

    private Finding problem(CaseFile file, State.Coming coming, String obstacle) {
        CaseFile failed =
                files.turn(file, Actors.SYSTEM, coming.checkFailed(obstacle).orRefuse());
        tell.problem(failed, obstacle);
        if (coming.rejections() == 0) {
            tell.notChanged(failed, obstacle, schedule.following(failed));
        }
        return Finding.PROBLEM;
    }

    private Finding compareCost(CaseFile file, State.Coming coming, LocalDate date) {
        CostNow cost = prepareQuote.costOn(file, file.quote(coming.change().current()), date);
        if (cost instanceof CostNow.Unknown unknown) {
            return problem(file, coming, unknown.why());
        }
        if (cost instanceof CostNow.Risen) {
            costRise.happens(file, cost);
            return Finding.COST_CHANGED;
        }
        if (cost instanceof CostNow.Fallen fallen) {
            files.turn(
                    file,
                    Actors.SYSTEM,
                    coming.costFell(fallen.quote().numbered(quotes.next())).orRefuse());
        }
        return Finding.DUE;
    }

    /** Whether a check would find nothing to do about a change that is booked. */
    boolean isAsAgreed(CaseFile file, State.Scheduled scheduled) {
        LocalDate date = scheduled.change().billingDate();
        return isClear(file, date)
                && prepareQuote.costOn(file, file.quote(scheduled.change().current()), date) instanceof CostNow.Same;
    }

    /** Whether nothing stands in the way of the change on this billing date but its cost. */
    boolean isClear(CaseFile file, LocalDate billingDate) {
        return !file.account().lacksOne() && obstacle(file, billingDate).isEmpty();
    }

    /** What is in doubt, or the first reason that the table in force gives; a date that is still to come is scheduled as well. */
    private Optional<String> obstacle(CaseFile file, LocalDate billingDate) {
        EligibilityFacts facts = eligibility.factsOfChange(file, billingDate);
        if (facts.doubt().isPresent()) {
            return Optional.of(IN_DOUBT);
        }
        List<Ineligibility> reasons = new ArrayList<>(eligibility.reasonsAgainst(facts));
        if (billingDate.isAfter(file.today(clock.instant()))) {
            reasons.addAll(eligibility.reasonsAgainst(file, file.state().way(), Moment.SCHEDULING));
        }
        return reasons.stream().map(Ineligibility::reason).findFirst();
    }
}
