package org.billingtakeover.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.billingtakeover.tables.DecisionTables.Row;
import org.billingtakeover.takeover.EligibilityFacts;
import org.billingtakeover.takeover.EligibilityTable;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Way;
import org.springframework.stereotype.Component;

/** Owners read and write words: {@code yes}, {@code past due}, {@code billing date}; facts that are no text are put so. */
@Component
class DmnEligibilityTable implements EligibilityTable {

    private final DecisionTables tables;

    DmnEligibilityTable(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public List<Ineligibility> reasonsAgainst(EligibilityFacts facts) {
        return tables.rows(tableOf(facts.way()), inWords(facts.columns())).stream()
                .map(DmnEligibilityTable::reason)
                .toList();
    }

    static String tableOf(Way way) {
        return way == Way.FIRM_TAKES_TIME ? "takeover-eligibility" : "client-takeover-eligibility";
    }

    static Map<String, Object> inWords(Map<String, Object> columns) {
        Map<String, Object> words = new LinkedHashMap<>();
        columns.forEach((name, value) -> words.put(name, inWords(value)));
        return words;
    }

    private static Object inWords(Object value) {
        if (value instanceof Boolean is) {
            return is ? "yes" : "no";
        }
        return value instanceof String code ? inWords(code) : value;
    }

    static String inWords(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Ineligibility reason(Row row) {
        Object possibleFrom = row.cells().get("possibleFrom");
        try {
            return new Ineligibility(
                    row.text("reason"), possibleFrom == null ? null : LocalDate.parse(possibleFrom.toString()));
        } catch (DateTimeException e) {
            throw row.unusable("possibleFrom", "null or a date such as \"2026-01-31\"");
        }
    }
}
