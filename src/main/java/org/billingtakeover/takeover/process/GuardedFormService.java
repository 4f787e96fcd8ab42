package org.billingtakeover.takeover.process;

import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;

/** The engine's form service behind {@link GuardedTasks}. */
final class GuardedFormService extends FormServiceImpl {

    private final GuardedTasks guard;

    GuardedFormService(GuardedTasks guard) {
        this.guard = guard;
    }

    @Override
    public void submitTaskForm(String taskId, Map<String, Object> properties) {
        guard.<@Nullable Void>complete(commandExecutor, taskId, properties, () -> {
            super.submitTaskForm(taskId, properties);
            return null;
        });
    }

    @Override
    public VariableMap submitTaskFormWithVariablesInReturn(
            String taskId, Map<String, Object> properties, boolean deserializeValues) {
        return guard.complete(
                commandExecutor,
                taskId,
                properties,
                () -> super.submitTaskFormWithVariablesInReturn(taskId, properties, deserializeValues));
    }
}
