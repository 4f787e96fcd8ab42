package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What an auditor waits for, among many finished cases: searching, opening, verifying, exporting; with {@code -Dcases}, 100,000 by default.
 * Runs only when asked for: {@code mvn test -Dtest=AuditBenchmark}.
 */
@ScenarioTest
class AuditBenchmark {

    private static final int CASES = Integer.getInteger("cases", 100_000);
    private static final int ROUNDS = 20;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Autowired
    World world;

    @Autowired
    Seals seals;

    @Autowired
    StoredTrail trail;

    @Autowired
    Door door;

    private Visitor auditor;

    @Test
    void auditorsDay() {
        makeCases();
        long entries = count("audit_entry");
        System.out.printf("%,d finished cases, %,d entries, %s on disk%n", count("takeover"), entries, size());
        auditor = door.signedIn("auditor", null);

        open("newest cases", "/audit");
        open("by key", "/audit?text=TKO-2025-%06d", CASES / 2);
        open("by client's name", "/audit?text=client+%d", CASES / 3);
        open("by firm", "/audit?firm=" + world.accounts.firms().get(3).id());
        open(
                "by firm, outcome and month",
                "/audit?firm=%s&outcome=INTEGRATION_STOPPED&from=2025-06-01&to=2025-06-30"
                        .formatted(world.accounts.firms().get(3).id()));
        open("by reason of a stop", "/audit?stop=CLIENT_DECLINED");
        open("by amount", "/audit?least=100&most=150");
        open("by amount of none", "/audit?least=77777");
        open("by a word of all names", "/audit?text=client");
        open("by a word of no name", "/audit?text=nobody");
        open("by actor", "/audit?actor=alice");
        open("by actor who did nothing", "/audit?actor=nobody");
        open("deep page", "/audit?after=TKO-2025-%06d", CASES / 2);
        open("one case", "/audit/cases/TKO-2025-%06d", CASES / 2);
        open("its evidence pack", "/audit/cases/TKO-2025-%06d/evidence.zip", CASES / 2);
        String day = TODAY.minusDays(100).toString();
        watched("export of a day, JSON", () -> export("/audit/export?format=json&from=" + day + "&to=" + day));
        watched("export of all, CSV", () -> export("/audit/export?format=csv"));
        auditor = door.signedIn("process-owner", null);
        open("figures of a month", "/metrics");
        watched("entries verified", this::verified);
    }

    private void makeCases() {
        world.todayIs(TODAY);
        List<String> firms = Stream.generate(world::firm)
                .limit(20)
                .map(firm -> firm.id().text())
                .toList();
        Firm firm = world.firm();
        Account client = world.imports(firm, AccountLine.split());
        world.earned(client, "12.34");
        String switched = world.confirmed(client);
        String stopped = world.opened(world.imports(firm, AccountLine.split()));
        world.firmLeavesSeparate(stopped);
        world.clientAnswers(stopped, false);
        String unanswered = world.asked(world.imports(firm, AccountLine.split()));
        world.timePassesTo(TODAY.plusDays(60));
        assertThat(world.takeover(switched).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.takeover(unanswered).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);

        long begun = System.nanoTime();
        FinishedCases copies = new FinishedCases(world.jdbc, world.transaction, firms);
        copies.copy(switched, 1, CASES * 7 / 10);
        copies.copy(stopped, CASES * 7 / 10 + 1, CASES * 2 / 10);
        copies.copy(unanswered, CASES * 9 / 10 + 1, CASES / 10);
        for (long before = -1; before != count("audit_seal"); ) {
            before = count("audit_seal");
            seals.seal();
        }
        world.transaction.executeWithoutResult(
                status -> world.jdbc.sql("analyze").update());
        System.out.printf("made in %.0f s%n", (System.nanoTime() - begun) / 1e9);
    }

    private void open(String what, String path, Object... arguments) {
        String address = path.formatted(arguments);
        long[] nanos = new long[ROUNDS];
        int length = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> page = auditor.get(address);
            nanos[i] = System.nanoTime() - begun;
            length = page.body().length();
            assertThat(page.statusCode()).as(address).isEqualTo(200);
        }
        double first = nanos[0] / 1e6;
        Arrays.sort(nanos);
        System.out.printf(
                "%-28s first %7.0f ms, median %6.0f ms, slowest %6.0f ms, %,d characters%n",
                what, first, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6, length);
    }

    private long export(String path) {
        return auditor.lengthOf(path);
    }

    private long verified() {
        Report report = Verify.stored(trail, List.of(), progress -> {});
        assertThat(report.findings()).isEmpty();
        return report.entries();
    }

    /** Says how long it took and how much heap was ever in use meanwhile, the test's own included. */
    private void watched(String what, LongSupplier work) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long begun = System.nanoTime();
        long done = work.getAsLong();
        double seconds = (System.nanoTime() - begun) / 1e9;
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                "%s: %,d in %.0f s (%,.0f a second), at most %d MB of heap%n",
                what, done, seconds, done / seconds, peak >> 20);
    }

    private long count(String table) {
        return world.jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private String size() {
        return world.jdbc
                .sql("select pg_size_pretty(pg_database_size(current_database()))")
                .query(String.class)
                .single();
    }
}
