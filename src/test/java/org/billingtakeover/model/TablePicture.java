package org.billingtakeover.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** Draws a decision table: what it asks in blue, what it answers in green, a row for each rule, and what the owner noted. */
final class TablePicture {

    private static final double FONT_SIZE = 12;
    private static final double LINE_HEIGHT = 16;
    private static final double PADDING = 7;
    /** Bold letters are wider by so much. */
    private static final double BOLD = 1.08;

    private static final double NARROWEST = 84;
    private static final double WIDEST = 190;
    private static final double WIDEST_NOTE = 330;

    private TablePicture() {}

    static Picture draw(DmnModelInstance model) {
        StringBuilder body = new StringBuilder();
        double y = 0;
        double width = 0;
        for (Decision decision : model.getModelElementsByType(Decision.class)) {
            if (decision.getExpression() instanceof DecisionTable table) {
                List<Column> columns = columns(table);
                width = Math.max(
                        width, columns.stream().mapToDouble(Column::width).sum());
                y = drawTable(body, decision, table, columns, y) + 30;
            }
        }
        return new Picture(0, 0, width, y - 30, body.toString());
    }

    private static double drawTable(
            StringBuilder body, Decision decision, DecisionTable table, List<Column> columns, double top) {
        String title = decision.getName() + "   (hit policy: "
                + table.getHitPolicy().name().replace('_', ' ').toLowerCase(Locale.ROOT) + ")";
        text(body, 0, top + 14, title, "font-weight=\"bold\"");
        double y = top + 26;
        int rows = table.getRules().size();
        for (int row = -1; row < rows; row++) {
            int number = row;
            double height = columns.stream()
                                    .mapToInt(column -> column.cell(number).size())
                                    .max()
                                    .orElse(1)
                            * LINE_HEIGHT
                    + 2 * PADDING;
            double x = 0;
            for (Column column : columns) {
                body.append(
                        "\n<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" fill=\"%s\" stroke=\"#8a8a8a\"/>"
                                .formatted(x, y, column.width(), height, number < 0 ? column.colour : "white"));
                double line = y + PADDING + 12;
                for (String words : column.cell(number)) {
                    text(body, x + PADDING, line, words, number < 0 ? "font-weight=\"bold\"" : "");
                    line += LINE_HEIGHT;
                }
                x += column.width();
            }
            y += height;
        }
        return y;
    }

    private static void text(StringBuilder body, double x, double y, String words, String style) {
        body.append("\n<text x=\"%.0f\" y=\"%.0f\" font-family=\"Arial, sans-serif\" font-size=\"12\" %s>%s</text>"
                .formatted(x, y, style, HtmlUtils.htmlEscapeDecimal(words)));
    }

    private static List<Column> columns(DecisionTable table) {
        List<Rule> rules = List.copyOf(table.getRules());
        List<Column> columns = new ArrayList<>();
        int number = 0;
        columns.add(Column.of(
                "",
                "#ededed",
                WIDEST,
                Stream.iterate(1, next -> next + 1).limit(rules.size()).map(String::valueOf)));
        for (Input input : table.getInputs()) {
            int cell = number++;
            columns.add(Column.of(
                    label(
                            input,
                            content(
                                    input.getInputExpression() == null
                                            ? null
                                            : input.getInputExpression().getText())),
                    "#dbe9f9",
                    WIDEST,
                    rules.stream().map(rule -> entry(rule.getInputEntries(), cell))));
        }
        number = 0;
        for (Output output : table.getOutputs()) {
            int cell = number++;
            columns.add(Column.of(
                    label(output, output.getName()),
                    "#dff1de",
                    WIDEST,
                    rules.stream().map(rule -> entry(rule.getOutputEntries(), cell))));
        }
        if (rules.stream().anyMatch(rule -> rule.getDescription() != null)) {
            columns.add(Column.of(
                    "Note",
                    "#ededed",
                    WIDEST_NOTE,
                    rules.stream()
                            .map(rule -> rule.getDescription() == null
                                    ? ""
                                    : rule.getDescription().getTextContent())));
        }
        return columns;
    }

    private static String label(DmnElement column, @Nullable String otherwise) {
        return column.getLabel() == null || column.getLabel().isBlank() ? String.valueOf(otherwise) : column.getLabel();
    }

    private static String entry(Collection<? extends DmnElement> entries, int cell) {
        DmnElement entry = List.copyOf(entries).get(cell);
        return content((Text) entry.getUniqueChildElementByType(Text.class));
    }

    private static String content(@Nullable Text text) {
        return text == null || text.getTextContent().isBlank()
                ? "–"
                : text.getTextContent().replace("\",\"", "\", \"");
    }

    /** @param cells the header first, each cell in lines */
    private record Column(String colour, List<List<String>> cells) {

        static Column of(String header, String colour, double widest, Stream<String> entries) {
            List<List<String>> below = entries.map(text -> TextWidth.lines(text, widest, FONT_SIZE))
                    .toList();
            List<String> above = TextWidth.lines(header, Math.max(NARROWEST, widest(below)), FONT_SIZE);
            return new Column(
                    colour, Stream.concat(Stream.of(above), below.stream()).toList());
        }

        /** @param row -1 for the header */
        List<String> cell(int row) {
            return cells.get(row + 1);
        }

        double width() {
            return Math.ceil(widest(cells) * BOLD) + 2 * PADDING;
        }

        private static double widest(List<List<String>> cells) {
            return cells.stream()
                    .flatMap(List::stream)
                    .mapToDouble(line -> TextWidth.of(line, FONT_SIZE))
                    .max()
                    .orElse(0);
        }
    }
}
