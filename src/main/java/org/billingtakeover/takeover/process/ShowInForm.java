package org.billingtakeover.takeover.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;
import org.billingtakeover.account.Language;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.stereotype.Component;

/** Hands a task's form what it shows, as one JSON of the task alone; the history keeps it, and so what a person was shown. */
@Component
class ShowInForm {

    private final ObjectMapper json;

    ShowInForm(ObjectMapper json) {
        this.json = json;
    }

    static Language languageOf(DelegateTask task) {
        return Language.valueOf(Var.LANGUAGE.in(task).toUpperCase(Locale.ROOT));
    }

    void show(DelegateTask task, String name, Map<String, Object> content) {
        try {
            TypedValue value =
                    SpinValues.jsonValue(json.writeValueAsString(content)).create();
            task.setVariableLocal(name, value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The content of the form of " + task.getTaskDefinitionKey() + " is no JSON.", e);
        }
    }
}
