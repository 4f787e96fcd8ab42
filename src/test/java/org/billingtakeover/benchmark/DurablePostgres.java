package org.billingtakeover.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.billingtakeover.ServerEndsWithJvm;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A PostgreSQL of the benchmark's own, as durable as production's, that counts the statements that it is sent. */
final class DurablePostgres implements AutoCloseable {

    /** Whoever only watches; what it asks is not counted. */
    private static final String WATCHER = "watcher";

    private final Path data;
    private final EmbeddedPostgres server;

    DurablePostgres() throws IOException {
        data = Files.createTempDirectory("benchmark");
        ServerEndsWithJvm.watch(data);
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setOverrideWorkingDirectory(Path.of("target", "postgres").toFile())
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // Made for throw-away tests, the starter switches the first two off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                // As in docker-compose.yml, by another method: this server was built without that one.
                .setServerConfig("wal_compression", "pglz")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        try (SingleConnectionDataSource connection =
                new SingleConnectionDataSource(server.getJdbcUrl("postgres", "postgres"), true)) {
            JdbcClient jdbc = JdbcClient.create(connection);
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(jdbc.sql("show " + setting).query(String.class).single())
                        .as(setting)
                        .isEqualTo("on");
            }
            jdbc.sql("create role " + WATCHER + " superuser login").update();
            jdbc.sql("create extension pg_stat_statements").update();
        }
    }

    /** A new database without any table; its address. */
    String database(String name) {
        JdbcClient.create(server.getPostgresDatabase())
                .sql("create database " + name + " template template0")
                .update();
        return server.getJdbcUrl("postgres", name);
    }

    /** A database for whoever only watches. */
    SingleConnectionDataSource watched(String name) {
        return new SingleConnectionDataSource(server.getJdbcUrl(WATCHER, name), true);
    }

    /** Used so far by whichever program works on a database. */
    Meter meter(long program, String name, SingleConnectionDataSource watched) throws IOException {
        return new Meter(
                program,
                Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).get(0)),
                JdbcClient.create(watched),
                name);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
