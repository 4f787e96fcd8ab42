package org.billingtakeover.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.ListFile;
import org.billingtakeover.lists.StartedImport;
import org.billingtakeover.lists.StartedImports;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What an office waits for that uploads the list of a large firm, each client of which has two payers; with {@code -Dlines}, 50,000 by
 * default. Runs only when asked for: {@code mvn test -Dtest=ImportBenchmark}.
 */
@BackOfficeTest
class ImportBenchmark {

    private static final int LINES = Integer.getInteger("lines", 50_000);
    private static final String FIRM = "F-1";

    @Autowired
    private StartedImports started;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private Door door;

    @Test
    void imports() throws InterruptedException {
        Visitor office = door.signedIn("accountant", door.saved(SampleAccounts.firm(FIRM)));

        byte[] list = list("", number -> 8);
        ImportResult added = measured("a new list", office, false, list);
        ImportResult again = measured("the same list again", office, false, list);
        ImportResult whole = measured("the same list again, as the whole firm's", office, true, list);
        ImportResult changed =
                measured("one line of 100 changed", office, false, list("", number -> number % 100 == 0 ? 9 : 8));
        ImportResult earned =
                measured("with commissions", office, false, list("80.00", number -> number % 100 == 0 ? 9 : 8));

        assertThat(added.added()).isEqualTo(LINES);
        assertThat(again.unchanged()).isEqualTo(LINES);
        assertThat(whole.missingCount()).isZero();
        assertThat(changed.changed()).isEqualTo(LINES / 100);
        assertThat(earned.unchanged()).isEqualTo(LINES);
    }

    private static byte[] list(String commission, IntFunction<Integer> users) {
        return IntStream.rangeClosed(1, LINES)
                .mapToObj(number -> ListFile.line(
                                "Company ID", "" + (10_000_000 + number),
                                "Company name", "Atelier " + number,
                                "Primary admin e-mail", "admin" + number + "@example.ca",
                                "Integration status", "active",
                                "Time users", "" + users.apply(number))
                        + "," + commission)
                .collect(Collectors.joining("\n", ListFile.headerLine() + ",Time commissions\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private ImportResult measured(String what, Visitor office, boolean whole, byte[] list) throws InterruptedException {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        office.get("/clients/import");
        long begun = System.nanoTime();
        long cpu = machine.getProcessCpuTime();
        double database = cpuOfDatabase();
        String page = office.upload(
                        "/clients/import", Map.of("firm", FIRM, "again", "true", "whole", "" + whole), "list.csv", list)
                .headers()
                .firstValue("Location")
                .orElseThrow();
        UUID id = UUID.fromString(page.substring(page.lastIndexOf('/') + 1));
        StartedImport.State state = started.find(id).orElseThrow().state();
        while (!state.isOver()) {
            Thread.sleep(100);
            state = started.find(id).orElseThrow().state();
        }
        System.out.printf(
                "%s, %,d lines: %.1f s, %.1f s of CPU, %.1f s of the database's%n",
                what,
                LINES,
                (System.nanoTime() - begun) / 1e9,
                (machine.getProcessCpuTime() - cpu) / 1e9,
                cpuOfDatabase() - database);
        return ((StartedImport.Done) state).result();
    }

    /** Of all its connections, in seconds. */
    private double cpuOfDatabase() {
        long connection = jdbc.sql("select pg_backend_pid()").query(Long.class).single();
        return ProcessHandle.of(connection).flatMap(ProcessHandle::parent).stream()
                        .flatMap(ProcessHandle::children)
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToDouble(Duration::toMillis)
                        .sum()
                / 1000;
    }
}
