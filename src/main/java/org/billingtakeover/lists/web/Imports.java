package org.billingtakeover.lists.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.UnusableAccountList;
import org.billingtakeover.lists.web.StartedImport.BrokenDown;
import org.billingtakeover.lists.web.StartedImport.Done;
import org.billingtakeover.lists.web.StartedImport.Running;
import org.billingtakeover.lists.web.StartedImport.State;
import org.billingtakeover.lists.web.StartedImport.Unusable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.multipart.MultipartFile;

/** Runs the imports that were started on the page, one after the other, and knows the last ones. */
@Component
class Imports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    private static final int MOST_WAITING = 10;
    /** So that no firm keeps the others waiting for all of its lists. */
    private static final int MOST_OF_A_FIRM = 3;

    private static final int MOST_KEPT = 30;
    private static final long LONGEST_BATCH_SECONDS = 20;

    private final ImportAccountList importList;

    /** The files of imports that run or wait; nobody else on this machine reads them. */
    private final Path folder;

    /** One at a time: two imports at once would only wait for each other's database, and hold twice the memory. */
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> new Thread(task, "import"));

    private final Map<UUID, StartedImport> started = new LinkedHashMap<>();

    Imports(ImportAccountList importList) throws IOException {
        this.importList = importList;
        this.folder = Files.createTempDirectory("account-lists");
    }

    /**
     * Starts an import, or lets it wait for those before it.
     *
     * @throws RejectedExecutionException if too many are waiting, of this firm or of all
     */
    void start(StartedImport each, MultipartFile upload) throws IOException {
        Path file = folder.resolve(each.id() + ".csv");
        remember(each);
        try {
            upload.transferTo(file);
            executor.execute(() -> runToItsEnd(each, file));
        } catch (IOException | RuntimeException e) {
            forget(each);
            delete(file);
            throw e;
        }
    }

    Path folder() {
        return folder;
    }

    synchronized Optional<StartedImport> find(UUID id) {
        return Optional.ofNullable(started.get(id));
    }

    /** Stops after the lines that are being stored, and begins no waiting import. */
    @Override
    public void close() throws InterruptedException, IOException {
        executor.shutdown();
        if (!executor.awaitTermination(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
        FileSystemUtils.deleteRecursively(folder);
    }

    /** Whatever breaks down: nothing is left of the file, and nobody waits for the end of this import. */
    private void runToItsEnd(StartedImport each, Path file) {
        State end = new BrokenDown();
        try {
            end = run(each, file);
        } finally {
            delete(file);
            each.isNow(end);
        }
    }

    private State run(StartedImport each, Path file) {
        try {
            goOnWith(each, new Progress(0, 0));
            return new Done(importList.run(
                    each.firm().id(),
                    () -> Files.newInputStream(file),
                    each.dryRun(),
                    each.startedBy(),
                    progress -> goOnWith(each, progress)));
        } catch (UnusableAccountList e) {
            return new Unusable(e);
        } catch (CancellationException e) {
            LOG.info("The import {} ends early: {}", each.id(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.error("The import {} broke down", each.id(), e);
        }
        return new BrokenDown();
    }

    private void goOnWith(StartedImport each, Progress progress) {
        if (executor.isShutdown()) {
            throw new CancellationException("The product stops.");
        }
        each.isNow(new Running(progress));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("An imported file could not be deleted: {}", file, e);
        }
    }

    private synchronized void remember(StartedImport each) {
        long ofFirm = started.values().stream()
                .filter(other -> other.firm().id().equals(each.firm().id()))
                .filter(other -> !other.state().isOver())
                .count();
        if (ofFirm >= MOST_OF_A_FIRM) {
            throw new RejectedExecutionException(
                    "Too many imports of " + each.firm().id());
        }
        started.put(each.id(), each);
        if (started.size() > MOST_KEPT) {
            // The oldest is over: only the one that runs and those that wait are not, and these are fewer.
            started.remove(started.keySet().iterator().next());
        }
    }

    private synchronized void forget(StartedImport each) {
        started.remove(each.id());
    }
}
