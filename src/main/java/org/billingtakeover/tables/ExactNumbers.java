package org.billingtakeover.tables;

import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.DecisionTable;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;

/** Keeps numbers that a table answers as they are written: evaluated, 9.975 would be a double. */
final class ExactNumbers {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private ExactNumbers() {}

    /** The same table; a number is the text of its digits, but in a column of whole numbers, which are exact. */
    static DmnModelInstance of(DmnModelInstance table) {
        DmnModelInstance exact = table.clone();
        for (DecisionTable each : exact.getModelElementsByType(DecisionTable.class)) {
            int number = 0;
            for (Output column : each.getOutputs()) {
                if (!"integer".equals(column.getTypeRef())) {
                    column.setTypeRef("string");
                    quote(each, number);
                }
                number++;
            }
        }
        return exact;
    }

    private static void quote(DecisionTable table, int column) {
        for (Rule rule : table.getRules()) {
            OutputEntry entry = List.copyOf(rule.getOutputEntries()).get(column);
            String text = entry.getTextContent().strip();
            if (NUMBER.matcher(text).matches()) {
                entry.getText().setTextContent('"' + text + '"');
            }
        }
    }
}
