package org.billingtakeover.audit.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.billingtakeover.audit.ProveTrail;
import org.billingtakeover.audit.VerificationRuns;
import org.billingtakeover.audit.VerificationRuns.Run;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Runs verifications of the trail, and tells of the last one at whichever node it ran. */
@Component
class Verifications implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Verifications.class);
    private static final long LONGEST_CHAINS_SECONDS = 20;
    private static final long BETWEEN_TELLING = Duration.ofSeconds(1).toNanos();

    private final ProveTrail trail;
    private final VerificationRuns runs;
    private final Clock clock;
    private final ExecutorService executor =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "verification"));

    Verifications(ProveTrail trail, VerificationRuns runs, Clock clock) {
        this.trail = trail;
        this.runs = runs;
        this.clock = clock;
    }

    /** Starts a verification, unless one is running, here or at another node. */
    void start(String by) {
        runs.begin(by, clock.instant()).ifPresent(run -> executor.execute(() -> run(run)));
    }

    Optional<Run> last() {
        return runs.last();
    }

    @Override
    public void close() throws InterruptedException {
        executor.shutdown();
        if (!executor.awaitTermination(LONGEST_CHAINS_SECONDS, TimeUnit.SECONDS)) {
            executor.shutdownNow();
        }
    }

    private void run(UUID run) {
        Report report = null;
        try {
            report = trail.prove(List.of(), new Telling(run)::isAt);
        } catch (CancellationException e) {
            LOG.info("The verification ends early: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The verification broke down", e);
        } finally {
            runs.end(run, clock.instant(), report);
        }
    }

    /** Tells how far it is, once a second. */
    private final class Telling {

        private final UUID run;
        private long told = System.nanoTime() - BETWEEN_TELLING;

        Telling(UUID run) {
            this.run = run;
        }

        void isAt(Progress progress) {
            if (executor.isShutdown()) {
                throw new CancellationException("The product stops.");
            }
            if (System.nanoTime() - told >= BETWEEN_TELLING) {
                runs.isAt(run, progress);
                told = System.nanoTime();
            }
        }
    }
}
