package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A diagram asked for what the case's own state does not allow: somebody moved its process, or a timer fired too early. The case is as it
 * was; its process is put back to where the case stands, or the case is closed.
 */
@Component
public class ResolveRefusedStep {

    private final CaseFiles files;
    private final TakeoverFlow flow;
    private final Holds holds;
    private final TellParties tell;
    private final Clock clock;

    ResolveRefusedStep(CaseFiles files, TakeoverFlow flow, Holds holds, TellParties tell, Clock clock) {
        this.files = files;
        this.flow = flow;
        this.holds = holds;
        this.tell = tell;
        this.clock = clock;
    }

    /** What can be done about it. */
    public enum Resolution {
        PUT_BACK,
        CLOSE
    }

    /**
     * @param step the id of the step in its diagram
     * @param actor on whose command the diagram came there
     */
    @Transactional
    public void refused(TakeoverKey key, String step, Verdict.Denied why, String actor) {
        CaseFile file = files.lock(key);
        files.turn(
                file, actor, new Verdict.Allowed(file.state(), List.of(new Happening.StepRefused(step, why.code()))));
    }

    /** @throws Refusal {@code resolutionMissing}, or the code of what still holds a case that is to be put back */
    @Transactional
    public void resolve(TakeoverKey key, String actor, @Nullable Resolution resolution) {
        if (resolution == null) {
            throw new Refusal("resolutionMissing");
        }
        CaseFile file = files.lock(key);
        if (resolution == Resolution.CLOSE && file.takeover().isOpen()) {
            file = files.turn(
                    file,
                    actor,
                    file.state().givenUp(file.account(), clock.instant()).orRefuse(),
                    file.questionEnded(ConsentRequest.Status.WITHDRAWN));
            CaseFile ended = file;
            ended.justHappened(Happening.Withdrawn.class).ifPresent(withdrawn -> tell.withdrawn(ended, withdrawn.by()));
        } else {
            holds.against(file.state(), file.account()).ifPresent(code -> {
                throw new Refusal(code);
            });
            file = files.turn(file, actor, new Verdict.Allowed(file.state(), List.of(new Happening.PutBack())));
        }
        flow.putBack(file);
    }
}
