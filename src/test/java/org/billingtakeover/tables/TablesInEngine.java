package org.billingtakeover.tables;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.model.FilesOnDisk;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The tests' own tables, deployed on an engine with a PostgreSQL of its own. */
final class TablesInEngine {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    final ProcessEngine engine;
    final PlatformTransactionManager transactions;
    final DecisionTables tables;

    private TablesInEngine() {
        HikariDataSource database = TestDatabase.ofEngine();
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
                "price-list",
                "sales-tax",
                "deadlines",
                "commissions",
                "takeover-eligibility",
                "client-takeover-eligibility")) {
            deploy(table, text(table));
        }
        tables = new DecisionTables(engine, event -> {});
    }

    /** For all tests of the JVM that ask the tables as they are. */
    static TablesInEngine shared() {
        return Shared.TABLES;
    }

    /** For all tests of the JVM that deploy other tables; each class asks only such as no other class deploys. */
    static TablesInEngine changed() {
        return Changed.TABLES;
    }

    void deploy(String table, String dmn) {
        engine.getRepositoryService()
                .createDeployment()
                .addString(table + ".dmn", dmn)
                .deploy();
    }

    static String text(String table) {
        try {
            return Files.readString(FilesOnDisk.TABLES_OF_TESTS.resolve(table + ".dmn"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts with its first use: who wants a table's text alone waits for no engine. */
    private static final class Shared {
        static final TablesInEngine TABLES = new TablesInEngine();
    }

    /** Likewise. */
    private static final class Changed {
        static final TablesInEngine TABLES = new TablesInEngine();
    }
}
