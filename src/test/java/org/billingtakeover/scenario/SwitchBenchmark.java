package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.billingtakeover.account.Firm;
import org.billingtakeover.benchmark.SentStatements;
import org.billingtakeover.takeover.Outcome;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/**
 * What one case costs on its billing date, in SQL statements: from the timer to the end of the case with all its mails sent. Runs
 * only when asked for: {@code mvn test -Dtest=SwitchBenchmark}.
 */
@ScenarioTest
@Import(SentStatements.Counting.class)
class SwitchBenchmark {

    private static final int CASES = 100;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    World world;

    @Autowired
    SentStatements statements;

    @Test
    void switches() {
        world.todayIs(TODAY);
        Firm firm = world.firm();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            keys.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        world.serverIsDownUntil(BILLING_DATE.atStartOfDay(World.TORONTO).toInstant());
        long entries = entries();
        statements.forget();
        long begun = System.nanoTime();

        // The last check, and the platform's word once its bills are made.
        world.runDue();
        world.serverIsDownUntil(BILLING_DATE.atTime(2, 10).atZone(World.TORONTO).toInstant());
        world.runDue();

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(keys)
                .allSatisfy(key -> assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL));
        say("statements a case, in all", statements.count(SwitchBenchmark::isOfCase));
        say("  of the engine", statements.count(sql -> isOfCase(sql) && sql.contains("act_")));
        say(
                "    of its history",
                statements.count(sql -> isOfCase(sql) && sql.contains("act_hi_") && !sql.startsWith("select")));
        say("  of the product", statements.count(sql -> !sql.contains("act_")));
        say("    of its trail", statements.count(SwitchBenchmark::isOfTrail));
        System.out.printf("entries of the trail, a case: %.1f%n", (double) (entries() - entries) / CASES);
        double trail = statements.nanos(SwitchBenchmark::isOfTrail) / 1e6 / CASES;
        double all = statements.nanos(sql -> true) / 1e6 / CASES;
        System.out.printf("waiting for the database, a case: %.1f ms, of which for the trail %.1f ms%n", all, trail);
        System.out.printf("cases a second, one thread: %.0f%n", CASES / seconds);
        statements.sayEach(CASES);
    }

    private long entries() {
        return world.jdbc
                .sql("select count(*) from audit_entry")
                .query(Long.class)
                .single();
    }

    /** A job that the test runs by hand is an operation of somebody; one that the job executor runs is not. */
    private static boolean isOfCase(String sql) {
        return !sql.contains("act_hi_op_log");
    }

    private static boolean isOfTrail(String sql) {
        return sql.contains("audit_");
    }

    private static void say(String what, long count) {
        System.out.printf("%s: %.1f%n", what, (double) count / CASES);
    }
}
