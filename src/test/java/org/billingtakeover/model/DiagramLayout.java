package org.billingtakeover.model;

import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.picture.DiagramWords;
import org.billingtakeover.picture.Label;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.DiagramElement;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;

/** Whether a drawing can be read, as its author laid it out and as we draw it in each language: nothing on top of anything else, no line crossing another. */
final class DiagramLayout {

    private static final double LINE_HEIGHT = 14.4;
    private static final double FONT_SIZE = 12;

    private final String file;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node> lanes = new ArrayList<>();
    private final List<Words> labels = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Faults faults;

    private DiagramLayout(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    static Faults faults(ProcessFiles files) {
        Faults faults = new Faults();
        files.diagrams().forEach((file, diagram) -> {
            check(new DiagramLayout(file, faults), diagram, DiagramLayout::asLaidOut);
            for (Language language : Language.values()) {
                BpmnModelInstance worded = DiagramWords.in(language, diagram);
                check(new DiagramLayout(file + " in " + language.name(), faults), worded, DiagramLayout::asDrawn);
            }
        });
        return faults;
    }

    private static void check(
            DiagramLayout layout,
            BpmnModelInstance diagram,
            Function<DiagramElement, Rectangle2D.@Nullable Double> label) {
        layout.read(diagram, label);
        layout.checkEverythingIsDrawn(diagram);
        layout.checkShapes();
        layout.checkLines();
        layout.checkCrossings();
        layout.checkLabels();
    }

    private static Rectangle2D.@Nullable Double asLaidOut(DiagramElement drawn) {
        BpmnLabel label = drawn instanceof BpmnShape shape ? shape.getBpmnLabel() : ((BpmnEdge) drawn).getBpmnLabel();
        return label == null || label.getBounds() == null ? null : box(label.getBounds());
    }

    private static Rectangle2D.@Nullable Double asDrawn(DiagramElement drawn) {
        if (asLaidOut(drawn) == null) {
            return null;
        }
        return drawn instanceof BpmnShape shape
                ? Label.of(shape.getBpmnElement().getAttributeValue("name"), shape)
                        .box()
                : Label.of(((BpmnEdge) drawn).getBpmnElement().getAttributeValue("name"), (BpmnEdge) drawn)
                        .box();
    }

    private void read(BpmnModelInstance diagram, Function<DiagramElement, Rectangle2D.@Nullable Double> label) {
        for (BpmnShape shape : diagram.getModelElementsByType(BpmnShape.class)) {
            BaseElement element = shape.getBpmnElement();
            if (element instanceof Lane) {
                lanes.add(new Node(element, box(shape.getBounds())));
            } else if (!(element instanceof Participant)) {
                nodes.add(new Node(element, box(shape.getBounds())));
            }
            addLabel(element, label.apply(shape));
        }
        for (BpmnEdge edge : diagram.getModelElementsByType(BpmnEdge.class)) {
            if (edge.getBpmnElement() instanceof Association) {
                continue;
            }
            List<Waypoint> points = List.copyOf(edge.getWaypoints());
            for (int i = 1; i < points.size(); i++) {
                lines.add(new Line(
                        (SequenceFlow) edge.getBpmnElement(),
                        new Line2D.Double(
                                points.get(i - 1).getX(),
                                points.get(i - 1).getY(),
                                points.get(i).getX(),
                                points.get(i).getY())));
            }
            addLabel(edge.getBpmnElement(), label.apply(edge));
        }
    }

    private void addLabel(BaseElement element, Rectangle2D.@Nullable Double box) {
        if (box != null) {
            labels.add(new Words(element, box));
        }
    }

    private void checkEverythingIsDrawn(BpmnModelInstance diagram) {
        for (FlowElement element : diagram.getModelElementsByType(FlowElement.class)) {
            if (nodes.stream().noneMatch(node -> node.element.equals(element))
                    && lines.stream().noneMatch(line -> line.flow.equals(element))) {
                report(
                        "%s is part of the process but is not drawn. Open the file in Camunda Modeler and draw it.",
                        element);
            }
        }
    }

    private void checkShapes() {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            for (Node other : nodes.subList(i + 1, nodes.size())) {
                if (!belongTogether(node.element, other.element) && node.box.intersects(other.box)) {
                    report("%s lies on %s. Move one of them.", node.element, other.element);
                }
            }
            if (node.element.getParentElement() instanceof SubProcess around
                    && nodes.stream()
                            .anyMatch(other -> other.element.equals(around) && !other.box.contains(node.box))) {
                report("%s sticks out of %s. Make the frame larger.", node.element, around);
            }
            if (node.element instanceof Activity task && !(task instanceof SubProcess) && task.getName() != null) {
                List<String> text = TextWidth.lines(task.getName(), node.box.width - 10, FONT_SIZE);
                double room = node.box.height - (task instanceof CallActivity ? 40 : 16);
                if (text.size() * LINE_HEIGHT > room
                        || text.stream().anyMatch(line -> TextWidth.of(line, FONT_SIZE) > node.box.width - 6)) {
                    report("The text of %s does not fit. Shorten it or make the shape larger.", task);
                }
            }
        }
        for (Node lane : lanes) {
            for (FlowNode member : ((Lane) lane.element).getFlowNodeRefs()) {
                if (nodes.stream().anyMatch(node -> node.element.equals(member) && !lane.box.contains(node.box))) {
                    report("%s is not drawn inside its lane, %s. Move it there.", member, lane.element);
                }
            }
        }
    }

