package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Records what billing operations decided about a switch that could not be made. */
@Component
public class ResolveProblem {

    private final CaseFiles files;

    ResolveProblem(CaseFiles files) {
        this.files = files;
    }

    /** Try once more, or give the change up; the payer then stays who it is. */
    public enum Resolution {
        RETRY,
        CANCEL
    }

    /** @throws Refusal {@code resolutionMissing}, or {@code notPossibleNow} if there is no problem */
    @Transactional
    public void resolve(TakeoverKey key, String actor, @Nullable Resolution resolution) {
        CaseFile file = files.lock(key);
        if (resolution == null) {
            throw new Refusal("resolutionMissing");
        }
        Verdict verdict = file.ask(
                State.InTrouble.class,
                "notPossibleNow",
                trouble -> resolution == Resolution.RETRY ? trouble.retried() : trouble.cancelled());
        files.turn(file, actor, verdict.orRefuse());
    }
}
