package org.billingtakeover.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.TrailAlone;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify;
import org.billingtakeover.verifier.VerifyExportCommand;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Of another size: {@code mvn test -Dtest=BoundedMemoryTest -Dexport.entries=200000}. */
@Tag("slow")
@DisplayName("Where the heap is smaller than the export")
class BoundedMemoryTest {

    private static final int ENTRIES = Integer.getInteger("export.entries", 40_000);
    private static final int ENTRIES_OF_A_CHAIN = 100;
    private static final long HEAP = 32L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @DisplayName("the JSON and the CSV are written, and database and JSON are verified")
    void bounded() throws Exception {
        DataSource database = TestDatabase.fresh();
        fill(new JdbcTemplate(database));
        Path json = folder.resolve("export.json");
        Path csv = folder.resolve("export.csv");

        assertThat(java(Writing.class, url(database), json.toString(), csv.toString()))
                .isZero();
        assertThat(Files.size(json)).isGreaterThan(HEAP);
        try (var lines = Files.lines(csv)) {
            assertThat(lines).hasSize(ENTRIES + 1);
        }
        assertThat(java(Verifying.class, json.toString())).isZero();
    }

    private static void fill(JdbcTemplate jdbc) {
        for (int chain = 0; chain < ENTRIES / ENTRIES_OF_A_CHAIN; chain++) {
            jdbc.queryForList("""
                    select audit_append(jsonb_agg(jsonb_build_object('case', e.about, 'at', e.document ->> 'at', 'actor', 'a', 'what', 'W',
                        'document', e.document::text) order by e.number), '[]')
                    from (select about, number, jsonb_build_object('actor', 'a', 'at', '2026-03-02T15:00:00Z', 'case', about,
                                     'content', jsonb_build_object('detail', repeat('x', 500)), 'what', 'W') as document
                          from (select 'TKO-2026-' || lpad(cast(? as text), 5, '0') as about) a, generate_series(1, ?) number) e
                    """, chain, ENTRIES_OF_A_CHAIN);
        }
        jdbc.queryForList("select audit_seal_now('2026-03-02T15:00:00Z')");
    }

    private static String url(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getURL() + "&user="
                    + connection.getMetaData().getUserName();
        }
    }

    private int java(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int exitCode = process.waitFor();
        System.out.println(Files.readString(said));
        return exitCode;
    }

    private static void tell(String what, long begin) {
        long used = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%s: %d s, peak of the heap %d MB%n",
                what,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                used >> 20);
    }

    /** Writes both and verifies the database, as the product does. */
    static final class Writing {

        public static void main(String[] arguments) throws IOException {
            System.setProperty("export.database", arguments[0]);
            try (AnnotationConfigApplicationContext product = new AnnotationConfigApplicationContext(Product.class)) {
                Scope all = new Scope(null, null, null, null);
                WriteExport export = product.getBean(WriteExport.class);
                StaticMessageSource words = new StaticMessageSource();
                words.setUseCodeAsDefaultMessage(true);
                long begin = System.nanoTime();
                try (OutputStream json = Files.newOutputStream(Path.of(arguments[1]))) {
                    export.asJson(all, null, "audrey", Instant.EPOCH, json);
                }
                tell("JSON of " + (Files.size(Path.of(arguments[1])) >> 20) + " MB", begin);
                begin = System.nanoTime();
                try (OutputStream csv = Files.newOutputStream(Path.of(arguments[2]))) {
                    new WriteTable(product.getBean(StoredTrail.class), words).asCsv(all, Language.EN, csv);
                }
                tell("CSV of " + (Files.size(Path.of(arguments[2])) >> 20) + " MB", begin);
                begin = System.nanoTime();
                Report report = Verify.stored(product.getBean(StoredTrail.class), List.of(), progress -> {});
                assertThat(report.isGood()).as(report.toString()).isTrue();
                tell("Verification of the database", begin);
            }
        }
    }

    /** Verifies, as the command does. */
    static final class Verifying {

        public static void main(String[] arguments) {
            long begin = System.nanoTime();
            int exitCode = VerifyExportCommand.run(new String[] {"verify-export", arguments[0]});
            tell("Verification", begin);
            System.exit(exitCode);
        }
    }

    @Import({TrailAlone.class, WriteExport.class})
    static class Product {

        @Bean
        DataSource database() {
            PGSimpleDataSource database = new PGSimpleDataSource();
            database.setUrl(System.getProperty("export.database"));
            return database;
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
