package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.billingtakeover.DataFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
class EmbeddedDatabaseTest {

    private final Path folder;

    EmbeddedDatabaseTest(@TempDir Path folder) {
        this.folder = DataFolder.prepared(folder);
    }

    @Test
    void whatWasCommittedIsThereAfterAStopAndAStart() throws Exception {
        try (EmbeddedDatabase database = start(folder)) {
            write(database, "kept");
        }
        try (EmbeddedDatabase database = start(folder)) {
            assertThat(read(database)).containsExactly("kept");
        }
    }

    @Test
    void theServerWritesThroughToTheDisk() throws Exception {
        try (EmbeddedDatabase database = start(folder)) {
            assertThat(List.of("fsync", "synchronous_commit", "full_page_writes"))
                    .allSatisfy(setting -> assertThat(sql(database)
                                    .sql("show " + setting)
                                    .query(String.class)
                                    .single())
                            .isEqualTo("on"));
        }
    }

    @Test
    void aSecondStartInTheSameFolderIsRefusedWithASentence() throws Exception {
        try (EmbeddedDatabase first = start(folder)) {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(DataFolderInUse.class)
                    .hasMessage("The product is already running with the data folder " + folder + ".");
            write(first, "undisturbed");
        }
    }

    @Test
    void aStartInAFolderThatAnotherProcessHoldsIsRefusedToo() throws Exception {
        Process other = startInAnotherProcess(folder);
        try {
            assertThatThrownBy(() -> start(folder)).isInstanceOf(DataFolderInUse.class);
        } finally {
            other.destroyForcibly().waitFor();
            start(folder).close();
        }
    }

    @Test
    void afterTheProductWasKilledTheNextStartStopsTheServerThatItLeftAndLosesNothing() throws Exception {
        startInAnotherProcess(folder).destroyForcibly().waitFor();
        ProcessHandle orphan = server(folder);
        assertThat(orphan.info().command()).isPresent();

        try (EmbeddedDatabase database = start(folder)) {
            // A process that has ended tells no program, even while it is still listed.
            assertThat(orphan.info().command()).isEmpty();
            assertThat(read(database)).containsExactly("written by a process that is killed");
        }
    }

    @Test
    void afterTheServerWasKilledAsWellTheNextStartLosesNothing() throws Exception {
        startInAnotherProcess(folder).destroyForcibly().waitFor();
        ProcessHandle orphan = server(folder);
        orphan.destroyForcibly();
        await().atMost(Duration.ofMinutes(2))
                .until(() -> orphan.info().command().isEmpty());

        try (EmbeddedDatabase database = start(folder)) {
            assertThat(read(database)).containsExactly("written by a process that is killed");
        }
    }

    @Test
    void aNumberThatNowIsAnotherProgramsIsNoReasonNotToStart() throws Exception {
        Path pidFile = folder.resolve("postgres/postmaster.pid");
        Path left = folder.resolve("left");
        try (EmbeddedDatabase database = start(folder)) {
            write(database, "kept");
            Files.copy(pidFile, left);
        }
        List<String> lines = Files.readAllLines(left);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(left, lines);
        Files.move(left, pidFile, StandardCopyOption.REPLACE_EXISTING);

        try (EmbeddedDatabase database = start(folder)) {
            assertThat(read(database)).containsExactly("kept");
        }
    }

    /** A product that is there to be killed. */
    static final class ToBeKilled {

        public static void main(String[] args) throws Exception {
            EmbeddedDatabase database = start(Path.of(args[0]));
            write(database, "written by a process that is killed");
            System.out.println("written");
            Thread.currentThread().join();
        }
    }

    private static EmbeddedDatabase start(Path folder) throws Exception {
        return new EmbeddedDatabase(new DemoSettings(folder));
    }

    private static Process startInAnotherProcess(Path folder) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ToBeKilled.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); !"written".equals(line); line = output.readLine()) {
            assertThat(line).as(said.toString()).isNotNull();
            said.append(line).append('\n');
        }
        return process;
    }

    private static ProcessHandle server(Path folder) throws IOException {
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    private static void write(EmbeddedDatabase database, String text) {
        sql(database).sql("create table note (text text)").update();
        sql(database).sql("insert into note values (?)").param(text).update();
    }

    private static List<String> read(EmbeddedDatabase database) {
        return sql(database).sql("select text from note").query(String.class).list();
    }

    private static JdbcClient sql(EmbeddedDatabase database) {
        return JdbcClient.create(
                new DriverManagerDataSource(database.getJdbcUrl(), database.getUsername(), database.getPassword()));
    }
}
