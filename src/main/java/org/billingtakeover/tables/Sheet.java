package org.billingtakeover.tables;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.billingtakeover.model.Faults;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.jspecify.annotations.Nullable;

/**
 * A table as its owner wrote it, cell by cell, with what is wrong in it told by row and column.
 *
 * @param labels what people call each column, by the name that the code calls it
 */
record Sheet(String file, HitPolicy hitPolicy, Map<String, String> labels, List<Line> lines, Faults faults) {

    /** Empty where the file holds no table of this name, which others tell. */
    static Optional<Sheet> of(String name, DmnModelInstance model, Faults faults) {
        return model.getModelElementsByType(Decision.class).stream()
                .filter(decision -> name.equals(decision.getId()))
                .filter(decision -> decision.getExpression() instanceof DecisionTable)
                .map(decision -> of(name + ".dmn", (DecisionTable) decision.getExpression(), faults))
                .findFirst();
    }

    private static Sheet of(String file, DecisionTable table, Faults faults) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (Input input : table.getInputs()) {
            String name = input.getInputExpression() == null
                    ? ""
                    : content(input.getInputExpression().getText());
            inputs.put(name, label(input.getLabel(), name));
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        for (Output output : table.getOutputs()) {
            String name = String.valueOf(output.getName());
            outputs.put(name, label(output.getLabel(), name));
        }
        List<Line> lines = new ArrayList<>();
        for (Rule rule : table.getRules()) {
            Map<String, String> cells = new LinkedHashMap<>();
            put(cells, inputs, rule.getInputEntries());
            put(cells, outputs, rule.getOutputEntries());
            lines.add(new Line(lines.size() + 1, rule.getId(), cells));
        }
        Map<String, String> labels = new LinkedHashMap<>(inputs);
        labels.putAll(outputs);
        return new Sheet(file, table.getHitPolicy(), labels, lines, faults);
    }

    private static void put(
            Map<String, String> cells, Map<String, String> columns, Collection<? extends DmnElement> entries) {
        List<String> names = List.copyOf(columns.keySet());
        int column = 0;
        for (DmnElement entry : entries) {
            if (column < names.size()) {
                cells.put(names.get(column++), content((Text) entry.getUniqueChildElementByType(Text.class)));
            }
        }
    }

    private static String label(@Nullable String label, String name) {
        return label == null || label.isBlank() ? name : label;
    }

    private static String content(@Nullable Text text) {
        return text == null ? "" : text.getTextContent().strip();
    }

    /** Tells each column that the code needs and that is not there; only where all are there, cells can be looked at. */
    boolean has(HitPolicy policy, List<String> columns) {
        if (hitPolicy != policy) {
            faults.add(
                    file,
                    "its hit policy is %s. Make it %s again, as the code reads it.",
                    policyInWords(hitPolicy),
                    policyInWords(policy));
        }
        List<String> missing =
                columns.stream().filter(column -> !labels.containsKey(column)).toList();
        missing.forEach(column -> faults.add(
                file,
                "has no column %s. Put it back under that name (‘Expression’ of an input, ‘Output name’), or ask a developer.",
                column));
        labels.keySet().stream()
                .filter(column -> !columns.contains(column))
                .forEach(column -> faults.add(
                        file,
                        "the column “%s” asks or answers %s, which the code does not know. Remove it, or ask a developer.",
                        label(column),
                        column));
        return missing.isEmpty();
    }

    private String label(String column) {
        return Objects.requireNonNull(labels.get(column), column);
    }

    private static String policyInWords(HitPolicy policy) {
        return policy.name().charAt(0) + policy.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** @param sentence what is wrong with the cell and how to mend it */
    void fault(Line line, String column, String sentence, Object... about) {
        String cell = line.cell(column);
        faults.add(
                file,
                "row %s, column “%s”: %s %s",
                line,
                label(column),
                cell.isEmpty() ? "an empty cell" : cell,
                sentence.formatted(about));
    }

    /** @param sentence what is wrong with these rows and how to mend it */
    void fault(List<Line> rows, String column, String sentence, Object... about) {
        String which = rows.size() == 1
                ? "row " + rows.get(0)
                : "rows "
                        + String.join(" and ", rows.stream().map(Line::toString).toList());
        faults.add(file, "%s, column “%s”: %s", which, label(column), sentence.formatted(about));
    }

    /** @param sentence what is missing in the table and how to mend it */
    void fault(String sentence, Object... about) {
        faults.add(file, sentence, about);
    }

    /**
     * A row.
     *
     * @param number as Camunda Modeler shows it
     */
    record Line(int number, String id, Map<String, String> cells) {

        String cell(String column) {
            return Objects.requireNonNull(cells.get(column), column);
        }

        @Override
        public String toString() {
            return number + " (" + id + ")";
        }
    }
}
