package org.billingtakeover.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.picture.DiagramWords;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.impl.BpmnModelConstants;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TextAnnotation;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaFailedJobRetryTimeCycle;

/** What every diagram keeps to by itself, whatever the code is. */
final class DiagramRules {

    /** The kinds of element that the product uses, and how the id of each begins. */
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("startEvent", "StartEvent"),
            Map.entry("endEvent", "EndEvent"),
            Map.entry("boundaryEvent", "BoundaryEvent"),
            Map.entry("intermediateCatchEvent", "IntermediateCatchEvent"),
            Map.entry("intermediateThrowEvent", "IntermediateThrowEvent"),
            Map.entry("userTask", "UserTask"),
            Map.entry("serviceTask", "ServiceTask"),
            Map.entry("sendTask", "SendTask"),
            Map.entry("businessRuleTask", "BusinessRuleTask"),
            Map.entry("callActivity", "CallActivity"),
            Map.entry("subProcess", "EventSubprocess"),
            Map.entry("exclusiveGateway", "Gateway"),
            Map.entry("eventBasedGateway", "EventGateway"),
            Map.entry("sequenceFlow", "Flow"),
            Map.entry("message", "Message"),
            Map.entry("error", "Error"));

    /** What has a name that a picture shows. */
    private static final Set<Class<? extends BaseElement>> SHOWN =
            Set.of(Process.class, Participant.class, Lane.class, FlowElement.class);

    private static final Pattern PERIOD = Pattern.compile("P\\d+D");

    private final String file;
    private final BpmnModelInstance diagram;
    private final Set<String> groups;
    private final Faults faults;

    private DiagramRules(String file, BpmnModelInstance diagram, Set<String> groups, Faults faults) {
        this.file = file;
        this.diagram = diagram;
        this.groups = groups;
        this.faults = faults;
    }

    /** @param groups those that people are in */
    static void check(ProcessFiles files, Set<String> groups, Faults faults) {
        files.diagrams().forEach((file, diagram) -> new DiagramRules(file, diagram, groups, faults).check());
    }

    private void check() {
        checkProcess();
        checkIds();
        checkLabels();
        checkWords();
        checkFlows();
        checkUserTasks();
        checkRetries();
    }

    private void checkProcess() {
        Collection<Process> processes = diagram.getModelElementsByType(Process.class);
        if (processes.size() != 1) {
            report("must hold exactly one process, not %s.", processes.size());
        }
        for (Process process : processes) {
            if (!file.equals(process.getId() + ".bpmn")) {
                report("the process id is %s. Make it the file's name without .bpmn.", process.getId());
            }
            if (!process.isExecutable()) {
                report("%s cannot run. Tick ‘Executable’.", process);
            }
            if (process.getCamundaVersionTag() == null) {
                report("%s has no version tag. Enter one, for instance 1.1.0.", process);
            }
            if (!PERIOD.matcher(String.valueOf(process.getCamundaHistoryTimeToLiveString()))
                    .matches()) {
                report(
                        "nothing says for how many days the history of %s is kept. Enter a ‘Time to live’, for instance P730D.",
                        process);
            }
            needDocumentation(process, "Say in a sentence or two what it is for.");
        }
    }

    private void checkIds() {
        Stream.of(FlowElement.class, Message.class, Error.class)
                .flatMap(type -> diagram.getModelElementsByType(type).stream())
                .map(BaseElement.class::cast)
                .forEach(element -> {
                    String kind = element.getElementType().getTypeName();
                    String prefix = PREFIXES.get(kind);
                    if (prefix == null) {
                        report(
                                "%s is a %s; this product does not use that kind of element. Draw it with the kinds that the other diagrams use.",
                                element, kind);
                    } else if (!element.getId().matches(prefix + "_[A-Z][A-Za-z0-9]*")) {
                        report(
                                "the id of %s must begin with %s_ and go on in words run together, like %s_ReviewNewCost.",
                                element, prefix, prefix);
                    }
                });
        for (SubProcess subProcess : diagram.getModelElementsByType(SubProcess.class)) {
            if (!subProcess.triggeredByEvent()) {
                report("%s is an embedded sub-process. Draw it as a process of its own and call it.", subProcess);
            }
        }
    }

    private void checkLabels() {
        for (FlowNode node : diagram.getModelElementsByType(FlowNode.class)) {
            if (!named(node)) {
                report(
                        "%s has no label. Name a task by verb and object, an event by what has happened, a gateway by what it asks or joins.",
                        node);
            }
            if (splits(node) && !(named(node) && node.getName().endsWith("?"))) {
                report("%s decides something. Label it with the question that it answers.", node);
            }
        }
        for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
            if (splits(flow.getSource()) && !named(flow)) {
                report("%s is an answer to %s. Label it with that answer.", flow, flow.getSource());
            }
        }
    }

    /** Pictures of a case are shown in the language of whoever reads them. */
    private void checkWords() {
        for (BaseElement element : diagram.getModelElementsByType(BaseElement.class)) {
            String words = element instanceof TextAnnotation note
                    ? note.getText().getTextContent()
                    : SHOWN.stream().anyMatch(kind -> kind.isInstance(element))
                            ? element.getAttributeValue("name")
                            : null;
            if (words != null
                    && !words.isBlank()
                    && DiagramWords.of(element, Language.FR).isEmpty()) {
                report(
                        "%s says nothing in French. Under ‘Extension properties’ add one named fr, with the same in French.",
                        element);
            }
        }
    }

    private void checkFlows() {
        for (FlowNode node : diagram.getModelElementsByType(FlowNode.class)) {
            boolean begins = node instanceof StartEvent
                    || node instanceof BoundaryEvent
                    || node instanceof SubProcess
                    || node instanceof IntermediateCatchEvent && isLink(node);
            boolean ends = node instanceof EndEvent
                    || node instanceof SubProcess
                    || node instanceof IntermediateThrowEvent && isLink(node);
            if (!begins && node.getIncoming().isEmpty()) {
                report("nothing leads to %s. Connect it or remove it.", node);
            }
            if (!ends && node.getOutgoing().isEmpty()) {
                report("nothing follows %s. Lead it to an end event that says what became of the case.", node);
            }
            if (!(node instanceof ExclusiveGateway) && node.getIncoming().size() > 1) {
                report("%s has several ways in. Join them in a gateway before it.", node);
            }
            if (!(splits(node) || node instanceof EventBasedGateway)
                    && node.getOutgoing().size() > 1) {
                report("%s has several ways out. Put a gateway behind it.", node);
            }
            if (splits(node) && ((ExclusiveGateway) node).getDefault() == null) {
                report(
                        "%s has no default flow: a case would be stuck when no answer fits. Mark one answer as the default.",
                        node);
            }
        }
        for (SequenceFlow flow : diagram.getModelElementsByType(SequenceFlow.class)) {
            boolean byDefault =
                    flow.getSource() instanceof ExclusiveGateway gateway && flow.equals(gateway.getDefault());
            boolean conditional = flow.getConditionExpression() != null;
            if (splits(flow.getSource()) && !byDefault && !conditional) {
                report("%s says when it is taken by no condition. Enter one.", flow);
            }
            if (conditional && (byDefault || !splits(flow.getSource()))) {
                report("%s has a condition that is never asked. Remove it.", flow);
            }
        }
    }

    private void checkUserTasks() {
        for (UserTask task : diagram.getModelElementsByType(UserTask.class)) {
            needDocumentation(task, "Say what the person sees and decides.");
            if (Actors.CLIENT.equals(task.getCamundaAssignee())) {
                // Answered on our own page, and nobody's work here.
                continue;
            }
            if (task.getCamundaAssignee() != null) {
                report("%s is for one person, %s. Enter a candidate group.", task, task.getCamundaAssignee());
            }
            if (task.getCamundaDueDate() == null) {
                report("%s has no due date. Enter one, for instance P2D for two days.", task);
            }
            if (task.getCamundaCandidateGroupsList().isEmpty()) {
                report("nobody may do %s. Enter a candidate group.", task);
            }
            for (String group : task.getCamundaCandidateGroupsList()) {
                if (!groups.contains(group)) {
                    report(
                            "%s is for the group %s, which does not exist. Groups are %s.",
                            task,
                            group,
                            String.join(", ", groups.stream().sorted().toList()));
                }
            }
        }
    }

    private void checkRetries() {
        for (FlowNode node : diagram.getModelElementsByType(FlowNode.class)) {
            boolean timer =
                    !node.getChildElementsByType(TimerEventDefinition.class).isEmpty();
            boolean job = timer || ticked(node, "asyncBefore") || ticked(node, "asyncAfter");
            boolean retry = node.getExtensionElements() != null
                    && !node.getExtensionElements()
                            .getElementsQuery()
                            .filterByType(CamundaFailedJobRetryTimeCycle.class)
                            .list()
                            .isEmpty();
            if (job && !retry) {
                report(
                        "nothing says how often %s is tried again when it fails. Enter a ‘Retry time cycle’, for instance R5/PT5M.",
                        node);
            }
        }
    }

    private void needDocumentation(BaseElement element, String how) {
        if (element.getDocumentations().stream()
                .allMatch(text -> text.getTextContent().isBlank())) {
            report("%s has no documentation. " + how, element);
        }
    }

    private static boolean splits(FlowNode node) {
        return node instanceof ExclusiveGateway && node.getOutgoing().size() > 1;
    }

    private static boolean isLink(FlowNode event) {
        return !event.getChildElementsByType(LinkEventDefinition.class).isEmpty();
    }

    private static boolean ticked(FlowNode node, String setting) {
        return "true".equals(node.getAttributeValueNs(BpmnModelConstants.CAMUNDA_NS, setting));
    }

    private static boolean named(FlowElement element) {
        return element.getName() != null && !element.getName().isBlank();
    }

    private void report(String sentence, Object... about) {
        faults.add(file, sentence, about);
    }
}
