package org.billingtakeover.lists.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.ImportedLists;
import org.billingtakeover.lists.StartedImport;
import org.billingtakeover.lists.StartedImport.BrokenDown;
import org.billingtakeover.lists.StartedImport.Done;
import org.billingtakeover.lists.StartedImport.Unusable;
import org.billingtakeover.lists.StartedImport.Upload;
import org.billingtakeover.lists.StartedImports;
import org.billingtakeover.lists.StartedImports.Taken;
import org.billingtakeover.lists.UnusableAccountList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

/**
 * Runs the imports that were started on the page, at this node or another, one after the other: two imports at once would only wait for
 * each other's database, and hold twice the memory.
 */
@Component
class Imports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);
    private static final long LONGEST_BATCH_SECONDS = 20;

    /** A list that ends its node each time it is tried is not tried for ever. */
    private static final int MOST_ATTEMPTS = 3;

    private final ImportAccountList importList;
    private final StartedImports started;
    private final ImportedLists imported;
    private final Clock clock;

    /** The file of the import that runs; nobody else on this machine reads it. */
    private final Path folder;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "import"));

    Imports(ImportAccountList importList, StartedImports started, ImportedLists imported, Clock clock)
            throws IOException {
        this.importList = importList;
        this.imported = imported;
        this.clock = clock;
        this.started = started;
        this.folder = Files.createTempDirectory("account-lists");
    }

    /**
     * Starts an import, or lets it wait for those before it.
     *
     * @return empty if too many are waiting, of this firm or of all
     */
    Optional<UUID> start(FirmId firm, String by, String fileName, boolean dryRun, Upload list, MultipartFile upload)
            throws IOException {
        Optional<UUID> id;
        try (InputStream file = upload.getInputStream()) {
            id = started.add(firm, by, fileName, dryRun, list, file, upload.getSize());
        }
        lookForNext();
        return id;
    }

    /** Imports for good what a dry run has read; empty as {@code start}, or if the file is no longer kept. */
    Optional<UUID> startForGood(UUID dryRun) {
        Optional<UUID> id = started.addForGood(dryRun);
        lookForNext();
        return id;
    }

    Optional<StartedImport> find(UUID id) {
        return started.find(id);
    }

    Path folder() {
        return folder;
    }

    /** Also finds those of a node that has died. */
    void lookForNext() {
        if (!executor.isShutdown()) {
            executor.execute(this::runAll);
        }
    }

    /** Stops after the lines that are being stored; the rest is left to another node, or to the next start. */
    @Override
    public void close() throws InterruptedException, IOException {
        executor.shutdown();
        if (!executor.awaitTermination(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    private void runAll() {
        Optional<Taken> next = executor.isShutdown() ? Optional.empty() : started.takeNext();
        while (next.isPresent()) {
            run(next.get());
            next = executor.isShutdown() ? Optional.empty() : started.takeNext();
        }
    }

    private void run(Taken taken) {
        StartedImport each = taken.started();
        Path file = folder.resolve(each.id() + ".csv");
        try {
            if (taken.attempt() > MOST_ATTEMPTS) {
                throw new IllegalStateException("It has ended its node " + MOST_ATTEMPTS + " times.");
            }
            started.copyFile(each.id(), file);
            importList.run(
                    each.firmId(),
                    AccountList.of(file),
                    claimOf(each),
                    each.dryRun(),
                    each.startedBy(),
                    new Following(taken));
        } catch (UnusableAccountList e) {
            started.end(taken, new Unusable(e));
        } catch (CancellationException e) {
            LOG.info("The import {} goes no further here: {}", each.id(), e.getMessage());
            started.giveBack(taken);
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            // It is taken again once the database is back, and goes on where it was.
            LOG.warn("The import {} has lost the database", each.id());
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("The import {} broke down", each.id(), e);
            importList.breakOff(
                    each.firmId(), each.dryRun(), each.startedBy(), () -> started.end(taken, new BrokenDown()));
        } finally {
            delete(file);
        }
    }

    private Claim claimOf(StartedImport each) {
        Upload list = each.list();
        // Of lists that an earlier version was given, nobody said more than that they were there.
        return list == null
                ? new Claim(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC), false)
                : imported.asOfFirst(each.firmId(), list.sha256(), list.claim());
    }

    /** Keeps how far an import is with what it has stored. */
    private final class Following implements ImportAccountList.Course {

        private final Taken taken;

        Following(Taken taken) {
            this.taken = taken;
        }

        @Override
        public Optional<ImportResult> before() {
            return taken.soFar();
        }

        @Override
        public void isAt(Progress progress, ImportResult soFar) {
            if (executor.isShutdown()) {
                throw new CancellationException("The product stops.");
            }
            started.isAt(taken, progress, soFar);
        }

        @Override
        public void ended(ImportResult result) {
            StartedImport each = taken.started();
            Upload list = each.list();
            if (!each.dryRun() && list != null) {
                imported.keep(each.firmId(), list.sha256(), list.claim(), each.startedBy(), clock.instant());
            }
            started.end(taken, new Done(result));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("An imported file could not be deleted: {}", file, e);
        }
    }
}
