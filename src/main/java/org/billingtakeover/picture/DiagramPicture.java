package org.billingtakeover.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.billingtakeover.picture.PathTaken.State;
import org.billingtakeover.picture.Svg.Pen;
import org.camunda.bpm.model.bpmn.AssociationDirection;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.Association;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.DataAssociation;
import org.camunda.bpm.model.bpmn.instance.DataObjectReference;
import org.camunda.bpm.model.bpmn.instance.DataStoreReference;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.Group;
import org.camunda.bpm.model.bpmn.instance.Lane;
import org.camunda.bpm.model.bpmn.instance.MessageFlow;
import org.camunda.bpm.model.bpmn.instance.Participant;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TextAnnotation;
import org.camunda.bpm.model.bpmn.instance.ThrowEvent;
import org.camunda.bpm.model.bpmn.instance.Transaction;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/**
 * A diagram as its author laid it out, with the path that a case took on it: an SVG that needs no script, no style sheet and no
 * font of its own.
 */
public final class DiagramPicture {

    private static final String INK = "#1c2522";
    private static final String PALE = "#7d8883";
    private static final String SOFT = "#56635e";
    private static final String TAKEN = "#14497a";
    private static final int MARGIN = 16;
    private static final int BAND = 30;

    private final BpmnModelInstance diagram;
    private final PathTaken path;
    private final boolean plain;
    private final Svg svg = new Svg();
    private final Marks marks = new Marks(svg);

    private DiagramPicture(BpmnModelInstance diagram, Walk walk) {
        this.diagram = diagram;
        this.path = new PathTaken(diagram, walk);
        this.plain = walk.steps().isEmpty();
    }

    /**
     * Draws a diagram and what happened on it. Steps and flows taken are blue and thick; a step that waits is amber with the sign
     * of a pause, a cancelled one dashed with a cross, a failed one red with an exclamation mark; a number says how often a step
     * was passed that was passed more than once.
     *
     * @param title says what is seen to who cannot see it
     */
    public static String draw(BpmnModelInstance diagram, Walk walk, String title) {
        return new DiagramPicture(diagram, walk).draw(title);
    }

