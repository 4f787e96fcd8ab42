package org.billingtakeover.takeover.web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangeByHand.Step;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;

/**
 * What a case waits for, since when, and who is next, for the one sentence that says it.
 *
 * @param code of the sentence, {@code waits.<code>}
 * @param since when the case came to stand where it stands
 * @param due when what it waits for happens or is overdue; null where no time is set
 * @param billingDate the local date of the client on which the payer changes or has changed; null where none is set
 * @param obstacle the code of what stands in the way; null where nothing does
 * @param mender who can mend it; null where that is nobody in particular
 * @param outcome what has become of the client; null while the case is open
 */
record Waits(
        String code,
        Instant since,
        @Nullable Instant due,
        @Nullable LocalDate billingDate,
        @Nullable String obstacle,
        @Nullable Mender mender,
        @Nullable Outcome outcome) {

    private static final String STOP_ORDERED = Happening.code(Happening.StopOrdered.class);
    private static final String STOP_WITHDRAWN = Happening.code(Happening.StopWithdrawn.class);
    private static final String HELD = "held";

    private static final List<Class<? extends Happening>> LEFT_SEPARATE = List.of(
            Happening.FirmPrefersClientTakesOver.class,
            Happening.FirmLeavesBillsSeparate.class,
            Happening.ReviewLapsed.class,
            Happening.ClientDeclined.class,
            Happening.ClientDidNotAnswer.class,
            Happening.Withdrawn.class,
            Happening.ChangeCancelled.class,
            Happening.CostChanged.class,
            Happening.NotPossible.class,
            Happening.NotOffered.class);

    /** What brings a case to each state; the newest of it says since when the case stands there. */
    static final Map<Class<? extends State>, List<Class<? extends Happening>>> BEGUN_BY = Map.ofEntries(
            Map.entry(
                    State.Requested.class,
                    List.of(Happening.Opened.class, Happening.Reconsidered.class, Happening.CostChanged.class)),
            Map.entry(State.UnderReview.class, List.of(Happening.QuoteMade.class)),
            Map.entry(
                    State.Acknowledged.class,
                    List.of(
                            Happening.FirmTakesOver.class,
                            Happening.PrimaryAdminChanged.class,
                            Happening.WrongPersonAsked.class)),
            Map.entry(
                    State.Offered.class,
                    List.of(
                            Happening.QuoteMade.class,
                            Happening.PrimaryAdminChanged.class,
                            Happening.WrongPersonAsked.class)),
            Map.entry(State.Asking.class, List.of(Happening.ClientAsked.class)),
            Map.entry(State.Agreed.class, List.of(Happening.ClientConfirmed.class)),
            Map.entry(
                    State.Scheduled.class, List.of(Happening.ChangeScheduled.class, Happening.BillingDateMoved.class)),
            Map.entry(State.Rejected.class, List.of(Happening.SwitchRejected.class, Happening.ProblemRetried.class)),
            Map.entry(State.InTrouble.class, List.of(Happening.SwitchRejected.class, Happening.CheckFailed.class)),
            Map.entry(State.Done.class, List.of(Happening.Switched.class)),
            Map.entry(State.Separate.class, LEFT_SEPARATE),
            Map.entry(State.Stopping.class, LEFT_SEPARATE),
            Map.entry(State.Closed.class, List.of(Happening.Closed.class)));

    /**
     * @param byHand the change that the firm makes itself, if it does
     * @param held whether the case cannot go on before somebody has mended what holds its client
     */
    static Waits of(Takeover takeover, List<CaseEvent> happened, Optional<ChangeByHand> byHand, boolean held) {
        State state = takeover.state();
        return new Waits(
                held ? HELD : code(state, happened, byHand),
                since(state, happened).orElse(takeover.openedAt()),
                state.due().orElse(null),
                state.billingDate().orElse(null),
                obstacle(state),
                mender(state),
                state instanceof State.Closed closed ? closed.outcome() : null);
    }

    private static String code(State state, List<CaseEvent> happened, Optional<ChangeByHand> byHand) {
        String name = state.getClass().getSimpleName();
        if (state instanceof State.Scheduled && byHand.isPresent()) {
            Step step = byHand.get().step();
            return step.awaitsProof() ? name + "." + step : name;
        }
        if (state instanceof State.Stopping && isStopOrdered(happened)) {
            return name + ".ORDERED";
        }
        if (state instanceof State.Asking) {
            return name + "." + state.way();
        }
        if (state instanceof State.Separate separate) {
            return name + "." + (separate.isClientToBeOffered() ? Way.CLIENT_TAKES_ONLINE : "STOP");
        }
        return name;
    }

    private static boolean isStopOrdered(List<CaseEvent> happened) {
        return happened.stream()
                .map(CaseEvent::what)
                .filter(what -> what.equals(STOP_ORDERED) || what.equals(STOP_WITHDRAWN))
                .reduce((earlier, later) -> later)
                .filter(STOP_ORDERED::equals)
                .isPresent();
    }

    private static @Nullable String obstacle(State state) {
        if (state instanceof State.Rejected rejected) {
            return rejected.obstacle();
        }
        return state instanceof State.InTrouble trouble ? trouble.obstacle() : null;
    }

    private static @Nullable Mender mender(State state) {
        return Optional.ofNullable(obstacle(state)).flatMap(Rejection::menderOf).orElse(null);
    }

    private static Optional<Instant> since(State state, List<CaseEvent> happened) {
        List<String> begins = BEGUN_BY.getOrDefault(state.getClass(), List.of()).stream()
                .map(Happening::code)
                .toList();
        return happened.stream()
                .filter(event -> begins.contains(event.what()))
                .map(CaseEvent::at)
                .reduce((earlier, later) -> later);
    }
}
