package org.billingtakeover.takeover.process;

import java.io.InputStream;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.Language;
import org.camunda.bpm.engine.form.CamundaFormRef;
import org.camunda.bpm.engine.form.FormData;
import org.camunda.bpm.engine.form.TaskFormData;
import org.camunda.bpm.engine.impl.FormServiceImpl;
import org.camunda.bpm.engine.impl.GetDeployedTaskFormCmd;
import org.camunda.bpm.engine.impl.form.CamundaFormRefImpl;
import org.camunda.bpm.engine.impl.form.FormDataImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.variable.VariableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The engine's form service behind {@link GuardedTasks}; forms and what they show are in the language of whoever reads them, whatever
 * language a case began in.
 */
final class GuardedFormService extends FormServiceImpl {

    /** How the forms of one task are told apart: the code of their language comes last. */
    private static final Pattern LANGUAGE = Pattern.compile("\\.(?:en|fr)$");

    private final GuardedTasks guard;
    private final ObjectProvider<ShowInForm> forms;

    GuardedFormService(GuardedTasks guard, ObjectProvider<ShowInForm> forms) {
        this.guard = guard;
        this.forms = forms;
    }

    @Override
    public TaskFormData getTaskFormData(String taskId) {
        return inReadersLanguage(super.getTaskFormData(taskId));
    }

    @Override
    public InputStream getDeployedTaskForm(String taskId) {
        return commandExecutor.execute(new GetDeployedTaskFormCmd(taskId) {
            @Override
            protected FormData getFormData() {
                return inReadersLanguage(super.getFormData());
            }
        });
    }

    /** The same form for readers of {@code language}. Diagrams of earlier versions name their forms in the same way. */
    static String inLanguage(String form, Language language) {
        return LANGUAGE.matcher(form).replaceFirst("." + language.code());
    }

    private static <F extends @Nullable FormData> F inReadersLanguage(F form) {
        if (form instanceof FormDataImpl deployed && deployed.getCamundaFormRef() != null) {
            CamundaFormRef asOfCase = deployed.getCamundaFormRef();
            CamundaFormRefImpl asRead =
                    new CamundaFormRefImpl(inLanguage(asOfCase.getKey(), Reader.language()), asOfCase.getBinding());
            asRead.setVersion(asOfCase.getVersion());
            deployed.setCamundaFormRef(asRead);
        }
        return form;
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