    private void checkLines() {
        for (Line line : lines) {
            if (line.at.x1 != line.at.x2 && line.at.y1 != line.at.y2) {
                report("%s runs askew. Use only horizontal and vertical pieces.", line.flow);
            }
            for (Node node : nodes) {
                Rectangle2D.Double body = own(line.flow, node.element) ? shrunk(node.box) : node.box;
                if (!(node.element instanceof SubProcess) && line.at.intersects(body)) {
                    report("%s runs through %s. Lead it around.", line.flow, node.element);
                }
            }
            for (Words label : labels) {
                if (line.at.intersects(label.box)) {
                    report("%s runs through the label of %s. Move the label.", line.flow, label.element);
                }
            }
        }
    }

    private void checkCrossings() {
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            for (Line other : lines.subList(i + 1, lines.size())) {
                if (!line.flow.equals(other.flow) && line.at.intersectsLine(other.at)) {
                    report("%s and %s cross or touch. Lead one of them another way.", line.flow, other.flow);
                }
            }
        }
    }

    private void checkLabels() {
        for (int i = 0; i < labels.size(); i++) {
            Words label = labels.get(i);
            for (Node node : nodes) {
                if (!(node.element instanceof SubProcess) && node.outline().intersects(label.box)) {
                    report("The label of %s lies on %s. Move it.", label.element, node.element);
                }
            }
            for (Words other : labels.subList(i + 1, labels.size())) {
                if (label.box.intersects(other.box)) {
                    report("The labels of %s and %s lie on each other. Move one.", label.element, other.element);
                }
            }
        }
    }

    private static boolean own(SequenceFlow flow, BaseElement element) {
        return element.equals(flow.getSource())
                || element.equals(flow.getTarget())
                || flow.getSource() instanceof BoundaryEvent event && element.equals(event.getAttachedTo());
    }

    private static boolean belongTogether(BaseElement one, BaseElement other) {
        return one.equals(other.getParentElement())
                || other.equals(one.getParentElement())
                || one instanceof BoundaryEvent event && other.equals(event.getAttachedTo())
                || other instanceof BoundaryEvent event && one.equals(event.getAttachedTo());
    }

    private void report(String sentence, Object... about) {
        faults.add(file, sentence, about);
    }

    private static Rectangle2D.Double box(Bounds bounds) {
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private static Rectangle2D.Double shrunk(Rectangle2D box) {
        return new Rectangle2D.Double(box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
    }

    private record Node(BaseElement element, Rectangle2D.Double box) {

        Shape outline() {
            if (!(element instanceof Gateway)) {
                return box;
            }
            Path2D diamond = new Path2D.Double();
            diamond.moveTo(box.getCenterX(), box.getMinY());
            diamond.lineTo(box.getMaxX(), box.getCenterY());
            diamond.lineTo(box.getCenterX(), box.getMaxY());
            diamond.lineTo(box.getMinX(), box.getCenterY());
            diamond.closePath();
            return diamond;
        }
    }

    private record Words(BaseElement element, Rectangle2D.Double box) {}

    private record Line(SequenceFlow flow, Line2D.Double at) {}
}
