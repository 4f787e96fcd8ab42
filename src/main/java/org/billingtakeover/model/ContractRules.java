package org.billingtakeover.model;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Language;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaExecutionListener;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** What holds between diagrams, tables, forms and code, in both directions. */
final class ContractRules {

    /** Steps that reach beyond the database, so each must be a transaction of its own. */
    private static final Set<String> LEAVES_THE_DATABASE = Set.of("deliverMail", "payCommission", "handOverPayouts");

    /** What only diagrams of earlier versions name: it stays for as long as something may run on them. */
    static final Set<String> OF_EARLIER_VERSIONS = Set.of(
            "deliverMail",
            "stopOverdue",
            "mail.undeliverable",
            "gatherEligibilityFacts",
            "recordEligibility",
            "reconsider",
            "tellCommissionPaid",
            "closeWithdrawn",
            "recordChangeWithdrawn",
            "takeover.withdrawn",
            "change.withdrawn",
            "takeover.costChanged",
            "takeover.billingDateMoved",
            "takeover.accountCancelled",
            "takeover.reconsidered");

    /** Diagrams of earlier versions hand them on: the language is the reader's since then, and the way the case's. */
    private static final Set<String> HANDED_ON_BEFORE = Set.of("language", "way");

    private static final Pattern CONDITION = Pattern.compile("\\$\\{([a-z][A-Za-z]*)(?: == '([A-Za-z]+)')?}");
    private static final Pattern DAYS = Pattern.compile("P\\d+D");

    private final ProcessFiles files;
    private final CodeContract code;
    private final Faults faults;
    private final Map<String, BpmnModelInstance> diagrams;
    private final Set<String> usedBeans = new TreeSet<>();
    private final Set<String> usedForms = new TreeSet<>();
    private final Set<String> usedTables = new TreeSet<>();

    private ContractRules(ProcessFiles files, CodeContract code, Faults faults) {
        this.files = files;
        this.code = code;
        this.faults = faults;
        this.diagrams = files.diagrams();
    }

    static void check(ProcessFiles files, CodeContract code, Faults faults) {
        ContractRules rules = new ContractRules(files, code, faults);
        rules.diagrams.forEach((file, diagram) -> {
            rules.checkSteps(file, diagram);
            rules.checkUserTasks(file, diagram);
            rules.checkCalls(file, diagram);
            rules.checkVariables(file, diagram);
            rules.checkMessagesAndErrors(file, diagram);
        });
        rules.checkTables();
        rules.checkOrphans();
        rules.checkEnds();
    }

    private void checkSteps(String file, BpmnModelInstance diagram) {
        for (ServiceTask task : diagram.getModelElementsByType(ServiceTask.class)) {
            checkStep(file, task, task.getCamundaDelegateExpression());
        }
        for (SendTask task : diagram.getModelElementsByType(SendTask.class)) {
            checkStep(file, task, task.getCamundaDelegateExpression());
        }
        for (CamundaExecutionListener listener : diagram.getModelElementsByType(CamundaExecutionListener.class)) {
            checkBean(file, owner(listener), listener.getCamundaDelegateExpression(), ExecutionListener.class);
        }
        for (CamundaTaskListener listener : diagram.getModelElementsByType(CamundaTaskListener.class)) {
            checkBean(file, owner(listener), listener.getCamundaDelegateExpression(), TaskListener.class);
        }
        for (BusinessRuleTask task : diagram.getModelElementsByType(BusinessRuleTask.class)) {
            if (task.getCamundaDelegateExpression() != null) {
                // Our own step asks the table that is in force.
                checkStep(file, task, task.getCamundaDelegateExpression());
                continue;
            }
            String table = String.valueOf(task.getCamundaDecisionRef());
            usedTables.add(table);
            if (!files.texts().containsKey(table + ".dmn")) {
                faults.add(file, "%s asks the table %s, but there is no %s.dmn.", task, table, table);
            }
            needOwnDeployment(file, task, task.getCamundaDecisionRefBinding());
        }
    }

    private void checkStep(String file, FlowNode task, @Nullable String expression) {
        String bean = checkBean(file, task, expression, JavaDelegate.class);
        if (LEAVES_THE_DATABASE.contains(bean) && !task.isCamundaAsyncBefore()) {
            faults.add(
                    file,
                    "%s reaches beyond the database, so it must be a transaction of its own. Tick ‘Asynchronous before’.",
                    task);
        }
    }

