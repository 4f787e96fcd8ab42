package org.billingtakeover;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGProperty;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A real PostgreSQL 17 for tests: one server for all tests of a JVM, and a database of its own, with all tables, for each
 * asker. Server and data go away with the JVM, however it ends.
 *
 * <p>In a test with a Spring context, {@code @SpringBootTest @Import(TestDatabase.class)} gives that context a database of
 * its own. Without Spring, {@code TestDatabase.fresh()} gives one; keep it in a static field, so that it is one for each
 * test class.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestDatabase {

    /** Where the server is unpacked, once for all test JVMs. */
    static final Path PROGRAMS = Path.of("target", "postgres");

    private static final List<String> PARTS_OF_ENGINE = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** As in the product, what is written outside a transaction is lost. */
    @Bean
    HikariDataSource dataSource() {
        HikariDataSource dataSource = fresh();
        dataSource.setAutoCommit(false);
        return dataSource;
    }

    /** A new database with the tables of the product and of the engine, and nothing in them. */
    public static HikariDataSource fresh() {
        String name = "test_" + NUMBER.incrementAndGet();
        Server.create(name, Migrated.NAME);
        return connectTo(name);
    }

    /** A new database with the tables of the engine alone. */
    public static HikariDataSource ofEngine() {
        String name = "test_" + NUMBER.incrementAndGet();
        Server.create(name, OfEngine.NAME);
        return connectTo(name);
    }

    /** A new database without any table, as at a first start; its address with user and password. */
    public static String empty() {
        String name = "test_" + NUMBER.incrementAndGet();
        Server.create(name, "template0");
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    private static HikariDataSource connectTo(String name) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(Server.POSTGRES.getJdbcUrl("postgres", name));
        dataSource.setPoolName(name);
        dataSource.setMaximumPoolSize(12);
        dataSource.setMinimumIdle(0);
        // What one test asks the next ones ask again, and the engine has more questions than the 256 that are the
        // default.
        dataSource.addDataSourceProperty(PGProperty.PREPARE_THRESHOLD.getName(), "1");
        dataSource.addDataSourceProperty(PGProperty.PREPARED_STATEMENT_CACHE_QUERIES.getName(), "1024");
        dataSource.addDataSourceProperty(PGProperty.PREPARED_STATEMENT_CACHE_SIZE_MIB.getName(), "20");
        // As in the product.
        dataSource.addDataSourceProperty(PGProperty.REWRITE_BATCHED_INSERTS.getName(), "true");
        // A small machine, beside another JVM's tests, may stand still for longer than the 30 seconds that are the
        // default.
        dataSource.setConnectionTimeout(120_000);
        return dataSource;
    }

    /** The tables, made once for all who ask for them. */
    private static final class Migrated {

        static final String NAME = made("migrated", tables -> {
            Flyway.configure().dataSource(tables).load().migrate();
            makeThoseOfEngine(tables);
        });
    }

    /** Likewise. */
    private static final class OfEngine {

        static final String NAME = made("of_engine", TestDatabase::makeThoseOfEngine);
    }

    /** The engine would make them at each of its starts, as it does at its first one. */
    private static void makeThoseOfEngine(DataSource database) {
        new ResourceDatabasePopulator(PARTS_OF_ENGINE.stream()
                        .map(part -> new ClassPathResource(
                                "org/camunda/bpm/engine/db/create/activiti.postgres.create." + part + ".sql"))
                        .toArray(Resource[]::new))
                .execute(database);
    }

    private static String made(String template, Consumer<DataSource> tables) {
        Server.create(template, "template0");
        try (HikariDataSource database = connectTo(template)) {
            tables.accept(database);
        }
        return template;
    }

    /** Starts with its first use. */
    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();

        static void create(String name, String template) {
            JdbcClient.create(POSTGRES.getPostgresDatabase())
                    .sql("create database " + name + " template " + template)
                    .update();
        }

        private static EmbeddedPostgres start() {
            try {
                Path data = Files.createTempDirectory("postgres");
                ServerEndsWithJvm.watch(data);
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        // A hook of its own would take the database away from products that are still stopping.
                        .setRegisterShutdownHook(false)
                        .setDataDirectory(data)
                        .setOverrideWorkingDirectory(PROGRAMS.toFile())
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        // Tests kill nodes, never this server or its machine: nothing of it need outlive a loss of
                        // power.
                        .setServerConfig("fsync", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .start();
                SpringApplication.getShutdownHandlers().add(() -> stop(postgres));
                // Statements are counted for whoever switches that on.
                JdbcClient server = JdbcClient.create(postgres.getPostgresDatabase());
                server.sql("alter system set pg_stat_statements.track = 'none'").update();
                server.sql("select pg_reload_conf()").query(Boolean.class).single();
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException("The tests' PostgreSQL did not start", e);
            }
        }

        private static void stop(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException("The tests' PostgreSQL did not stop", e);
            }
        }
    }
}
