package org.billingtakeover.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.tables.DecisionTables.UnusableTable;
import org.billingtakeover.takeover.EligibilityFacts;
import org.billingtakeover.takeover.EligibilityTable;
import org.billingtakeover.takeover.Ineligibility;
import org.springframework.stereotype.Component;

@Component
class DmnEligibilityTable implements EligibilityTable {

    private final DecisionTables tables;

    DmnEligibilityTable(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public List<Ineligibility> reasonsAgainst(EligibilityFacts facts) {
        return tables.rows("takeover-eligibility", facts.columns()).stream()
                .map(row -> reason(row.cells()))
                .toList();
    }

    @Override
    public Ineligibility reason(Map<String, Object> cells) {
        if (!(cells.get("reason") instanceof String reason)) {
            throw unusable(cells, "the column reason must hold a code");
        }
        Object possibleFrom = cells.get("possibleFrom");
        try {
            return new Ineligibility(reason, possibleFrom == null ? null : LocalDate.parse(possibleFrom.toString()));
        } catch (DateTimeException e) {
            throw unusable(cells, "the column possibleFrom must hold null or a date such as \"2026-01-31\"");
        }
    }

    private static UnusableTable unusable(Map<String, Object> cells, String expected) {
        return new UnusableTable(
                "The table takeover-eligibility answers " + cells + ", but " + expected
                        + ". Mend the row and deploy the table.",
                null);
    }
}
