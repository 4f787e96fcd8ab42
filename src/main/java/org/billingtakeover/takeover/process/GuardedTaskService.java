package org.billingtakeover.takeover.process;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.TaskServiceImpl;
import org.camunda.bpm.engine.task.Comment;
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
    public void setAssignee(String taskId, @Nullable String userId) {
        guard.assign(commandExecutor, taskId, userId, () -> super.setAssignee(taskId, userId));
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
    public Comment createComment(String taskId, @Nullable String processInstance, String message) {
        return guard.note(
                commandExecutor, taskId, message, () -> super.createComment(taskId, processInstance, message));
    }

    @Override
    public List<Comment> getTaskComments(String taskId) {
        return guard.note(commandExecutor, taskId, null, () -> super.getTaskComments(taskId));
    }
}
