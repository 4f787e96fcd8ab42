package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What one case costs on its billing date, in SQL statements: from its last check to its end with all its mails sent. The time of a
 * billing date is that of its statements. Which they are is said where they are too many, and with {@code -Dstatements.list}.
 */
@ScenarioTest
@DisplayName("A case on its billing date")
class StatementsOfSwitchTest {

    /** What the last change of the product left; whoever spares some lowers it. */
    private static final double MOST = 90;

    private static final int CASES = 20;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    World world;

    @Autowired
    HikariDataSource database;

    private ServerStatements statements;

    @BeforeEach
    void connect() {
        statements = new ServerStatements(database);
    }

    @AfterEach
    void countNothing() {
        statements.close();
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
        statements.count();

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
        Map<String, Double> sent = new TreeMap<>();
        statements.sentWhile(work).forEach((sql, calls) -> {
            // A job that the test runs by hand is an operation of somebody; one that the job executor runs is not.
            if (!sql.contains("act_hi_op_log")) {
                sent.put(sql, (double) calls / CASES);
            }
        });
        return new Statements(sent);
    }

    private long entries() {
        return world.jdbc
                .sql("select count(*) from audit_entry")
                .query(Long.class)
                .single();
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
