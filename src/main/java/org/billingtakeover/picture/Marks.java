package org.billingtakeover.picture;

import java.util.Collection;
import java.util.List;
import org.billingtakeover.picture.Svg.Pen;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.CancelEventDefinition;
import org.camunda.bpm.model.bpmn.instance.CompensateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ComplexGateway;
import org.camunda.bpm.model.bpmn.instance.ConditionalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EscalationEventDefinition;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.InclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.LinkEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ManualTask;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.MultiInstanceLoopCharacteristics;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SendTask;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.SignalEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TerminateEventDefinition;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/** The small marks that say what kind of task, event or gateway a shape is. */
final class Marks {

    /** How far from its corner the sign of a task reaches, with some room, to the right and down. */
    static final double SIGN = 25;

    private static final String ENVELOPE = "M0 0 H18 V12 H0 Z M0 0 L9 7 L18 0";
    private static final String GEAR =
            "M9 0 L10 2.6 L12.4 3.6 L15 2.4 L16.6 5 L14.8 7 V9 L16.6 11 L15 13.6 L12.4 12.4 L10 13.4 L9 16 H7 L6 13.4 L3.6 12.4"
                    + " L1 13.6 L-.6 11 L1.2 9 V7 L-.6 5 L1 2.4 L3.6 3.6 L6 2.6 L7 0 Z M8 5 A3 3 0 1 0 8 11 A3 3 0 1 0 8 5 Z";
    private static final String PERSON =
            "M5 6 A4 4 0 1 1 11 6 C14 7 16 10 16 15 H0 C0 10 2 7 5 6 Z M4 15 V12 M12 15 V12";
    private static final String TABLE = "M0 0 H18 V13 H0 Z M0 4 H18 M0 8.5 H18 M5 4 V13";
    private static final String SCROLL = "M4 0 H15 C10 5 16 9 12 15 H1 C6 9 0 5 4 0 Z M5 4 H10 M5 7.5 H11 M5 11 H10";
    private static final String HAND = "M0 5 L6 1 H9 L8 4 H16 V6 H9 M16 6 V8.5 H9 M15 8.5 V11 H9 M14 11 V13 H3 L0 11 Z";

    private final Svg svg;

    Marks(Svg svg) {
        this.svg = svg;
    }

    /** In the upper left corner of a task. */
    void task(Activity task, double x, double y, String colour) {
        Pen thin = new Pen(colour, 1.1, "none");
        double left = x + 6;
        double top = y + 6;
        if (task instanceof UserTask) {
            svg.path(left, top, PERSON, thin);
        } else if (task instanceof BusinessRuleTask) {
            svg.path(left, top, TABLE, thin);
        } else if (task instanceof ServiceTask) {
            svg.path(left + 1, top - 1, GEAR, thin);
        } else if (task instanceof SendTask) {
            svg.path(left, top, ENVELOPE, new Pen("white", 1.1, colour));
        } else if (task instanceof ReceiveTask) {
            svg.path(left, top, ENVELOPE, thin);
        } else if (task instanceof ScriptTask) {
            svg.path(left, top, SCROLL, thin);
        } else if (task instanceof ManualTask) {
            svg.path(left, top, HAND, thin);
        }
    }

    /** At the lower edge of an activity: closed, repeated, compensating. */
    void below(Activity activity, boolean closed, double middle, double bottom, String colour) {
        Pen thin = new Pen(colour, 1.3, "none");
        double x = middle - 7;
        double y = bottom - 18;
        if (closed) {
            svg.rectangle(x, y, 14, 14, 0, thin);
            svg.path(x, y, "M7 2.5 V11.5 M2.5 7 H11.5", thin);
            x += 18;
        }
        if (activity.getLoopCharacteristics() instanceof MultiInstanceLoopCharacteristics several) {
            svg.path(
                    x,
                    y,
                    several.isSequential() ? "M1 3 H13 M1 7 H13 M1 11 H13" : "M3 1 V13 M7 1 V13 M11 1 V13",
                    thin.wide(2));
            x += 18;
        } else if (activity.getLoopCharacteristics() != null) {
            svg.path(x, y, "M4 12 A6 6 0 1 1 8 13 M4 12 V8 M4 12 H0", thin);
            x += 18;
        }
        if (activity.isForCompensation()) {
            svg.path(x, y, "M7 2 V12 L1 7 Z M13 2 V12 L7 7 Z", thin);
        }
    }

    /**
     * About the middle of an event.
     *
     * @param throwing whether it lets something happen rather than waiting for it
     * @return whether there is a mark for each of its definitions
     */
    boolean event(Collection<EventDefinition> definitions, boolean throwing, double x, double y, String colour) {
        if (definitions.size() > 1) {
            svg.path(x, y, "M0 -9 L9 -2.5 L5.5 8 H-5.5 L-9 -2.5 Z", pen(throwing, colour));
            return true;
        }
        return definitions.stream().allMatch(definition -> event(definition, throwing, x, y, colour));
    }

