package org.billingtakeover.upgrade;

import static java.util.stream.Collectors.joining;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * What an earlier version kept in its database, as it left it: no present code has touched it.
 *
 * @param version a folder of {@code src/test/resources/upgrade}
 * @param migratedTo the newest of the migrations that it knew
 */
record EarlierData(String version, String migratedTo) {

    /** What the engine of these versions makes its tables by, in this order. */
    private static final List<String> TABLES_OF_THE_ENGINE = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    /** Puts it in place of whatever is in the database. */
    void loadInto(DataSource database) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            jdbc.execute("drop schema public cascade");
            jdbc.execute("create schema public");
            Flyway.configure().dataSource(database).target(migratedTo).load().migrate();
            TABLES_OF_THE_ENGINE.forEach(part -> ScriptUtils.executeSqlScript(
                    connection,
                    new ClassPathResource(
                            "org/camunda/bpm/engine/db/create/activiti.postgres.create." + part + ".sql")));
            // Without triggers: the trail refuses to be emptied, and rows come in the order of their tables' names.
            jdbc.execute("set session_replication_role = replica");
            jdbc.execute("truncate "
                    + jdbc
                            .queryForList("select tablename from pg_tables where schemaname = 'public'", String.class)
                            .stream()
                            .collect(joining(", ")));
            load(jdbc, connection.unwrap(PGConnection.class).getCopyAPI());
            jdbc.execute("set session_replication_role = origin");
        } catch (SQLException | IOException e) {
            throw new IllegalStateException("The data of " + version + " cannot be loaded", e);
        }
    }

    private void load(JdbcTemplate jdbc, CopyManager copy) throws IOException, SQLException {
        ClassPathResource data = new ClassPathResource("upgrade/" + version + "/data.zip");
        try (InputStream file = data.getInputStream();
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8));
                String name = entry.getName();
                if (name.startsWith("tables/") && !entry.isDirectory()) {
                    String table = name.substring("tables/".length(), name.length() - ".txt".length());
                    copy.copyIn("copy " + table + " (" + lines.readLine() + ") from stdin", lines);
                } else if (name.equals("sequences.txt")) {
                    lines.lines()
                            .map(line -> line.split(" "))
                            .forEach(sequence -> jdbc.queryForObject(
                                    "select setval(?::regclass, ?)",
                                    Long.class,
                                    sequence[0],
                                    Long.valueOf(sequence[1])));
                }
            }
        }
    }
}
