package org.billingtakeover.tables;

import java.util.ArrayList;
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

    /** The same table; a number in a column of texts is the text of its digits. */
    static DmnModelInstance of(DmnModelInstance table) {
        DmnModelInstance exact = table.clone();
        for (DecisionTable each : exact.getModelElementsByType(DecisionTable.class)) {
            List<Output> columns = new ArrayList<>(each.getOutputs());
            for (Rule rule : each.getRules()) {
                int column = 0;
                for (OutputEntry entry : rule.getOutputEntries()) {
                    String text = entry.getTextContent().strip();
                    if ("string".equals(columns.get(column++).getTypeRef())
                            && NUMBER.matcher(text).matches()) {
                        entry.getText().setTextContent('"' + text + '"');
                    }
                }
            }
        }
        return exact;
    }
}
