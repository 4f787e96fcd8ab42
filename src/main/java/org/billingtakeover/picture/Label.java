package org.billingtakeover.picture;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnLabel;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.bpmn.instance.di.Waypoint;
import org.jspecify.annotations.Nullable;

/**
 * Words beside a shape or a line. They stand where the author put them; what is longer than the author's own, as in another language,
 * grows away from what it belongs to. In pixels.
 *
 * @param middle about which each line is centred
 * @param top of the first line
 */
public record Label(Lettering.Fitted text, double middle, double top) {

    private static final double SIZE = 11;

    /** As wide as Modeler lets a label grow. */
    private static final double WIDEST = 90;

    /** Kept free beside a shape, also where a font is wider than what is reckoned with. */
    private static final double APART = 3;

    /** Beneath a shape whose author did not place its label. */
    private static final double BENEATH = 4;

    /** What the words lie on. */
    public Rectangle2D.Double box() {
        return new Rectangle2D.Double(middle - text.width() / 2, top, text.width(), text.height());
    }

    /** The label of a shape. */
    public static Label of(String words, BpmnShape shape) {
        Bounds bounds = shape.getBounds();
        Rectangle2D.Double own = box(bounds);
        Rectangle2D.Double place = place(shape.getBpmnLabel());
        if (place == null) {
            return placed(fit(words, WIDEST), own.getCenterX(), own.getMaxY() + BENEATH);
        }
        int across = place.getMinX() >= own.getMaxX() ? 1 : place.getMaxX() <= own.getMinX() ? -1 : 0;
        int down = place.getMinY() >= own.getMaxY() ? 1 : place.getMaxY() <= own.getMinY() ? -1 : 0;
        return in(place, words, across, down);
    }

    /** The label of a line. */
    public static Label of(String words, BpmnEdge edge) {
        List<Point2D.Double> points = points(edge.getWaypoints());
        Rectangle2D.Double place = place(edge.getBpmnLabel());
        if (place == null) {
            Point2D from = points.get((points.size() - 1) / 2);
            Point2D to = points.get((points.size() - 1) / 2 + 1);
            return placed(
                    fit(words, WIDEST), (from.getX() + to.getX()) / 2, (from.getY() + to.getY()) / 2 - SIZE * 1.5);
        }
        Line2D nearest = IntStream.range(1, points.size())
                .mapToObj(end -> (Line2D) new Line2D.Double(points.get(end - 1), points.get(end)))
                .min(Comparator.comparing(piece -> piece.ptSegDist(place.getCenterX(), place.getCenterY())))
                .orElseThrow();
        boolean upright = Math.abs(nearest.getX1() - nearest.getX2()) < Math.abs(nearest.getY1() - nearest.getY2());
        return upright
                ? in(place, words, place.getCenterX() > nearest.getX1() ? 1 : -1, 0)
                : in(place, words, 0, place.getCenterY() > nearest.getY1() ? 1 : -1);
    }

    /**
     * @param across where it may grow: 1 to the right, -1 to the left, 0 to both sides
     * @param down likewise: 1 downwards, -1 upwards
     */
    private static Label in(Rectangle2D.Double place, String words, int across, int down) {
        Lettering.Fitted text = fit(words, place.getWidth() + 4);
        if (text.height() <= place.getHeight() + 1) {
            return placed(text, place.getCenterX(), place.getMinY());
        }
        Lettering.Fitted wide = fit(words, Math.max(place.getWidth() + 4, WIDEST));
        double beyond = (wide.width() - place.getWidth()) / 2 + APART;
        double lower = wide.height() - place.getHeight();
        return placed(
                wide,
                place.getCenterX() + across * beyond,
                place.getMinY() - (down < 0 ? lower : down > 0 ? 0 : lower / 2));
    }

    private static Label placed(Lettering.Fitted text, double middle, double top) {
        return new Label(text, middle, top);
    }

    /** In lines that are no wider than this, but for a word that is. */
    private static Lettering.Fitted fit(String words, double width) {
        double longest = Arrays.stream(words.strip().split("\\s+"))
                .mapToDouble(word -> Lettering.width(word, SIZE))
                .max()
                .orElse(0);
        return new Lettering.Fitted(Lettering.lines(words, Math.max(width, longest), SIZE), SIZE);
    }

    private static Rectangle2D.@Nullable Double place(@Nullable BpmnLabel label) {
        return label == null || label.getBounds() == null ? null : box(label.getBounds());
    }

    private static Rectangle2D.Double box(Bounds bounds) {
        return new Rectangle2D.Double(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private static List<Point2D.Double> points(Collection<Waypoint> waypoints) {
        return waypoints.stream()
                .map(point -> new Point2D.Double(point.getX(), point.getY()))
                .toList();
    }
}
