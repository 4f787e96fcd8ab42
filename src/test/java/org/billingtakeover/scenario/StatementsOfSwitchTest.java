package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What one case costs on its billing date, in SQL statements: from its last check to its end with all its mails sent. The time of a
 * billing date is that of its statements. Which they are is said where they are too many, and with {@code -Dstatements.list}.
 */
@ScenarioTest
@DisplayName("A case on its billing date")
class StatementsOfSwitchTest {

    /** What the last change of the product left; whoever spares some lowers it. */
    private static final double MOST = 96;

    /** Nanoseconds. */
    private static final long A_MOMENT = 1_000_000;

    private static final int CASES = 20;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    World world;

    @Autowired
    HikariDataSource database;

    private JdbcClient server;
    private String name;

    @BeforeEach
    void connect() {
        name = world.jdbc.sql("select current_database()").query(String.class).single();
        server = JdbcClient.create(
                new DriverManagerDataSource(database.getJdbcUrl().replace("/" + name, "/postgres")));
        server.sql("create extension if not exists pg_stat_statements").update();
    }

    @AfterEach
    void countNothing() {
        counted("none");
    }

    private void counted(String which) {
        server.sql("alter system set pg_stat_statements.track = '" + which + "'")
                .update();
        server.sql("select pg_reload_conf()").query(Boolean.class).single();
        // The server tells its processes in its own time.
        while (!world.jdbc
                .sql("show pg_stat_statements.track")
                .query(String.class)
                .single()
                .equals(which)) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }

    @Test
    @DisplayName("takes no more SQL statements than it did")
    void statements() {
        world.begins(TODAY);
        world.looksByItselfAfter(
                BILLING_DATE.plusDays(1).atStartOfDay(World.TORONTO).toInstant());
        Firm firm = world.firm();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            keys.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        long entries = entries();
        counted("top");

        world.clock.goesOnTo(
                BILLING_DATE.minusDays(1).atStartOfDay(World.TORONTO).toInstant());
        Statements dayBefore = sentWhile(world::runDue);
        // The last look; the platform's word once its bills are made, by day, so that mails wait for no morning; the
        // record of it.
        world.clock.goesOnTo(BILLING_DATE.atStartOfDay(World.TORONTO).toInstant());
        Statements looked = sentWhile(world.looks::run);
        Statements asked = sentWhile(world::runDue);
        world.clock.goesOnTo(BILLING_DATE.atTime(10, 0).atZone(World.TORONTO).toInstant());
        Statements confirmed = sentWhile(world.bookChanges::run);
        Statements recorded = sentWhile(world::runDue);

        assertThat(keys).allSatisfy(key -> {
            assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
            assertThat(world.mailKindsOf(key)).contains("SWITCHED to FIRM", "SWITCHED to CLIENT");
        });
        String list = """
                %s
                asked ahead, the day before: %s
                looked at: %s
                asked ahead: %s
                confirmed: %s
                recorded and told: %s""".formatted(
                        "entries of the trail: " + (double) (entries() - entries) / CASES,
                        dayBefore,
                        looked,
                        asked,
                        confirmed,
                        recorded);
        if (System.getProperty("statements.list") != null) {
            System.out.println(list);
        }
        assertThat(Stream.of(dayBefore, looked, asked, confirmed, recorded)
                        .mapToDouble(each -> each.count(sql -> true))
                        .sum())
                .as(list)
                .isLessThanOrEqualTo(MOST);
    }

    private Statements sentWhile(Runnable work) {
        server.sql("select pg_stat_statements_reset()").query().listOfRows();
        work.run();
        return statementsSent();
    }

    private long entries() {
        return world.jdbc
                .sql("select count(*) from audit_entry")
                .query(Long.class)
                .single();
    }

    private Statements statementsSent() {
        Map<String, Double> sent = new TreeMap<>();
        // A job that the test runs by hand is an operation of somebody; one that the job executor runs is not. And for
        // imports a node looks every other second.
        server.sql("""
                        select lower(regexp_replace(trim(query), '\\s+', ' ', 'g')) as query, sum(calls) as calls
                        from pg_stat_statements s join pg_database d on d.oid = s.dbid and d.datname = ?
                        where query !~* '^\\s*(begin|commit|rollback)\\M'
                            and query !~* 'act_hi_op_log|list_import' group by 1
                        """).param(name).query(row -> {
            sent.merge(row.getString("query"), row.getDouble("calls") / CASES, Double::sum);
        });
        return new Statements(sent);
    }

    /** @param sent how often a case, by statement */
    private record Statements(Map<String, Double> sent) {

        double count(Predicate<String> which) {
            return sent.entrySet().stream()
                    .filter(each -> which.test(each.getKey()))
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
        }

        @Override
        public String toString() {
            StringBuilder said = new StringBuilder();
            say(said, "statements a case", sql -> true);
            say(said, "  of the engine", sql -> sql.contains("act_"));
            say(said, "    of its history", sql -> sql.contains("act_hi_") && !sql.startsWith("select"));
            say(said, "  of the product", sql -> !sql.contains("act_"));
            say(said, "    of its trail", sql -> sql.contains("audit_"));
            sent.forEach((sql, count) ->
                    said.append("%8.2f  %s%n".formatted(count, sql.substring(0, Math.min(100, sql.length())))));
            return said.toString();
        }

        private void say(StringBuilder said, String what, Predicate<String> which) {
            said.append("%s: %.1f%n".formatted(what, count(which)));
        }
    }
}
