package org.billingtakeover.takeover.process;

import java.util.Collection;
import java.util.Map;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The engine's form service behind {@link GuardedTasks}; what forms show is in the language of whoever reads them. */
final class GuardedFormService extends FormServiceImpl {

    private final GuardedTasks guard;
    private final ObjectProvider<ShowInForm> forms;

    GuardedFormService(GuardedTasks guard, ObjectProvider<ShowInForm> forms) {
        this.guard = guard;
        this.forms = forms;
    }

    @Override
    public VariableMap getTaskFormVariables(
            String taskId, @Nullable Collection<String> formVariables, boolean deserializeObjectValues) {
        VariableMap kept = super.getTaskFormVariables(taskId, formVariables, deserializeObjectValues);
        // Who may read them was asked before.
        commandExecutor.execute((CommandContext context) -> context.runWithoutAuthorization(() -> {
            forms.getObject().putWords(context, taskId, kept);
            return kept;
        }));
        return kept;
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