    private boolean event(EventDefinition definition, boolean throwing, double x, double y, String colour) {
        Pen pen = pen(throwing, colour);
        if (definition instanceof MessageEventDefinition) {
            svg.path(
                    x,
                    y,
                    "M-8.5 -6 H8.5 V6 H-8.5 Z M-8.5 -6 L0 1 L8.5 -6",
                    throwing ? new Pen("white", 1.2, colour) : pen);
        } else if (definition instanceof TimerEventDefinition) {
            svg.circle(x, y, 10, new Pen(colour, 1.3, "none"));
            svg.path(
                    x,
                    y,
                    "M0 -10 V-7.5 M0 10 V7.5 M-10 0 H-7.5 M10 0 H7.5 M1.5 -6.5 L0 0 L5 0",
                    new Pen(colour, 1.3, "none"));
        } else if (definition instanceof ErrorEventDefinition) {
            svg.path(x, y, "M-8 8 L-3 -7 L2.5 2 L8 -8 L3.5 8 L-2.5 -1 Z", pen);
        } else if (definition instanceof SignalEventDefinition) {
            svg.path(x, y, "M0 -9 L8.5 6 H-8.5 Z", pen);
        } else if (definition instanceof EscalationEventDefinition) {
            svg.path(x, y, "M0 -9 L7 9 L0 2 L-7 9 Z", pen);
        } else if (definition instanceof ConditionalEventDefinition) {
            svg.path(
                    x, y, "M-7 -9 H7 V9 H-7 Z M-5 -5.5 H5 M-5 -2 H5 M-5 1.5 H5 M-5 5 H5", new Pen(colour, 1.2, "none"));
        } else if (definition instanceof LinkEventDefinition) {
            svg.path(x, y, "M-8 -3 H2 V-7 L9 0 L2 7 V3 H-8 Z", pen);
        } else if (definition instanceof CompensateEventDefinition) {
            svg.path(x, y, "M-1 -6 V6 L-9 0 Z M7 -6 V6 L-1 0 Z", pen);
        } else if (definition instanceof CancelEventDefinition) {
            svg.path(
                    x,
                    y,
                    "M-7.5 -5 L-5 -7.5 L0 -2.5 L5 -7.5 L7.5 -5 L2.5 0 L7.5 5 L5 7.5 L0 2.5 L-5 7.5 L-7.5 5 L-2.5 0 Z",
                    pen);
        } else if (definition instanceof TerminateEventDefinition) {
            svg.circle(x, y, 9.5, new Pen(colour, 1, colour));
        } else {
            return false;
        }
        return true;
    }

    /**
     * About the middle of a gateway.
     *
     * @param exclusiveShown whether the diagram shows the cross of an exclusive one
     */
    void gateway(Gateway gateway, boolean exclusiveShown, double x, double y, String colour) {
        Pen pen = new Pen(colour, 3.2, "none");
        if (gateway instanceof ParallelGateway) {
            svg.path(x, y, "M0 -11 V11 M-11 0 H11", pen);
        } else if (gateway instanceof InclusiveGateway) {
            svg.circle(x, y, 11, pen.wide(2.6));
        } else if (gateway instanceof ComplexGateway) {
            svg.path(x, y, "M0 -11 V11 M-11 0 H11 M-7.5 -7.5 L7.5 7.5 M-7.5 7.5 L7.5 -7.5", pen);
        } else if (gateway instanceof EventBasedGateway) {
            svg.circle(x, y, 14, pen.wide(1));
            svg.circle(x, y, 11.5, pen.wide(1));
            svg.path(x, y, "M0 -7.5 L7.5 -2 L4.6 6.6 H-4.6 L-7.5 -2 Z", pen.wide(1.2));
        } else if (exclusiveShown) {
            svg.path(x, y, "M-7 -8 L7 8 M-7 8 L7 -8", pen);
        }
    }

    /** What became of a shape, beside its upper right corner: a sign, not a colour alone. */
    void badge(PathTaken.State state, int visits, double x, double y, String colour) {
        switch (state) {
            case WAITING -> {
                svg.circle(x, y, 10, new Pen("white", 2, colour));
                svg.path(x, y, "M-3 -4 V4 M3 -4 V4", new Pen("white", 2.6, "none"));
            }
            case FAILED -> {
                svg.circle(x, y, 10, new Pen("white", 2, colour));
                svg.path(x, y, "M0 -5 V1 M0 4.5 V5", new Pen("white", 2.8, "none"));
            }
            case CANCELLED -> {
                svg.circle(x, y, 10, new Pen("white", 2, colour));
                svg.path(x, y, "M-3.5 -3.5 L3.5 3.5 M-3.5 3.5 L3.5 -3.5", new Pen("white", 2.4, "none"));
            }
            case VISITED -> {
                if (visits > 1) {
                    svg.rectangle(x - 13, y - 9, 26, 18, 9, new Pen("white", 2, colour));
                    Lettering.Fitted times = new Lettering.Fitted(List.of(visits + "×"), 11);
                    svg.centred(times, x, y - 6.5, "white", true);
                }
            }
            case UNTOUCHED -> {}
        }
    }

    private static Pen pen(boolean throwing, String colour) {
        return new Pen(colour, 1.3, throwing ? colour : "none");
    }
}
