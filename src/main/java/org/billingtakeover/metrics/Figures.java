package org.billingtakeover.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Way;

/**
 * How take-overs go, without a word on anybody.
 *
 * @param at when they were counted
 * @param open the cases that are open now, by where they stand; every stage but CLOSED is there
 * @param closed the cases that were closed within the period, by their outcome; every outcome is there
 * @param steps what was left within the period, longest first
 * @param reminders of the questions that ended within the period, by the number of reminders sent
 * @param declined how often somebody said no, said nothing or went back within the period; every such event is there
 * @param refused the requests within the period that were not possible, by each of their reasons
 * @param billingDates on which payers are going to change, from the overdue ones on
 * @param payouts of commission within the period, by currency
 * @param moved changes of payer within the period, by way and currency
 */
public record Figures(
        Period period,
        Instant at,
        Map<Stage, Long> open,
        Map<Outcome, Long> closed,
        List<Step> steps,
        List<Reminders> reminders,
        Map<String, Long> declined,
        Map<String, Long> refused,
        List<BillingDate> billingDates,
        List<Payouts> payouts,
        List<Moved> moved) {

    /** What is counted as a no. */
    public static final List<String> DECLINES = Stream.of(
                    Happening.ClientDeclined.class,
                    Happening.ClientDidNotAnswer.class,
                    Happening.FirmPrefersClientTakesOver.class,
                    Happening.FirmLeavesBillsSeparate.class,
                    Happening.ReviewLapsed.class,
                    Happening.ChangeCancelled.class,
                    Happening.Withdrawn.class)
            .map(Happening::code)
            .toList();

    /**
     * The time that cases spent in one step of a diagram.
     *
     * @param id of the step in its diagram
     * @param label as the newest diagram has it
     * @param passes how often it was left
     */
    public record Step(
            String process, String id, String label, long passes, Duration median, Duration ninetiethPercentile) {}

    /** @param sent how many reminders a question took, or how many were sent in vain */
    public record Reminders(int sent, long answered, long unanswered) {}

    public record BillingDate(LocalDate date, long cases) {}

    public record Payouts(long count, Money total) {}

    /** @param monthly what the new payers pay a month for what moved, taxes included */
    public record Moved(Way way, long count, Money monthly) {}
}
