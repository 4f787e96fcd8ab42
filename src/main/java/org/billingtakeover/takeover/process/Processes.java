package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.variable.Variables.createVariables;
import static org.camunda.bpm.engine.variable.Variables.stringValue;

import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Starts processes and tells running ones what happened, as the product itself. */
@Component
class Processes {

    private final Engine engine;
    private final RuntimeService runtime;

    Processes(Engine engine, @Lazy RuntimeService runtime) {
        this.engine = engine;
        this.runtime = runtime;
    }

    /** Starts one about a subject, for its firm. */
    void start(String process, Subject about, FirmId firmId, Map<String, Object> variables) {
        VariableMap all = transientFirm(firmId);
        all.putAll(variables);
        engine.asProduct(() -> runtime.startProcessInstanceByKey(process, about.text(), all));
    }

    /** The variable by which the engine learns a new process's tenant, and which it keeps nowhere. */
    static VariableMap transientFirm(FirmId firmId) {
        return createVariables().putValueTyped(Var.FIRM.name(), stringValue(firmId.text(), true));
    }

    /** @return false if none waits for it, or several do */
    boolean isTold(Subject about, String message, Map<String, Object> variables) {
        return engine.asProduct(() -> {
            List<Execution> waiting = runtime.createExecutionQuery()
                    .processInstanceBusinessKey(about.text())
                    .messageEventSubscriptionName(message)
                    .list();
            if (waiting.size() != 1) {
                return false;
            }
            runtime.messageEventReceived(message, waiting.get(0).getId(), variables);
            return true;
        });
    }

    /** Tells whoever waits for it, if anybody does. */
    void tell(Subject about, String message) {
        engine.asProduct(() -> runtime
                .createExecutionQuery()
                .processInstanceBusinessKey(about.text())
                .messageEventSubscriptionName(message)
                .list()
                .stream()
                .filter(waiting -> isStillWaiting(waiting, message))
                .forEach(waiting -> runtime.messageEventReceived(message, waiting.getId())));
    }

    /** One that heard it earlier in this command has gone on, and has not been written down yet. */
    private static boolean isStillWaiting(Execution execution, String message) {
        return ((ExecutionEntity) execution)
                .getEventSubscriptions().stream().anyMatch(each -> message.equals(each.getEventName()));
    }

    /** @param order the variable that tells one process about the same subject from another */
    void tellOf(Subject about, Variable<String> order, String value, String message, Map<String, Object> variables) {
        engine.asProduct(() -> runtime.createExecutionQuery()
                .processInstanceBusinessKey(about.text())
                .processVariableValueEquals(order.name(), value)
                .messageEventSubscriptionName(message)
                .list()
                .forEach(waiting -> runtime.messageEventReceived(message, waiting.getId(), variables)));
    }
}
