package org.billingtakeover.takeover.process;

import java.util.Set;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricJobLogEventEntity;

/**
 * The tables of the engine's history, without what nobody reads there and the trail tells: where a path began and which gateways it passed,
 * which take no time; that a job was made, has succeeded or was deleted; each value that a variable once had, beside its last; and with what a
 * called process ended, which a gateway reads at once.
 */
final class EngineHistory extends DbHistoryEventHandler {

    private static final Set<String> ONLY_PASSED = Set.of(ActivityTypes.START_EVENT, ActivityTypes.GATEWAY_EXCLUSIVE);

    @Override
    public void handleEvent(HistoryEvent event) {
        if (isKept(event)) {
            super.handleEvent(event);
        }
    }

    private static boolean isKept(HistoryEvent event) {
        if (event instanceof HistoricActivityInstanceEventEntity step) {
            return !ONLY_PASSED.contains(step.getActivityType());
        }
        if (event instanceof HistoricVariableUpdateEventEntity update) {
            return !update.getVariableName().equals(Var.OUTCOME.name());
        }
        return !(event instanceof HistoricJobLogEventEntity job) || job.isFailureLog();
    }

    @Override
    protected boolean shouldWriteHistoricDetail(HistoricVariableUpdateEventEntity update) {
        return false;
    }
}
