package org.billingtakeover.takeover;

import java.util.Set;
import java.util.stream.Stream;

/** Where a case stands, in one word of six; {@link State} says it exactly. */
public enum Stage {
    /** The accountant reviews the new cost. */
    REVIEW(State.Requested.class, State.UnderReview.class, State.Acknowledged.class, State.Offered.class),
    /** The client has been asked to confirm or decline. */
    ASKING(State.Asking.class, State.Agreed.class),
    /** The client agreed; the payer changes at a billing date. */
    SCHEDULED(State.Scheduled.class, State.Rejected.class, State.Done.class),
    /** The change cannot be made as things are; billing operations resolves it. */
    PROBLEM(State.InTrouble.class),
    /** Bills stay separate; the integration stops on the stop date unless somebody reconsiders. */
    STOPPING(State.Separate.class, State.Stopping.class),
    /** Ended, with an outcome. */
    CLOSED(State.Closed.class);

    private final Set<Class<? extends State>> states;

    @SafeVarargs
    @SuppressWarnings("varargs") // They are read.
    Stage(Class<? extends State>... states) {
        this.states = Set.of(states);
    }

    static Stage of(State state) {
        return Stream.of(values())
                .filter(stage -> stage.states.contains(state.getClass()))
                .findFirst()
                .orElseThrow();
    }
}
