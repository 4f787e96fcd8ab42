package org.billingtakeover.tables;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.takeover.EligibilityFacts;
import org.billingtakeover.takeover.EligibilityTable;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;

/** The tests' own tables of both ways, asked without a process engine and a database. */
public final class EligibilityOfTests implements EligibilityTable {

    private final DmnEngine engine =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private final Map<Way, DmnDecision> tables = new EnumMap<>(Way.class);

    public EligibilityOfTests() {
        for (Way way : Way.values()) {
            String table = DmnEligibilityTable.tableOf(way);
            byte[] file = TablesInEngine.text(table).getBytes(StandardCharsets.UTF_8);
            tables.put(way, engine.parseDecision(table, new ByteArrayInputStream(file)));
        }
    }

    @Override
    public List<Ineligibility> reasonsAgainst(EligibilityFacts facts) {
        Map<String, Object> columns = DmnEligibilityTable.inWords(facts.columns());
        return engine
                .evaluateDecisionTable(tables.get(facts.way()), Variables.fromMap(columns))
                .getResultList()
                .stream()
                .map(cells -> DmnEligibilityTable.reason(new DecisionTables.Row("", 1, cells)))
                .toList();
    }
}
