package org.billingtakeover.takeover.process;

import java.util.Map;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's task service behind {@link GuardedTasks}. */
final class GuardedTaskService extends TaskServiceImpl {

    private final GuardedTasks guard;

    GuardedTaskService(GuardedTasks guard) {
        this.guard = guard;
    }

    @Override
    public void claim(String taskId, @Nullable String userId) {
        guard.claim(commandExecutor, taskId, userId, () -> super.claim(taskId, userId));
    }

    @Override
    public void complete(String taskId) {
        complete(taskId, Map.of());
    }

    @Override
    public void complete(String taskId, Map<String, Object> variables) {
        guard.<@Nullable Void>complete(commandExecutor, taskId, variables, () -> {
            super.complete(taskId, variables);
            return null;
        });
    }

    @Override
    public VariableMap completeWithVariablesInReturn(
            String taskId, Map<String, Object> variables, boolean deserializeValues) {
        return guard.complete(
                commandExecutor,
                taskId,
                variables,
                () -> super.completeWithVariablesInReturn(taskId, variables, deserializeValues));
    }

    @Override
    public void resolveTask(String taskId, Map<String, Object> variables) {
        guard.<@Nullable Void>complete(commandExecutor, taskId, variables, () -> {
            super.resolveTask(taskId, variables);
            return null;
        });
    }

    @Override
    public void handleBpmnError(
            String taskId, String errorCode, @Nullable String message, @Nullable Map<String, Object> variables) {
        guard.refuseToPeople(commandExecutor);
        super.handleBpmnError(taskId, errorCode, message, variables);
    }

    @Override
    public void handleEscalation(String taskId, String escalationCode, @Nullable Map<String, Object> variables) {
        guard.refuseToPeople(commandExecutor);
        super.handleEscalation(taskId, escalationCode, variables);
    }
}
