package org.billingtakeover.model;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Language;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.jspecify.annotations.Nullable;

/** How a diagram names what lies outside it: code as {@code ${aStep}}, a form as {@code a-form.${language}}. */
public final class NamedByDiagram {

    private static final Pattern CODE = Pattern.compile("\\$\\{([a-z][A-Za-z]*)}");
    private static final Pattern FORM = Pattern.compile("([a-z-]+)\\.\\$\\{language}");

    private NamedByDiagram() {}

    /** The steps and listeners that a diagram names. */
    public static Set<String> code(BpmnModelInstance diagram) {
        return Stream.of(
                        diagram.getModelElementsByType(ServiceTask.class).stream()
                                .map(ServiceTask::getCamundaDelegateExpression),
                        diagram.getModelElementsByType(SendTask.class).stream()
                                .map(SendTask::getCamundaDelegateExpression),
                        diagram.getModelElementsByType(BusinessRuleTask.class).stream()
                                .map(BusinessRuleTask::getCamundaDelegateExpression),
                        diagram.getModelElementsByType(CamundaExecutionListener.class).stream()
                                .map(CamundaExecutionListener::getCamundaDelegateExpression),
                        diagram.getModelElementsByType(CamundaTaskListener.class).stream()
                                .map(CamundaTaskListener::getCamundaDelegateExpression))
                .flatMap(expressions -> expressions)
                .filter(Objects::nonNull)
                .map(NamedByDiagram::code)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The files of the forms that a diagram names, in all languages. */
    public static Set<String> formFiles(BpmnModelInstance diagram) {
        return diagram.getModelElementsByType(UserTask.class).stream()
                .map(task -> form(task.getCamundaFormRef()))
                .filter(form -> !form.isEmpty())
                .flatMap(form -> Stream.of(Language.values()).map(language -> form + "." + language.code() + ".form"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Empty where the expression is anything but one name. */
    static String code(@Nullable String expression) {
        return only(CODE, expression);
    }

    /** Empty where the reference is anything but one name with the language. */
    static String form(@Nullable String reference) {
        return only(FORM, reference);
    }

    private static String only(Pattern pattern, @Nullable String text) {
        Matcher matcher = pattern.matcher(String.valueOf(text));
        return matcher.matches() ? matcher.group(1) : "";
    }
}
