package org.billingtakeover.takeover.process;

import org.billingtakeover.takeover.Holds;
import org.billingtakeover.takeover.ResolveRefusedStep;
import org.billingtakeover.takeover.Verdict;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Tells the case and billing operations that a diagram asked for what the case does not allow. */
@Component
class RefusedSteps {

    private final ResolveRefusedStep resolve;
    private final CamundaTakeoverFlow flow;
    private final PutBack putBack;

    RefusedSteps(ResolveRefusedStep resolve, CamundaTakeoverFlow flow, PutBack putBack) {
        this.resolve = resolve;
        this.flow = flow;
        this.putBack = putBack;
    }

    void refused(DelegateExecution step, Verdict.Denied why) {
        if (!putBack.isUnderWay() || Holds.isWhy(why)) {
            String actor = Actor.of(step);
            resolve.refused(CaseStep.key(step), step.getCurrentActivityId(), why, actor);
            flow.stepRefused(CaseStep.key(step), step.getCurrentActivityName(), why.code(), actor);
        }
    }
}
