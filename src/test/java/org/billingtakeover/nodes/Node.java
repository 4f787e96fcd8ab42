package org.billingtakeover.nodes;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.billingtakeover.BackOffice;

/** The product of production in a process of its own. */
public final class Node implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Beside others, on a small machine. */
    private static final Duration LONGEST_START = Duration.ofMinutes(5);

    final int port;
    final String name;
    private final Process process;
    private final Path said;

    /** Starts it from its classes, and does not wait for it. */
    Node(Path folder, String name, Map<String, String> settings) throws IOException {
        this(
                folder,
                name,
                List.of(
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BackOffice.class.getName(),
                        "--spring.profiles.active=production"),
                settings);
    }

    /** Starts a program as {@code java} is told it, and does not wait for it. */
    Node(Path folder, String name, List<String> program, Map<String, String> settings) throws IOException {
        this.name = name;
        port = freePort();
        said = folder.resolve(name + ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(program);
        command.add("--server.port=" + port);
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** Waits until it takes requests. */
    Node ready() throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(LONGEST_START);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("The node is not ready:\n" + said());
            }
            Thread.sleep(100);
        }
        return this;
    }

    boolean isReady() throws InterruptedException {
        return isReady(port);
    }

    /** Whether what listens at this port says that it takes requests. */
    public static boolean isReady(int port) throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/readyz"))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Tells it to stop, as whoever replaces it does, and does not wait for it. */
    void stop() {
        process.destroy();
    }

    /** It ends at once, as where power fails. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** With which it ends by itself. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The node goes on");
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() throws IOException {
        return Files.readString(said);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
