package org.billingtakeover.takeover.process;

import java.util.Set;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;

/**
 * The tables of the engine's history, without what nobody reads there: where a path began and which gateways it passed, which take no time and
 * which the trail tells, and each value that a variable once had, beside its last.
 */
final class EngineHistory extends DbHistoryEventHandler {

    private static final Set<String> ONLY_PASSED = Set.of(ActivityTypes.START_EVENT, ActivityTypes.GATEWAY_EXCLUSIVE);

    @Override
    public void handleEvent(HistoryEvent event) {
        if (!(event instanceof HistoricActivityInstanceEventEntity step
                && ONLY_PASSED.contains(step.getActivityType()))) {
            super.handleEvent(event);
        }
    }

    @Override
    protected boolean shouldWriteHistoricDetail(HistoricVariableUpdateEventEntity update) {
        return false;
    }
}
