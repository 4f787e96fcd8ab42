package org.billingtakeover.takeover;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what billing operations decided about a switch that could not be made. */
@Component
public class ResolveProblem {

    private final Takeovers takeovers;
    private final CaseEvents events;

    ResolveProblem(Takeovers takeovers, CaseEvents events) {
        this.takeovers = takeovers;
        this.events = events;
    }

    /** Try once more, or give the change up; the payer then stays who it is. */
    public enum Resolution {
        RETRY,
        CANCEL
    }

    /** @throws Refusal {@code resolutionMissing} */
    @Transactional
    public void resolve(String key, String actor, @Nullable Resolution resolution) {
        takeovers.lock(key);
        if (resolution == null) {
            throw new Refusal("resolutionMissing");
        }
        events.add(
                key,
                actor,
                resolution == Resolution.RETRY ? CaseEvents.What.PROBLEM_RETRIED : CaseEvents.What.CHANGE_CANCELLED,
                null);
    }
}
