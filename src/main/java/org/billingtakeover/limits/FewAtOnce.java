package org.billingtakeover.limits;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets a few people at once do what takes much memory; the others wait for their turn, in order, for a while. */
public final class FewAtOnce {

    private final Semaphore turns;
    private final Duration patience;

    public FewAtOnce(int atOnce, Duration patience) {
        this.turns = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** @return false if the turn did not come in time; nothing was done then */
    public boolean run(Work work) throws IOException {
        try {
            if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            turns.release();
        }
    }

    /** What is done in turn. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }
}