    private String checkBean(String file, ModelElementInstance element, @Nullable String expression, Class<?> kind) {
        String bean = NamedByDiagram.code(expression);
        usedBeans.add(bean);
        Class<?> found = code.beans().get(bean);
        if (bean.isEmpty()) {
            faults.add(
                    file,
                    "%s must name what it does as ${someName} in ‘Delegate expression’, and nothing else.",
                    element);
        } else if (found == null) {
            faults.add(
                    file,
                    "%s names %s, but no code of that name exists. Ask a developer, or correct the name.",
                    element,
                    bean);
        } else if (!found.equals(kind)) {
            faults.add(
                    file,
                    "%s names %s as a %s, but the code is a %s.",
                    element,
                    bean,
                    kind.getSimpleName(),
                    found.getSimpleName());
        }
        return bean;
    }

    private void checkUserTasks(String file, BpmnModelInstance diagram) {
        for (UserTask task : diagram.getModelElementsByType(UserTask.class)) {
            String form = NamedByDiagram.form(task.getCamundaFormRef());
            if (form.isEmpty()) {
                faults.add(file, "%s must name its form as its-name.${language}, with ‘Form reference’.", task);
                continue;
            }
            needOwnDeployment(file, task, task.getCamundaFormRefBinding());
            Set<String> allowed = code.flow().taskInputs().getOrDefault(task.getId(), Set.of());
            for (Language language : Language.values()) {
                String name = form + "." + language.code();
                usedForms.add(name + ".form");
                checkForm(file, task, name, allowed);
            }
            if (!code.flow().taskInputs().containsKey(task.getId())) {
                faults.add(file, "the code does not know what %s may send. Ask a developer to add it.", task);
            }
        }
    }

    private void checkForm(String file, UserTask task, String name, Set<String> allowed) {
        String text = files.texts().get(name + ".form");
        if (text == null) {
            faults.add(file, "%s needs the form %s.form, which does not exist in forms/.", task, name);
            return;
        }
        try {
            JsonNode form = new ObjectMapper().readTree(text);
            if (!form.path("id").asText().equals(name)) {
                faults.add(
                        name + ".form",
                        "its id is %s. Make it %s.",
                        form.path("id").asText(),
                        name);
            }
            Set<String> fields = form.path("components").findParents("key").stream()
                    // A table's columns have keys too.
                    .filter(field -> field.has("type"))
                    .filter(field -> !field.path("disabled").asBoolean()
                            && !field.path("readonly").asBoolean())
                    .map(field -> field.path("key").asText())
                    .collect(toCollection(TreeSet::new));
            difference(fields, allowed)
                    .forEach(field -> faults.add(
                            name + ".form", "the field %s is refused by the server: %s may not send it.", field, task));
            difference(allowed, fields)
                    .forEach(field ->
                            faults.add(name + ".form", "the field %s that %s expects is missing.", field, task));
        } catch (JsonProcessingException e) {
            faults.add(name + ".form", "cannot be read: %s", e.getOriginalMessage());
        }
    }

    private void checkCalls(String file, BpmnModelInstance diagram) {
        for (CallActivity call : diagram.getModelElementsByType(CallActivity.class)) {
            BpmnModelInstance called = diagrams.get(call.getCalledElement() + ".bpmn");
            if (called == null) {
                faults.add(file, "%s calls %s, but there is no such diagram.", call, call.getCalledElement());
                continue;
            }
            needOwnDeployment(file, call, call.getCamundaCalledElementBinding());
            Collection<CamundaIn> given = children(call, CamundaIn.class);
            if (given.stream().noneMatch(in -> "#{execution.processBusinessKey}".equals(in.getCamundaBusinessKey()))) {
                faults.add(file, "%s does not hand on the key of the case. Enter the business key.", call);
            }
            given.stream()
                    .filter(in -> in.getCamundaBusinessKey() == null)
                    .forEach(in -> checkMapping(file, call, in.getCamundaSource(), in.getCamundaTarget()));
            children(call, CamundaOut.class)
                    .forEach(out -> checkMapping(file, call, out.getCamundaSource(), out.getCamundaTarget()));
        }
    }

