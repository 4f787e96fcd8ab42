package org.billingtakeover.takeover.process;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.PrepareQuote;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Ends the process of a case, wherever it is, and begins one at the place that belongs to the case's state. */
@Component
class PutBack {

    private final Engine engine;
    private final RuntimeService runtime;
    private final ThreadLocal<Boolean> underWay = ThreadLocal.withInitial(() -> false);

    PutBack(Engine engine, @Lazy RuntimeService runtime) {
        this.engine = engine;
        this.runtime = runtime;
    }

    /** Whether this thread is at it: steps that the case passes on the way are refused in silence. */
    boolean isUnderWay() {
        return underWay.get();
    }

    void putBack(CaseFile file) {
        underWay.set(true);
        try {
            engine.asProduct(() -> {
                runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(file.key().text())
                        .processDefinitionKey(BillingTakeoverProcess.BILLING_TAKEOVER)
                        .list()
                        .forEach(astray -> runtime.deleteProcessInstance(
                                astray.getId(), "Put back to where the case stands", true, true, true, false));
                if (file.takeover().isOpen()) {
                    place(file);
                }
            });
        } finally {
            underWay.remove();
        }
    }

    private void place(CaseFile file) {
        VariableMap variables = Processes.transientFirm(file.takeover().firmId());
        file.state().due().ifPresent(due -> {
            variables.putValue(Var.REVIEW_DUE.name(), Date.from(due));
            variables.putValue(Var.REVIEW_UNTIL.name(), Date.from(reviewUntil(file, due)));
            variables.putValue(Var.RETRY_AT.name(), Date.from(due));
        });
        List<String> place = BillingTakeoverProcess.placeOf(file.state());
        String instance = runtime.createProcessInstanceByKey(BillingTakeoverProcess.BILLING_TAKEOVER)
                .businessKey(file.key().text())
                .setVariables(variables)
                .startBeforeActivity(place.get(0))
                .execute()
                .getId();
        for (String element : place.subList(1, place.size())) {
            instance = engine.calledBy(instance);
            ProcessInstanceModificationBuilder move = runtime.createProcessInstanceModification(instance);
            for (ActivityInstance waiting :
                    runtime.getActivityInstance(instance).getChildActivityInstances()) {
                move = move.cancelActivityInstance(waiting.getId());
            }
            move.startBeforeActivity(element).setVariables(variables).execute();
        }
    }

    private static Instant reviewUntil(CaseFile file, Instant due) {
        return file.quote()
                .map(quote -> new PrepareQuote.ToReview(quote.validUntil(), due).until())
                .orElse(due);
    }
}
