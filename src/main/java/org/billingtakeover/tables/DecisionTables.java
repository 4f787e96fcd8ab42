package org.billingtakeover.tables;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.billingtakeover.kernel.OfTransaction;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineException;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.exception.dmn.DecisionDefinitionNotFoundException;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Asks the newest deployed version of a table, without a trace in the history. One transaction asks one version of a table,
 * however often it asks: the lines of a quote never come from two price lists. A table is asked for all that it depends on,
 * the date included, so one version always gives the same answer to the same question.
 */
@Component
class DecisionTables {

    /** An evaluation takes milliseconds, and on a billing date thousands of cases ask the same few questions. */
    private static final int ANSWERS_KEPT = 5_000;

    private final Map<Question, List<Row>> answers = new ConcurrentHashMap<>();
    private final Map<String, DmnDecision> versions = new ConcurrentHashMap<>();
    private final OfTransaction<Map<String, DecisionDefinition>> newestOfTransaction =
            new OfTransaction<>(HashMap::new);
    private final ProcessEngineConfigurationImpl engine;
    /** Of our own, since the process engine's would write each answer to the history. */
    private final DmnEngine dmn;

    private final ApplicationEventPublisher publisher;

    DecisionTables(ProcessEngine engine, ApplicationEventPublisher publisher) {
        this.publisher = publisher;
        this.engine = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.setFeelCustomFunctionProviders(this.engine.getDmnFeelCustomFunctionProviders());
        this.dmn = configuration.buildEngine();
    }

    /**
     * The rows that fit.
     *
     * @throws UnusableTable if the table is not deployed or cannot be evaluated
     */
    List<Row> rows(String table, Map<String, Object> inputs) {
        DecisionDefinition version = newest(table);
        Question question = new Question(version.getId(), new LinkedHashMap<>(inputs));
        List<Row> rows = answers.get(question);
        if (rows == null) {
            rows = evaluate(version, inputs);
            if (answers.size() >= ANSWERS_KEPT) {
                answers.clear();
            }
            answers.put(question, rows);
        }
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            publisher.publishEvent(new TableAnswered(
                    table,
                    version.getVersion(),
                    inputs,
                    rows.stream().map(Row::cells).toList()));
        }
        return rows;
    }

    private List<Row> evaluate(DecisionDefinition version, Map<String, Object> inputs) {
        String question =
                "The table " + version.getKey() + " (version " + version.getVersion() + "), asked for " + inputs + ",";
        try {
            DmnDecision table = versions.computeIfAbsent(version.getId(), each -> parse(version));
            return dmn.evaluateDecisionTable(table, Variables.fromMap(inputs)).getResultList().stream()
                    .map(cells -> new Row(question, version.getVersion(), cells))
                    .toList();
        } catch (DmnEngineException | FeelException e) {
            throw new UnusableTable(
                    question + " cannot be evaluated: " + e.getMessage() + ". Mend the table and deploy it.", e);
        }
    }

    private DmnDecision parse(DecisionDefinition version) {
        DmnModelInstance model = engine.getCommandExecutorTxRequired()
                .execute(command ->
                        engine.getDeploymentCache().findDmnModelInstanceForDecisionDefinition(version.getId()));
        return dmn.parseDecision(version.getKey(), ExactNumbers.of(model));
    }

    /**
     * The one row that fits.
     *
     * @throws UnusableTable if there is none or more than one
     */
    Row row(String table, Map<String, Object> inputs) {
        List<Row> rows = rows(table, inputs);
        if (rows.size() == 1) {
            return rows.get(0);
        }
        throw new UnusableTable(
                "The table " + table + " has " + (rows.isEmpty() ? "no row" : rows.size() + " rows") + " for " + inputs
                        + ". Exactly one must fit: mend the table and deploy it.",
                null);
    }

    private DecisionDefinition newest(String table) {
        return newestOfTransaction.get().computeIfAbsent(table, this::lookUp);
    }

    private DecisionDefinition lookUp(String table) {
        try {
            return engine.getCommandExecutorTxRequired()
                    .execute(command -> engine.getDeploymentCache()
                            .findDeployedLatestDecisionDefinitionByKeyAndTenantId(table, null));
        } catch (DecisionDefinitionNotFoundException e) {
            throw new UnusableTable("The table " + table + " is not deployed. Deploy processes/" + table + ".dmn.", e);
        }
    }

    private record Question(String versionId, Map<String, Object> inputs) {}

    /**
     * A row that fits a question.
     *
     * @param question what was asked of which version, as the beginning of a sentence
     */
    record Row(String question, int version, Map<String, Object> cells) {

        /** The text in this column. */
        String text(String column) {
            if (cells.get(column) instanceof String text) {
                return text;
            }
            throw unusable(column, "a text in quotation marks");
        }

        /** The number in this column, exactly as it stands there. */
        BigDecimal decimal(String column) {
            try {
                return new BigDecimal(text(column));
            } catch (NumberFormatException e) {
                throw unusable(column, "a number with a point, such as \"20.00\"");
            }
        }

        UnusableTable unusable(String column, String expected) {
            return new UnusableTable(
                    question + " answers " + cells.get(column) + " in its column " + column + ", where " + expected
                            + " must stand. Mend the row and deploy the table.",
                    null);
        }
    }

    /** A table does not answer what it is asked; the message says which, and how to mend it. */
    static final class UnusableTable extends RuntimeException {
        UnusableTable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
