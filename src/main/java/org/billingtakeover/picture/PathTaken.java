package org.billingtakeover.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a case did with each element of a diagram. The trail keeps elements but no flows: a flow was taken where its target
 * was entered after its source had been left and before anything else followed from it.
 */
final class PathTaken {

    /** What became of an element. */
    enum State {
        UNTOUCHED,
        VISITED,
        CANCELLED,
        WAITING,
        FAILED
    }

    private final Map<String, List<SequenceFlow>> outgoing = new HashMap<>();
    private final Map<String, List<SequenceFlow>> caught = new HashMap<>();
    private final Map<String, Integer> visits = new HashMap<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final Map<String, State> states = new HashMap<>();
    private final Set<String> flows = new HashSet<>();
    /** Elements that were left and that nothing has followed from yet, the last one last. */
    private final List<Left> left = new ArrayList<>();

    PathTaken(BpmnModelInstance diagram, Walk walk) {
        // A flow names its ends; that elements name their flows too is optional in BPMN.
        diagram.getModelElementsByType(SequenceFlow.class)
                .forEach(flow -> outgoing.computeIfAbsent(flow.getSource().getId(), source -> new ArrayList<>())
                        .add(flow));
        diagram.getModelElementsByType(IntermediateCatchEvent.class)
                .forEach(event -> linkOf(event)
                        .ifPresent(link -> caught.put(link, outgoing.getOrDefault(event.getId(), List.of()))));
        for (Walk.Step step : walk.steps()) {
            if (diagram.getModelElementById(step.element()) instanceof FlowNode node) {
                follow(node, step.how());
            }
        }
        if (walk.over()) {
            states.replaceAll((id, state) -> state == State.WAITING ? State.VISITED : state);
        } else {
            left.forEach(this::markNext);
        }
    }

    State of(String element) {
        return states.getOrDefault(element, State.UNTOUCHED);
    }

    /** How many times an element was entered. */
    int visits(String element) {
        return visits.getOrDefault(element, 0);
    }

    boolean taken(SequenceFlow flow) {
        return flows.contains(flow.getId());
    }

    private void follow(FlowNode node, Walk.How how) {
        String id = node.getId();
        switch (how) {
            case ENTERED -> {
                enter(node);
                open.merge(id, 1, Integer::sum);
            }
            case PASSED -> {
                enter(node);
                leave(node);
            }
            case LEFT -> {
                open.merge(id, -1, Integer::sum);
                leave(node);
            }
            case CANCELLED -> {
                open.merge(id, -1, Integer::sum);
                if (node instanceof EventBasedGateway) {
                    // The engine ends its wait so, whatever it waited for happens or not.
                    leave(node);
                } else {
                    forgetWithin(node);
                }
            }
            case FAILED, RESOLVED -> {}
        }
        states.put(id, stateAfter(id, how));
    }

    private State stateAfter(String id, Walk.How how) {
        return switch (how) {
            case FAILED -> State.FAILED;
            case RESOLVED ->
                visits(id) == 0 ? State.UNTOUCHED : open.getOrDefault(id, 0) > 0 ? State.WAITING : State.VISITED;
            default ->
                open.getOrDefault(id, 0) > 0
                        ? State.WAITING
                        : how == Walk.How.CANCELLED ? State.CANCELLED : State.VISITED;
        };
    }

    private void enter(FlowNode node) {
        visits.merge(node.getId(), 1, Integer::sum);
        if (node instanceof StartEvent start && start.isInterrupting() && isEventTriggered(scope(start))) {
            forgetIn(scope(scope(start)));
        }
        for (int i = left.size() - 1; i >= 0; i--) {
            SequenceFlow flow = left.get(i).flowTo(node);
            if (flow != null) {
                flows.add(flow.getId());
                if (flow.getSource() instanceof EventBasedGateway) {
                    states.put(flow.getSource().getId(), State.VISITED);
                }
                beyondLink(flow).ifPresent(onwards -> {
                    flows.add(onwards.getId());
                    visit(flow.getTarget());
                    visit(onwards.getSource());
                });
                left.get(i).take(flow);
                left.removeIf(Left::isUsedUp);
                return;
            }
        }
    }

    private void leave(FlowNode node) {
        if (node instanceof EndEvent end) {
            if (end.getEventDefinitions().stream().anyMatch(TerminateEventDefinition.class::isInstance)) {
                forgetIn(scope(end));
            }
        } else if (outgoing.containsKey(node.getId())) {
            left.add(new Left(node, outgoing.get(node.getId())));
        }
    }

    /** Where only one flow leads on and its target waits for its turn: the engine enters it with its next job. */
    private void markNext(Left from) {
        if (from.all == 1) {
            SequenceFlow flow = from.open.get(0);
            String next = beyondLink(flow).orElse(flow).getTarget().getId();
            if (of(next) != State.FAILED) {
                states.put(next, State.WAITING);
            }
            flows.add(flow.getId());
        }
    }

    private void forgetWithin(FlowNode node) {
        if (node instanceof SubProcess) {
            forgetIn(node);
        }
    }

    private void forgetIn(@Nullable ModelElementInstance scope) {
        left.removeIf(each -> isWithin(each.node, scope));
    }

    private static boolean isWithin(ModelElementInstance node, @Nullable ModelElementInstance scope) {
        for (ModelElementInstance each = scope(node); each != null; each = scope(each)) {
            if (each.equals(scope)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEventTriggered(@Nullable ModelElementInstance scope) {
        return scope instanceof SubProcess process && process.triggeredByEvent();
    }

    private static @Nullable ModelElementInstance scope(@Nullable ModelElementInstance node) {
        return node == null ? null : node.getParentElement();
    }

    /** Where a path goes on that leads to a link; the engine keeps an entry of neither end of it. */
    private Optional<SequenceFlow> beyondLink(SequenceFlow flow) {
        return flow.getTarget() instanceof IntermediateThrowEvent thrown
                ? linkOf(thrown)
                        .flatMap(link ->
                                caught.getOrDefault(link, List.of()).stream().findFirst())
                : Optional.empty();
    }

    private static Optional<String> linkOf(FlowNode event) {
        return event.getChildElementsByType(LinkEventDefinition.class).stream()
                .map(LinkEventDefinition::getName)
                .findFirst();
    }

    private void visit(FlowNode event) {
        visits.merge(event.getId(), 1, Integer::sum);
        states.put(event.getId(), State.VISITED);
    }

    /** One leaving of an element. */
    private final class Left {

        final FlowNode node;
        final int all;
        private final List<SequenceFlow> open;

        Left(FlowNode node, List<SequenceFlow> outgoing) {
            this.node = node;
            this.all = outgoing.size();
            this.open = new ArrayList<>(outgoing);
        }

        @Nullable
        SequenceFlow flowTo(FlowNode target) {
            return open.stream()
                    .filter(flow -> beyondLink(flow).orElse(flow).getTarget().equals(target))
                    .findFirst()
                    .orElse(null);
        }

        void take(SequenceFlow flow) {
            if (node instanceof ExclusiveGateway || node instanceof EventBasedGateway) {
                open.clear();
            } else {
                open.remove(flow);
            }
        }

        boolean isUsedUp() {
            return open.isEmpty();
        }
    }
}
