package org.billingtakeover.picture;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.web.util.HtmlUtils;

/** Writes SVG 1.1 with presentation attributes alone, so that a page without scripts and a PDF show the same. */
final class Svg {

    private static final String FONT = "Arial, Helvetica, Liberation Sans, sans-serif";

    private final StringBuilder out = new StringBuilder();

    /**
     * How a line is drawn and what fills it.
     *
     * @param dash lengths of dashes and gaps; empty for a line without gaps
     */
    record Pen(String stroke, double width, String fill, String dash) {

        Pen(String stroke, double width, String fill) {
            this(stroke, width, fill, "");
        }

        Pen filled(String with) {
            return new Pen(stroke, width, with, dash);
        }

        Pen wide(double wide) {
            return new Pen(stroke, wide, fill, dash);
        }

        Pen dashed(String with) {
            return new Pen(stroke, width, fill, with);
        }
    }

    Svg group(String element, String kind) {
        out.append("<g data-element=\"")
                .append(escape(element))
                .append("\" data-state=\"")
                .append(kind)
                .append("\">");
        return this;
    }

    void end() {
        out.append("</g>\n");
    }

    void rectangle(double x, double y, double width, double height, double corner, Pen pen) {
        out.append("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"".formatted(n(x), n(y), n(width), n(height)));
        if (corner > 0) {
            out.append(" rx=\"%1$s\" ry=\"%1$s\"".formatted(n(corner)));
        }
        close(pen);
    }

    void circle(double x, double y, double radius, Pen pen) {
        out.append("<circle cx=\"%s\" cy=\"%s\" r=\"%s\"".formatted(n(x), n(y), n(radius)));
        close(pen);
    }

    /** A path in coordinates from this point on. */
    void path(double x, double y, String path, Pen pen) {
        out.append("<path transform=\"translate(%s %s)\" d=\"%s\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
                .formatted(n(x), n(y), path));
        close(pen);
    }

    /** A path in coordinates from this point on, turned clockwise. */
    void turned(double x, double y, double degrees, String path, Pen pen) {
        out.append("<path transform=\"translate(%s %s) rotate(%s)\" d=\"%s\" stroke-linejoin=\"round\""
                .formatted(n(x), n(y), n(degrees), path));
        close(pen);
    }

    void path(String path, Pen pen) {
        out.append("<path d=\"%s\" stroke-linejoin=\"round\"".formatted(path));
        close(pen);
    }

    /** Lines, each about its middle, from the top. */
    void centred(Lettering.Fitted text, double middle, double top, String colour, boolean bold) {
        text(text, middle, top, "middle", colour, bold, "");
    }

    void fromLeft(Lettering.Fitted text, double left, double top, String colour) {
        text(text, left, top, "start", colour, false, "");
    }

    /** Upwards along a vertical line. */
    void upwards(Lettering.Fitted text, double x, double y, String colour) {
        text(
                text,
                x,
                y - text.height() / 2,
                "middle",
                colour,
                false,
                " transform=\"rotate(-90 %s %s)\"".formatted(n(x), n(y)));
    }

    String inside() {
        return out.toString();
    }

    static String n(double number) {
        long tenths = Math.round(Math.abs(number) * 10);
        String sign = number < 0 && tenths > 0 ? "-" : "";
        return sign + tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
    }

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    private void text(
            Lettering.Fitted text, double x, double top, String anchor, String colour, boolean bold, String more) {
        double lineHeight = text.lineHeight();
        String lines = IntStream.range(0, text.lines().size())
                .mapToObj(line -> "<tspan x=\"%s\" y=\"%s\">%s</tspan>"
                        .formatted(
                                n(x),
                                n(top + lineHeight * line + text.size() * 0.95),
                                escape(text.lines().get(line))))
                .collect(Collectors.joining());
        out.append("<text font-family=\"%s\" font-size=\"%s\" text-anchor=\"%s\" fill=\"%s\"%s%s>%s</text>"
                .formatted(FONT, n(text.size()), anchor, colour, bold ? " font-weight=\"bold\"" : "", more, lines));
    }

    private void close(Pen pen) {
        out.append(" fill=\"%s\" stroke=\"%s\" stroke-width=\"%s\"".formatted(pen.fill, pen.stroke, n(pen.width)));
        if (!pen.dash.isEmpty()) {
            out.append(" stroke-dasharray=\"").append(pen.dash).append('"');
        }
        out.append("/>");
    }
}
