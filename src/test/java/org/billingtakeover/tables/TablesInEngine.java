package org.billingtakeover.tables;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The shipped tables, deployed on an engine with a PostgreSQL of its own; one for all tests of the JVM. */
final class TablesInEngine {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static final TablesInEngine SHIPPED = new TablesInEngine();

    final ProcessEngine engine;
    final PlatformTransactionManager transactions;
    final DecisionTables tables;

    /** An engine of one's own, for a test that deploys other tables. */
    TablesInEngine() {
        HikariDataSource database = TestDatabase.fresh();
        transactions = new DataSourceTransactionManager(database);
        SpringProcessEngineConfiguration configuration = new SpringProcessEngineConfiguration();
        configuration.setProcessEngineName("tables" + NUMBER.incrementAndGet());
        configuration.setApplicationContext(new StaticApplicationContext());
        configuration.setTransactionManager(transactions);
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        engine = configuration.buildProcessEngine();
        for (String table : List.of(
                "price-list", "sales-tax", "deadlines", "takeover-eligibility", "client-takeover-eligibility")) {
            deploy(table, shipped(table));
        }
        tables = new DecisionTables(engine, event -> {});
    }

    void deploy(String table, String dmn) {
        engine.getRepositoryService()
                .createDeployment()
                .addString(table + ".dmn", dmn)
                .deploy();
    }

    static String shipped(String table) {
        try {
            return Files.readString(Path.of("processes", table + ".dmn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
