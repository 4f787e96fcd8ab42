package org.billingtakeover.takeover.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.HarmlessText;
import org.billingtakeover.takeover.process.TaskForms.TaskForm;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/**
 * Hands a task's form what it shows, as one JSON of the task alone. The history keeps it in codes and amounts; whoever opens the task
 * reads it in words of their language.
 */
@Component
class ShowInForm {

    /** What Tasklist also shows in the list of tasks; the filters in {@code RoleFilters} name these. */
    private static final List<String> COLUMNS = List.of("stopDate", "difference");

    /** What others wrote, and the forms show among words of their own that are Markdown. */
    private static final Set<String> OF_OTHERS = Set.of("client", "firm", "adminName", "adminEmail", "subject", "text");

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+.!|~&:@-]");

    private final TaskForms forms;
    private final ObjectMapper json;

    ShowInForm(TaskForms forms, ObjectMapper json) {
        this.forms = forms;
        this.json = json;
    }

    /** Also names the task after its client, so that a list of tasks tells one from another; what is to be done, {@code AnswersInWords} says. */
    void show(DelegateTask task) {
        TaskForm form = forms.of(task.getTaskDefinitionKey()).orElseThrow();
        Map<String, Object> facts = form.facts().apply(task);
        task.setName(HarmlessText.inOneLine(String.valueOf(facts.get("client"))));
        task.setVariableLocal(form.variable(), json(task, facts));
        COLUMNS.stream()
                .filter(column -> !facts.getOrDefault(column, "").equals(""))
                .forEach(column -> task.setVariableLocal(column, facts.get(column)));
    }

    /** What the form of this task shows to whoever reads it, in the place of what the task keeps. */
    void putWords(CommandContext context, String taskId, VariableMap shown) {
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        forms.of(task.getTaskDefinitionKey())
                .filter(form -> shown.containsKey(form.variable()))
                .ifPresent(form -> shown.putValueTyped(
                        form.variable(), json(task, inMarkdown(form.words().apply(task, Reader.language())))));
    }

    private TypedValue json(DelegateTask task, Map<String, Object> content) {
        try {
            return SpinValues.jsonValue(json.writeValueAsString(content)).create();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The content of the form of " + task.getTaskDefinitionKey() + " is no JSON.", e);
        }
    }

    /** A name with a link, a picture or markup in it stays a name. */
    private static Map<String, Object> inMarkdown(Map<String, Object> content) {
        Map<String, Object> escaped = new LinkedHashMap<>(content);
        escaped.replaceAll((name, value) -> OF_OTHERS.contains(name)
                ? MARKDOWN.matcher(HarmlessText.of(value.toString())).replaceAll("\\\\$0")
                : value);
        return escaped;
    }
}
