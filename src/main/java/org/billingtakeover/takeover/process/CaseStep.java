package org.billingtakeover.takeover.process;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Attempt;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.bpmn.behavior.TaskActivityBehavior;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityExecution;

/**
 * A step of a diagram that asks the case. What the case refuses is not done: the process waits at the step, and billing operations are
 * told. That holds for diagrams of every version, since they name the step alone.
 */
final class CaseStep extends TaskActivityBehavior {

    private final Function<DelegateExecution, Attempt<?>> asks;
    private final RefusedSteps refusedSteps;

    private CaseStep(RefusedSteps refusedSteps, Function<DelegateExecution, Attempt<?>> asks) {
        this.asks = asks;
        this.refusedSteps = refusedSteps;
    }

    /** A step that leaves nothing for the diagram to read. */
    static CaseStep asking(RefusedSteps refusedSteps, Function<TakeoverKey, Attempt<?>> asks) {
        return new CaseStep(refusedSteps, step -> asks.apply(key(step)));
    }

    /** @param writes what the diagram reads of the answer */
    static <T> CaseStep asking(
            RefusedSteps refusedSteps, Function<TakeoverKey, Attempt<T>> asks, BiConsumer<VariableScope, T> writes) {
        return about(refusedSteps, subject -> asks.apply((TakeoverKey) subject), writes);
    }

    /** As {@code asking}, where the process may be about a client without a case. */
    static <T> CaseStep about(
            RefusedSteps refusedSteps, Function<Subject, Attempt<T>> asks, BiConsumer<VariableScope, T> writes) {
        return new CaseStep(
                refusedSteps,
                step -> asks.apply(subject(step)).map(result -> {
                    writes.accept(step, result);
                    return result;
                }));
    }

    @Override
    public void execute(ActivityExecution step) {
        Attempt<?> attempt = asks.apply(step);
        if (attempt instanceof Attempt.Refused<?> refused) {
            refusedSteps.refused(step, refused.why());
        } else {
            leave(step);
        }
    }

    /** The case whose process this is. */
    static TakeoverKey key(DelegateExecution step) {
        return new TakeoverKey(step.getProcessBusinessKey());
    }

    static Subject subject(DelegateExecution step) {
        return Subject.of(step.getProcessBusinessKey());
    }
}
