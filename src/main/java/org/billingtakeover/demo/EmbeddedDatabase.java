package org.billingtakeover.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * A PostgreSQL that starts and stops with the product and keeps its data in the data folder. It is as durable as any: what was
 * committed survives a crash of the product, of the database and of the machine.
 */
@Component
@Profile("demo")
final class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(20);

    private final Path data;
    private final Path binaries;
    private final FileChannel lockFile;
    private final EmbeddedPostgres postgres;

    /** @throws DataFolderInUse if another running copy holds the folder */
    EmbeddedDatabase(DemoSettings settings) throws IOException, SQLException {
        Path folder =
                Files.createDirectories(settings.dataFolder().toAbsolutePath().normalize());
        data = folder.resolve("postgres");
        binaries = Files.createDirectories(folder.resolve("postgresql-binaries"));
        lockFile = lock(folder);
        try {
            stopOrphans();
            postgres = start();
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
        try {
            refuseUnlessDurable();
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    /** Only this machine can connect, and without a password. */
    @Override
    public String getPassword() {
        return "";
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        lockFile.close();
    }

    /** The operating system lets go of this lock however the product ends, so it never outlives its holder. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel file =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock != null) {
                return file;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("Locked within this process", e);
        }
        file.close();
        throw new DataFolderInUse(folder);
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // Kept, since unpacking takes longer than everything else at a start.
                .setOverrideWorkingDirectory(binaries.toFile())
                // A hook of its own would take the database away from the product while that is still stopping.
                .setRegisterShutdownHook(false)
                // The default of 10 s is too short to recover after a crash on a slow disk.
                .setPGStartupWait(LONGEST_START)
                // The unpacked server brings no locale data but its own.
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                // Made for throw-away tests, the starter switches the first two off.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("max_connections", "40")
                .start();
    }

    private void refuseUnlessDurable() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : DURABLE) {
                try (ResultSet shown = statement.executeQuery("show " + setting)) {
                    shown.next();
                    if (!shown.getString(1).equals("on")) {
                        throw new IllegalStateException(
                                "PostgreSQL runs with " + setting + " off: a crash could lose what was committed.");
                    }
                }
            }
        }
    }

    /**
     * Stops the server of a product that was killed; it still runs, without anybody who would ever stop it. Whatever runs from
     * these binaries is such a one, since this product holds the lock.
     */
    private void stopOrphans() throws IOException {
        if (Files.notExists(data)) {
            return;
        }
        List<ProcessHandle> orphans = runningFrom(binaries);
        if (!orphans.isEmpty()) {
            LOG.info("A killed copy of the product left its database server running; stopping it");
            // Only the first process: it stops the others in the right order.
            orphans.stream()
                    .filter(process ->
                            process.parent().filter(orphans::contains).isEmpty())
                    .forEach(ProcessHandle::destroy);
            if (!ended()) {
                // The server's log of changes brings everything committed back at the next start.
                runningFrom(binaries).forEach(ProcessHandle::destroyForcibly);
                ended();
            }
        }
        // PostgreSQL would not start if the number in it is in use: by another program after a restart of the machine,
        // or by a
        // server that has ended and that nobody has cleared away.
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private boolean ended() throws IOException {
        long deadline = System.nanoTime() + LONGEST_STOP.toNanos();
        while (!runningFrom(binaries).isEmpty()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return true;
    }

    /** A process that has ended but is still listed, as often in a container, no longer tells its program and is left out. */
    private static List<ProcessHandle> runningFrom(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().command().map(Path::of).stream().anyMatch(program -> program.startsWith(real)))
                .toList();
    }
}