    private String draw(String title) {
        List<BpmnShape> shapes = new ArrayList<>(diagram.getModelElementsByType(BpmnShape.class));
        shapes.sort(Comparator.comparing((BpmnShape shape) -> layer(shape.getBpmnElement())));
        List<BpmnEdge> edges = new ArrayList<>(diagram.getModelElementsByType(BpmnEdge.class));
        edges.sort(Comparator.comparing(edge -> isTaken(edge.getBpmnElement())));
        Box box = box(shapes, edges);
        shapes.stream().filter(shape -> layer(shape.getBpmnElement()) < 3).forEach(this::shape);
        edges.forEach(this::edge);
        shapes.stream().filter(shape -> layer(shape.getBpmnElement()) >= 3).forEach(this::shape);
        edges.forEach(this::labelOfEdge);
        shapes.forEach(this::badge);
        String view = "%s %s %s %s".formatted(Svg.n(box.x), Svg.n(box.y), Svg.n(box.width), Svg.n(box.height));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="%s" height="%s" viewBox="%s" role="img">
                <title>%s</title>
                <rect x="%s" y="%s" width="%s" height="%s" fill="white"/>
                %s</svg>""".formatted(
                        Svg.n(box.width),
                        Svg.n(box.height),
                        view,
                        Svg.escape(title),
                        Svg.n(box.x),
                        Svg.n(box.y),
                        Svg.n(box.width),
                        Svg.n(box.height),
                        svg.inside());
    }

    /** What lies beneath comes first. */
    private static int layer(BaseElement element) {
        if (element instanceof Participant) {
            return 0;
        }
        if (element instanceof Lane) {
            return 1;
        }
        if (element instanceof SubProcess || element instanceof Group) {
            return 2;
        }
        return element instanceof BoundaryEvent ? 4 : 3;
    }

    private void shape(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds at = shape.getBounds();
        State state = path.of(element.getId());
        svg.group(element.getId(), state.name().toLowerCase(Locale.ROOT));
        if (element instanceof Participant participant) {
            band(at, shape.isHorizontal(), participant.getName(), true);
        } else if (element instanceof Lane lane) {
            band(at, shape.isHorizontal(), lane.getName(), false);
        } else if (element instanceof Activity activity) {
            activity(activity, shape, at, state);
        } else if (element instanceof Event event) {
            event(event, at, state);
            label(event.getName(), shape, state);
        } else if (element instanceof Gateway gateway) {
            gateway(gateway, shape, at, state);
            label(gateway.getName(), shape, state);
        } else if (element instanceof TextAnnotation annotation) {
            annotation(annotation, at);
        } else if (element instanceof DataObjectReference data) {
            svg.path(
                    at.getX(),
                    at.getY(),
                    sheet(at.getWidth(), at.getHeight()),
                    new Pen(lineColour(State.UNTOUCHED), 1.5, "white"));
            label(data.getName(), shape, state);
        } else if (element instanceof DataStoreReference store) {
            svg.path(
                    at.getX(),
                    at.getY(),
                    drum(at.getWidth(), at.getHeight()),
                    new Pen(lineColour(State.UNTOUCHED), 1.5, "white"));
            label(store.getName(), shape, state);
        } else if (element instanceof Group group) {
            svg.rectangle(
                    at.getX(), at.getY(), at.getWidth(), at.getHeight(), 10, new Pen(PALE, 1.5, "none", "10 4 2 4"));
            label(group.getCategory() == null ? null : group.getCategory().getValue(), shape, state);
        } else {
            unknown(element, at);
        }
        svg.end();
    }

    /** Nothing is left out of a picture: what has no shape here is a dotted box that says what it is. */
    private void unknown(BaseElement element, Bounds at) {
        String kind = element.getElementType().getTypeName();
        svg.group(element.getId(), "unknown");
        svg.rectangle(at.getX(), at.getY(), at.getWidth(), at.getHeight(), 0, new Pen(INK, 1.5, "white", "2 3"));
        inside(kind, at, 0, INK);
        svg.end();
    }

    private void band(Bounds at, @Nullable Boolean horizontal, @Nullable String name, boolean pool) {
        Pen pen = new Pen(plain ? INK : PALE, 1.5, pool ? "white" : "none");
        svg.rectangle(at.getX(), at.getY(), at.getWidth(), at.getHeight(), 0, pen);
        boolean upright = Boolean.FALSE.equals(horizontal);
        if (pool) {
            svg.path(
                    upright
                            ? "M%s %s H%s"
                                    .formatted(
                                            Svg.n(at.getX()), Svg.n(at.getY() + BAND), Svg.n(at.getX() + at.getWidth()))
                            : "M%s %s V%s"
                                    .formatted(
                                            Svg.n(at.getX() + BAND),
                                            Svg.n(at.getY()),
                                            Svg.n(at.getY() + at.getHeight())),
                    pen);
        }
        if (name == null) {
            return;
        }
        double length = upright ? at.getWidth() : at.getHeight();
        Lettering.Fitted text = Lettering.fit(name, length - 10, BAND - 4.0, 12);
        if (upright) {
            svg.centred(text, at.getX() + length / 2, at.getY() + (BAND - text.height()) / 2, INK, false);
        } else {
            svg.upwards(text, at.getX() + BAND / 2.0, at.getY() + length / 2, INK);
        }
    }

    private void activity(Activity activity, BpmnShape shape, Bounds at, State state) {
        boolean process = activity instanceof SubProcess;
        boolean open = process && shape.isExpanded();
        Pen pen = pen(state);
        if (activity instanceof CallActivity) {
            pen = pen.wide(Math.max(4, pen.width()));
        }
        if (process && ((SubProcess) activity).triggeredByEvent()) {
            pen = pen.dashed("1.5 4");
        }
        if (open && state != State.FAILED) {
            pen = pen.filled("white");
        }
        svg.rectangle(at.getX(), at.getY(), at.getWidth(), at.getHeight(), 10, pen);
        if (activity instanceof Transaction) {
            svg.rectangle(
                    at.getX() + 3,
                    at.getY() + 3,
                    at.getWidth() - 6,
                    at.getHeight() - 6,
                    8,
                    pen.filled("none").wide(1.2));
        }
        String ink = textColour(state);
        boolean closed = activity instanceof CallActivity || process && !open;
        marks.below(activity, closed, at.getX() + at.getWidth() / 2, at.getY() + at.getHeight(), ink);
        if (activity instanceof Task) {
            marks.task(activity, at.getX(), at.getY(), ink);
        }
        if (activity.getName() == null) {
            return;
        }
        if (open) {
            Lettering.Fitted name = Lettering.fit(activity.getName(), at.getWidth() - 20, 30, 12);
            svg.centred(name, at.getX() + at.getWidth() / 2, at.getY() + 6, ink, false);
        } else {
            inside(activity.getName(), at, activity instanceof Task ? Marks.SIGN : 0, ink);
        }
    }

    /** @param corner how far the sign in the upper left reaches, over which no text is written */
    private void inside(String text, Bounds at, double corner, String colour) {
        Lettering.Fitted fitted = Lettering.fit(text, at.getWidth() - 14, at.getHeight() - 34, 12);
        double middle = (at.getHeight() - fitted.height()) / 2;
        double left = (at.getWidth() - Lettering.width(fitted.lines().get(0), fitted.size())) / 2;
        double top = left < corner ? Math.max(middle, Math.min(corner, at.getHeight() - fitted.height() - 8)) : middle;
        svg.centred(fitted, at.getX() + at.getWidth() / 2, at.getY() + top, colour, false);
    }

    private void event(Event event, Bounds at, State state) {
        double x = at.getX() + at.getWidth() / 2;
        double y = at.getY() + at.getHeight() / 2;
        double radius = at.getWidth() / 2;
        boolean goesOn = event instanceof BoundaryEvent boundary && !boundary.cancelActivity()
                || event instanceof StartEvent start
                        && !start.isInterrupting()
                        && start.getParentElement() instanceof SubProcess;
        boolean start = event instanceof StartEvent;
        boolean end = event instanceof EndEvent;
        Pen pen = pen(state);
        Pen outer = end ? pen.wide(4) : pen.wide(state == State.UNTOUCHED ? 1.6 : 2.6);
        if (goesOn) {
            outer = outer.dashed("5 3.5");
        }
        svg.circle(x, y, radius, outer);
        if (!start && !end) {
            Pen inner = outer.filled("none").wide(state == State.UNTOUCHED ? 1.4 : 1.8);
            svg.circle(x, y, radius - 4, inner);
        }
        Collection<EventDefinition> definitions = event instanceof CatchEvent catching
                ? catching.getEventDefinitions()
                : ((ThrowEvent) event).getEventDefinitions();
        if (!marks.event(definitions, event instanceof ThrowEvent, x, y, textColour(state))) {
            svg.group(event.getId(), "unknown").end();
        }
    }

    private void gateway(Gateway gateway, BpmnShape shape, Bounds at, State state) {
        double x = at.getX();
        double y = at.getY();
        double width = at.getWidth();
        double height = at.getHeight();
        svg.path(
                x,
                y,
                "M%s 0 L%s %s L%s %s L0 %s Z"
                        .formatted(
                                Svg.n(width / 2),
                                Svg.n(width),
                                Svg.n(height / 2),
                                Svg.n(width / 2),
                                Svg.n(height),
                                Svg.n(height / 2)),
                pen(state));
        boolean cross = gateway instanceof ExclusiveGateway && shape.isMarkerVisible();
        marks.gateway(gateway, cross, x + width / 2, y + height / 2, textColour(state));
    }

    private void annotation(TextAnnotation annotation, Bounds at) {
        svg.path(
                at.getX(),
                at.getY(),
                "M10 0 H0 V%1$s H10".formatted(Svg.n(at.getHeight())),
                new Pen(plain ? INK : PALE, 1.5, "none"));
        if (annotation.getText() != null) {
            Lettering.Fitted text =
                    Lettering.fit(annotation.getText().getTextContent(), at.getWidth() - 12, at.getHeight() - 6, 12);
            svg.fromLeft(text, at.getX() + 6, at.getY() + 4, INK);
        }
    }

    private void edge(BpmnEdge edge) {
        BaseElement element = edge.getBpmnElement();
        List<Point> points = points(edge);
        boolean taken = isTaken(element);
        String colour = taken ? TAKEN : lineColour(State.UNTOUCHED);
        svg.group(element.getId(), taken ? "taken" : "untouched");
        if (element instanceof SequenceFlow flow) {
            Pen pen = new Pen(colour, taken ? 4 : 1.6, "none");
            svg.path(line(points, taken ? 8 : 5), pen);
            head(points, true, colour, taken ? 1.35 : 1);
            start(flow, points, colour);
        } else if (element instanceof MessageFlow) {
            svg.path(line(points, 8), new Pen(colour, 1.5, "none", "9 5"));
            svg.circle(points.get(0).x, points.get(0).y, 4, new Pen(colour, 1.5, "white"));
            head(points, false, colour, 1);
        } else if (element instanceof Association association) {
            svg.path(line(points, 0), new Pen(colour, 1.5, "none", "1.5 4"));
            if (association.getAssociationDirection() != AssociationDirection.None) {
                openHead(points, colour);
            }
        } else if (element instanceof DataAssociation) {
            svg.path(line(points, 0), new Pen(colour, 1.5, "none", "1.5 4"));
            openHead(points, colour);
        } else {
            svg.group(element.getId(), "unknown");
            svg.path(line(points, 0), new Pen(INK, 1.5, "none", "2 3"));
            svg.end();
        }
        svg.end();
    }

    /** The stroke of a default flow and the diamond of one with a condition, where it leaves. */
    private void start(SequenceFlow flow, List<Point> points, String colour) {
        Point from = points.get(0);
        Point next = points.get(1);
        double angle = Math.toDegrees(Math.atan2(next.y - from.y, next.x - from.x));
        boolean isDefault = flow.getId().equals(flow.getSource().getAttributeValue("default"));
        if (isDefault) {
            turned(from, angle, "M7 6 L13 -6", new Pen(colour, 2, "none"));
        } else if (flow.getConditionExpression() != null && flow.getSource() instanceof Activity) {
            turned(from, angle, "M0 0 L8 -5 L16 0 L8 5 Z", new Pen(colour, 1.5, "white"));
        }
    }

    private void turned(Point at, double angle, String shape, Pen pen) {
        svg.turned(at.x, at.y, angle, shape, pen);
    }

    private void head(List<Point> points, boolean filled, String colour, double scale) {
        Point to = points.get(points.size() - 1);
        String shape = "M0 0 L-%1$s -%2$s L-%1$s %2$s Z".formatted(Svg.n(10 * scale), Svg.n(5 * scale));
        turned(to, angle(points), shape, new Pen(colour, 1, filled ? colour : "white"));
    }

    private void openHead(List<Point> points, String colour) {
        turned(points.get(points.size() - 1), angle(points), "M-9 -5 L0 0 L-9 5", new Pen(colour, 1.5, "none"));
    }

    private static double angle(List<Point> points) {
        Point to = points.get(points.size() - 1);
        Point from = points.get(points.size() - 2);
        return Math.toDegrees(Math.atan2(to.y - from.y, to.x - from.x));
    }

    private void labelOfEdge(BpmnEdge edge) {
        String name = edge.getBpmnElement().getAttributeValue("name");
        if (name == null || name.isBlank()) {
            return;
        }
        label(Label.of(name, edge), isTaken(edge.getBpmnElement()));
    }

    private void label(@Nullable String name, BpmnShape shape, State state) {
        if (name != null && !name.isBlank()) {
            label(Label.of(name, shape), state != State.UNTOUCHED);
        }
    }

    private void label(Label label, boolean visited) {
        svg.centred(label.text(), label.middle(), label.top(), plain || visited ? INK : SOFT, false);
    }

    private void badge(BpmnShape shape) {
        BaseElement element = shape.getBpmnElement();
        Bounds at = shape.getBounds();
        State state = path.of(element.getId());
        boolean small = !(element instanceof Activity);
        double x = at.getX() + at.getWidth() - (small ? 2 : 4);
        double y = at.getY() + (small ? 2 : 4);
        marks.badge(state, path.visits(element.getId()), x, y, lineColour(state));
    }

    private Pen pen(State state) {
        return switch (state) {
            case UNTOUCHED -> new Pen(lineColour(state), plain ? 2 : 1.6, "white");
            case VISITED -> new Pen(lineColour(state), 3.4, "#e5eff8");
            case WAITING -> new Pen(lineColour(state), 4.4, "#fdf0d9");
            case FAILED -> new Pen(lineColour(state), 4.4, "#fbe7e5");
            case CANCELLED -> new Pen(lineColour(state), 2.6, "#f1f3f2", "8 5");
        };
    }

    private String lineColour(State state) {
        return switch (state) {
            case UNTOUCHED -> plain ? INK : PALE;
            case VISITED -> TAKEN;
            case WAITING -> "#b35c00";
            case FAILED -> "#b3261e";
            case CANCELLED -> "#4d5753";
        };
    }

    private String textColour(State state) {
        return state == State.UNTOUCHED && !plain ? SOFT : INK;
    }

    private boolean isTaken(@Nullable BaseElement element) {
        return element instanceof SequenceFlow flow && path.taken(flow);
    }

    private static Box box(List<BpmnShape> shapes, List<BpmnEdge> edges) {
        double left = Double.MAX_VALUE;
        double top = Double.MAX_VALUE;
        double right = -Double.MAX_VALUE;
        double bottom = -Double.MAX_VALUE;
        List<Bounds> bounds = new ArrayList<>();
        shapes.forEach(shape -> {
            bounds.add(shape.getBounds());
            add(bounds, shape.getBpmnLabel());
        });
        edges.forEach(edge -> add(bounds, edge.getBpmnLabel()));
        for (Bounds each : bounds) {
            left = Math.min(left, each.getX());
            top = Math.min(top, each.getY());
            right = Math.max(right, each.getX() + each.getWidth());
            bottom = Math.max(bottom, each.getY() + each.getHeight());
        }
        for (BpmnEdge edge : edges) {
            for (Point point : points(edge)) {
                left = Math.min(left, point.x);
                top = Math.min(top, point.y);
                right = Math.max(right, point.x);
                bottom = Math.max(bottom, point.y);
            }
        }
        if (left > right) {
            return new Box(0, 0, 1, 1);
        }
        return new Box(left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN);
    }

    private static void add(List<Bounds> bounds, @Nullable BpmnLabel label) {
        if (label != null && label.getBounds() != null) {
            bounds.add(label.getBounds());
        }
    }

    private static List<Point> points(BpmnEdge edge) {
        return edge.getWaypoints().stream().map(Point::of).toList();
    }

    /** Ends as far before the last point as the arrow's head is long, so that the line's end shows beside no point of it. */
    private static String line(List<Point> points, double shorter) {
        List<Point> drawn = new ArrayList<>(points);
        Point to = drawn.get(drawn.size() - 1);
        Point from = drawn.get(drawn.size() - 2);
        double length = Math.hypot(to.x - from.x, to.y - from.y);
        if (shorter > 0 && length > shorter) {
            double share = (length - shorter) / length;
            drawn.set(drawn.size() - 1, new Point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share));
        }
        return drawn.stream()
                .map(point -> Svg.n(point.x) + " " + Svg.n(point.y))
                .collect(Collectors.joining(" L", "M", ""));
    }

    private static String sheet(double width, double height) {
        double fold = Math.min(10, width / 3);
        return "M0 0 H%1$s L%2$s %3$s V%4$s H0 Z M%1$s 0 V%3$s H%2$s"
                .formatted(Svg.n(width - fold), Svg.n(width), Svg.n(fold), Svg.n(height));
    }

    private static String drum(double width, double height) {
        return "M0 6 C0 -2 %1$s -2 %1$s 6 V%2$s C%1$s %3$s 0 %3$s 0 %2$s Z M0 6 C0 14 %1$s 14 %1$s 6"
                .formatted(Svg.n(width), Svg.n(height - 6), Svg.n(height + 2));
    }

    private record Box(double x, double y, double width, double height) {}

    private record Point(double x, double y) {

        static Point of(ModelElementInstance waypoint) {
            Waypoint at = (Waypoint) waypoint;
            return new Point(at.getX(), at.getY());
        }
    }
}
