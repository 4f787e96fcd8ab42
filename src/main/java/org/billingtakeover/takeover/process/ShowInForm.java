package org.billingtakeover.takeover.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.HarmlessText;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.FormMade;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.json.SpinJsonNode;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Hands a task's form what it shows, as one JSON of the task alone; the history keeps it, and so what a person was shown. */
@Component
class ShowInForm {

    /** What Tasklist also shows in the list of tasks; the filters in {@code RoleFilters} name these. */
    private static final List<String> COLUMNS = List.of("stopDate", "difference");

    /** What others wrote, and the forms show among words of their own that are Markdown. */
    private static final Set<String> OF_OTHERS = Set.of("client", "firm", "adminName", "adminEmail", "subject", "text");

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\`*_{}\\[\\]<>()#+.!|~&:@-]");

    private final ObjectMapper json;
    private final MessageSource messages;
    private final ApplicationEventPublisher events;

    ShowInForm(ObjectMapper json, MessageSource messages, ApplicationEventPublisher events) {
        this.json = json;
        this.messages = messages;
        this.events = events;
    }

    /** The case whose task this is. */
    static TakeoverKey keyOf(DelegateTask task) {
        return CaseStep.key(task.getExecution());
    }

    static Language languageOf(DelegateTask task) {
        return Language.valueOf(Var.LANGUAGE.in(task).toUpperCase(Locale.ROOT));
    }

    /** Also names the task after its client, so that a list of tasks tells one from another, and says what is to be done, in the firm's language. */
    void show(DelegateTask task, String name, Map<String, Object> content) {
        Locale locale = languageOf(task).locale();
        String text = "task." + task.getTaskDefinitionKey();
        task.setName(messages.getMessage(
                text, new Object[] {HarmlessText.inOneLine(String.valueOf(content.get("client")))}, locale));
        task.setDescription(messages.getMessage(text + ".description", null, locale));
        try {
            TypedValue value = SpinValues.jsonValue(json.writeValueAsString(inMarkdown(content)))
                    .create();
            task.setVariableLocal(name, value);
            COLUMNS.stream()
                    .filter(column -> !content.getOrDefault(column, "").equals(""))
                    .forEach(column -> task.setVariableLocal(column, content.get(column)));
            events.publishEvent(
                    new FormMade(CaseStep.subject(task.getExecution()), task.getTaskDefinitionKey(), languageOf(task)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The content of the form of " + task.getTaskDefinitionKey() + " is no JSON.", e);
        }
    }

    /** What the form of this task shows in one field; empty where it has no such field, as forms of earlier versions have not. */
    Optional<String> shown(DelegateTask task, String name, String field) {
        return new Variable<>(name, SpinJsonNode.class)
                .find(task)
                .filter(shown -> shown.hasProp(field))
                .map(shown -> shown.prop(field).stringValue());
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
