package org.billingtakeover.audit.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.billingtakeover.audit.ProveTrail;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify.Progress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs one verification at a time, and knows the last one until the product stops. */
@Component
class Verifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);
    private static final long LONGEST_CHAINS_SECONDS = 20;

    private final ProveTrail trail;
    private final Clock clock;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "verification"));
    private @Nullable Run last;

    Verifications(ProveTrail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * One verification.
     *
     * @param endedAt null while it runs
     * @param report null while it runs, and where it broke down
     */
    record Run(
            String startedBy,
            Instant startedAt,
            Progress progress,
            @Nullable Instant endedAt,
            @Nullable Report report) {

        public boolean isOver() {
            return endedAt != null;
        }
    }

    /** Starts a verification, unless one is running. */
    synchronized void start(String by) {
        if (last == null || last.isOver()) {
            Run run = new Run(by, clock.instant(), new Progress(0, 0), null, null);
            last = run;
            executor.execute(() -> run(run));
        }
    }

    synchronized @Nullable Run last() {
        return last;
    }

    @Override
    public void close() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(LONGEST_CHAINS_SECONDS, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    private void run(Run run) {
        Report report = null;
        try {
            report = trail.prove(List.of(), progress -> {
                if (executor.isShutdown()) {
                    throw new CancellationException("The product stops.");
                }
                isNow(new Run(run.startedBy, run.startedAt, progress, null, null));
            });
        } catch (CancellationException e) {
            LOG.info("The verification ends early: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The verification broke down", e);
        } finally {
            isNow(new Run(run.startedBy, run.startedAt, run.progress, clock.instant(), report));
        }
    }

    private synchronized void isNow(Run run) {
        last = run;
    }
}
