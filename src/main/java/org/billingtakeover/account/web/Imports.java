package org.billingtakeover.account.web;

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
import org.billingtakeover.account.ImportAccountList;
import org.billingtakeover.account.ImportAccountList.Progress;
import org.billingtakeover.account.UnusableAccountList;
import org.billingtakeover.account.web.StartedImport.BrokenDown;
import org.billingtakeover.account.web.StartedImport.Done;
import org.billingtakeover.account.web.StartedImport.Running;
import org.billingtakeover.account.web.StartedImport.Unusable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs the imports that were started on the page, one after the other, and knows the last ones. */
@Component
class Imports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Imports.class);

    /** How the names of the files begin that are being imported. */
    static final String FILE_NAME = "account-list";

    private static final int MOST_WAITING = 10;
    private static final int MOST_KEPT = 30;
    private static final long LONGEST_BATCH_SECONDS = 20;

    private final ImportAccountList importList;

    /** One at a time: two imports at once would only wait for each other's database, and hold twice the memory. */
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> new Thread(task, "import"));

    private final Map<UUID, StartedImport> started = new LinkedHashMap<>();

    Imports(ImportAccountList importList) {
        this.importList = importList;
    }

    /**
     * Starts an import, or lets it wait for those before it. The file is deleted when it is over, or not even begun.
     *
     * @throws RejectedExecutionException if too many are waiting
     */
    void start(StartedImport each, Path file) throws IOException {
        remember(each);
        try {
            executor.execute(() -> run(each, file));
        } catch (RejectedExecutionException e) {
            forget(each);
            Files.deleteIfExists(file);
            throw e;
        }
    }

    synchronized Optional<StartedImport> find(UUID id) {
        return Optional.ofNullable(started.get(id));
    }

    /** Stops after the lines that are being stored. */
    @Override
    public void close() throws InterruptedException {
        executor.shutdown();
        executor.getQueue().clear();
        if (!executor.awaitTermination(LONGEST_BATCH_SECONDS, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    private void run(StartedImport each, Path file) {
        try {
            each.isNow(new Running(new Progress(0, 0)));
            each.isNow(new Done(
                    importList.run(each.firm().id(), () -> Files.newInputStream(file), each.dryRun(), progress -> {
                        if (executor.isShutdown()) {
                            throw new CancellationException("The product stops.");
                        }
                        each.isNow(new Running(progress));
                    })));
        } catch (UnusableAccountList e) {
            each.isNow(new Unusable(e));
        } catch (IOException | RuntimeException e) {
            LOG.error("The import {} broke down", each.id(), e);
            each.isNow(new BrokenDown());
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("An imported file could not be deleted: {}", file, e);
        }
    }

    private synchronized void remember(StartedImport each) {
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