    private void checkMapping(String file, CallActivity call, @Nullable String source, @Nullable String target) {
        for (String variable : new String[] {String.valueOf(source), String.valueOf(target)}) {
            if (!HANDED_ON_BEFORE.contains(variable) && !code.flow().variables().containsKey(variable)) {
                faults.add(
                        file,
                        "%s hands on %s, a variable that the code does not know. Name each variable singly.",
                        call,
                        variable);
            }
        }
    }

    private void checkVariables(String file, BpmnModelInstance diagram) {
        for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
            if (flow.getConditionExpression() != null) {
                checkCondition(file, flow, flow.getConditionExpression().getTextContent());
            }
        }
        for (TimeDate date : diagram.getModelElementsByType(TimeDate.class)) {
            checkDate(file, owner(date), date.getTextContent());
        }
        for (UserTask task : diagram.getModelElementsByType(UserTask.class)) {
            String due = String.valueOf(task.getCamundaDueDate());
            if (task.getCamundaDueDate() != null && !DAYS.matcher(due).matches()) {
                checkDate(file, task, due);
            }
        }
    }

    private void checkCondition(String file, SequenceFlow flow, String condition) {
        Matcher parts = CONDITION.matcher(condition);
        if (!parts.matches()) {
            faults.add(
                    file,
                    "the condition %s of %s is too clever: only ${variable} and ${variable == 'value'} are allowed. Rules belong into tables.",
                    condition,
                    flow);
            return;
        }
        checkVariable(file, flow, parts.group(1), parts.group(2) == null ? Boolean.class : String.class);
        if (parts.group(1).equals("outcome")
                && parts.group(2) != null
                && handedOut().noneMatch(parts.group(2)::equals)) {
            faults.add(file, "%s asks for the outcome %s, which no process ever hands out.", flow, parts.group(2));
        }
    }

    private Stream<String> handedOut() {
        return diagrams.values().stream()
                .flatMap(diagram -> endsWith("handOutOutcome", diagram))
                .flatMap(end -> Stream.ofNullable(code.flow().handedOut().get(end.getId())));
    }

    private void checkDate(String file, ModelElementInstance element, String expression) {
        String variable = NamedByDiagram.code(expression);
        if (variable.isEmpty()) {
            faults.add(file, "the date %s of %s must be ${variable}, or P2D for two days.", expression, element);
        } else {
            checkVariable(file, element, variable, Date.class);
        }
    }

    private void checkVariable(String file, ModelElementInstance element, String variable, Class<?> type) {
        Class<?> known = code.flow().variables().get(variable);
        if (known == null) {
            faults.add(file, "%s asks for %s, a variable that the code never sets.", element, variable);
        } else if (!known.equals(type)) {
            faults.add(
                    file,
                    "%s uses %s as a %s, but it is a %s.",
                    element,
                    variable,
                    type.getSimpleName(),
                    known.getSimpleName());
        }
    }

    private void checkMessagesAndErrors(String file, BpmnModelInstance diagram) {
        for (Message message : diagram.getModelElementsByType(Message.class)) {
            if (!code.flow().messages().contains(String.valueOf(message.getName()))) {
                faults.add(
                        file,
                        "nobody ever sends the message %s. Known are %s.",
                        message.getName(),
                        code.flow().messages());
            }
        }
        for (Error error : diagram.getModelElementsByType(Error.class)) {
            if (!code.flow().errors().contains(String.valueOf(error.getErrorCode()))) {
                faults.add(
                        file,
                        "no step ever raises the error %s. Known are %s.",
                        error.getErrorCode(),
                        code.flow().errors());
            }
        }
    }

    private void checkTables() {
        files.tables().forEach((file, table) -> {
            String id = file.replace(".dmn", "");
            Collection<Decision> decisions = table.getModelElementsByType(Decision.class);
            if (decisions.stream().noneMatch(decision -> decision.getId().equals(id))) {
                faults.add(file, "holds no table with the id %s. Give the table the file's name as its id.", id);
            }
            for (Decision decision : decisions) {
                if (decision.getVersionTag() == null) {
                    faults.add(file, "%s has no version tag. Enter one, for instance 1.1.0.", decision);
                }
                if (decision.getCamundaHistoryTimeToLiveString() == null) {
                    faults.add(
                            file, "nothing says how long the history of %s is kept. Enter a ‘Time to live’.", decision);
                }
                if (decision.getDescription() == null
                        || decision.getDescription().getTextContent().isBlank()) {
                    faults.add(file, "%s has no description. Say in a sentence or two what it decides.", decision);
                }
            }
            if (!usedTables.contains(id) && !code.tables().names().contains(id)) {
                faults.add(file, "no diagram and no code asks this table. Remove it, or ask a developer to use it.");
            }
        });
    }

    private void checkOrphans() {
        difference(
                        code.tables().names(),
                        files.tables().keySet().stream()
                                .map(file -> file.replace(".dmn", ""))
                                .collect(toCollection(TreeSet::new)))
                .forEach(table -> faults.add(
                        "the code", "it asks the table %s, but there is no %s.dmn. Put that file back.", table, table));
        difference(code.beans().keySet(), usedBeans)
                .filter(bean -> !OF_EARLIER_VERSIONS.contains(bean))
                .forEach(bean -> faults.add("the code", "the step %s is named by no diagram.", bean));
        files.names(".form")
                .filter(form -> !usedForms.contains(form))
                .forEach(form -> faults.add(form, "no user task shows this form. Remove it, or name it in a task."));
        difference(code.flow().messages(), attributes(Message.class, "name"))
                .filter(message -> !OF_EARLIER_VERSIONS.contains(message))
                .forEach(message -> faults.add("the code", "no diagram waits for the message %s.", message));
        difference(code.flow().errors(), attributes(Error.class, "errorCode"))
                .filter(error -> !OF_EARLIER_VERSIONS.contains(error))
                .forEach(error -> faults.add("the code", "no diagram catches the error %s.", error));
        difference(code.flow().taskInputs().keySet(), attributes(UserTask.class, "id"))
                .forEach(task ->
                        faults.add("the code", "the user task %s, whose entries it checks, is in no diagram.", task));
    }

    /** What end events tell the code by their ids. */
    private void checkEnds() {
        diagrams.forEach((file, diagram) -> {
            endsWith("handOutOutcome", diagram)
                    .filter(end -> !code.flow().handedOut().containsKey(end.getId()))
                    .forEach(end -> faults.add(
                            file,
                            "the code does not know what %s means. Give it the id that it had, or ask a developer.",
                            end));
        });
    }

    private static Stream<EndEvent> endsWith(String listener, BpmnModelInstance diagram) {
        return diagram.getModelElementsByType(EndEvent.class).stream()
                .filter(end -> children(end, CamundaExecutionListener.class).stream()
                        .anyMatch(found -> NamedByDiagram.code(found.getCamundaDelegateExpression())
                                .equals(listener)));
    }

    private void needOwnDeployment(String file, ModelElementInstance element, @Nullable String binding) {
        if (!"deployment".equals(binding)) {
            faults.add(
                    file,
                    "%s would use whatever is newest while a case runs. Set its binding to ‘deployment’, so that a case keeps to what it began with.",
                    element);
        }
    }

    private Set<String> attributes(Class<? extends ModelElementInstance> type, String attribute) {
        return diagrams.values().stream()
                .flatMap(diagram -> diagram.getModelElementsByType(type).stream())
                .map(element -> element.getAttributeValue(attribute))
                .filter(Objects::nonNull)
                .collect(toCollection(TreeSet::new));
    }

    private static <T extends ModelElementInstance> Collection<T> children(FlowNode node, Class<T> type) {
        return node.getExtensionElements() == null
                ? List.of()
                : node.getExtensionElements()
                        .getElementsQuery()
                        .filterByType(type)
                        .list();
    }

    /** The element of the diagram that a listener or a date belongs to. */
    private static ModelElementInstance owner(ModelElementInstance detail) {
        ModelElementInstance element = detail;
        while (!(element instanceof FlowNode) && element.getParentElement() != null) {
            element = element.getParentElement();
        }
        return element;
    }

    private static Stream<String> difference(Set<String> all, Set<String> fewer) {
        return all.stream().filter(one -> !fewer.contains(one)).sorted();
    }
}
