package org.billingtakeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
@DisplayName("A test JVM that is killed")
class ServerEndsWithJvmTest {

    /** On a machine at work. */
    private static final Duration LONGEST_STOP = Duration.ofMinutes(2);

    @Test
    @DisplayName("leaves neither its PostgreSQL nor the data of it")
    void killed() throws Exception {
        Process tests = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ToBeKilled.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = tests.inputReader();
        String line = said.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = said.readLine();
        }
        assertThat(line).isNotNull();
        Path data = Path.of(line.substring("data: ".length()));
        ProcessHandle server = server(data);

        tests.destroyForcibly().waitFor();

        // A process that has ended tells no program, even while it is still listed.
        await().atMost(LONGEST_STOP).until(() -> server.info().command().isEmpty() && Files.notExists(data));
    }

    private static ProcessHandle server(Path data) throws Exception {
        String number = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
        ProcessHandle server = ProcessHandle.of(Long.parseLong(number.strip())).orElseThrow();
        assertThat(server.info().command()).isPresent();
        return server;
    }

    /** As a JVM with tests. */
    static final class ToBeKilled {

        public static void main(String[] arguments) throws Exception {
            JdbcClient database = JdbcClient.create(new DriverManagerDataSource(TestDatabase.empty()));
            System.out.println("data: "
                    + database.sql("show data_directory").query(String.class).single());
            Thread.currentThread().join();
        }
    }
}
