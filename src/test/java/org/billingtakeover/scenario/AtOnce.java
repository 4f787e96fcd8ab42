package org.billingtakeover.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.billingtakeover.takeover.Refusal;

/** Two who act at once. */
final class AtOnce {

    private AtOnce() {}

    /** Runs both at once and answers with the messages of those who were refused. */
    static List<String> atTheSameInstant(Runnable first, Runnable second) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<String>> both = List.of(refusalOf(first), refusalOf(second));
            List<String> refusals = new ArrayList<>();
            for (Future<String> each : threads.invokeAll(both)) {
                if (!each.get().isEmpty()) {
                    refusals.add(each.get());
                }
            }
            return refusals;
        } finally {
            threads.shutdown();
        }
    }

    /** The second acts after the first, whose transaction has not ended yet, and so has to wait for it. */
    static List<String> whileTheFirstIsNotYetKept(World world, Runnable first, Runnable second) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch acted = new CountDownLatch(1);
        CountDownLatch waited = new CountDownLatch(1);
        try {
            Future<String> earlier = threads.submit(refusalOf(() -> world.transaction.executeWithoutResult(status -> {
                first.run();
                acted.countDown();
                awaitQuietly(waited);
            })));
            awaitQuietly(acted);
            Future<String> later = threads.submit(refusalOf(second));
            while (!world.someoneWaitsForALock()) {
                Thread.onSpinWait();
            }
            waited.countDown();
            return Stream.of(earlier.get(), later.get())
                    .filter(refusal -> !refusal.isEmpty())
                    .toList();
        } finally {
            waited.countDown();
            threads.shutdown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Callable<String> refusalOf(Runnable action) {
        return () -> {
            try {
                action.run();
                return "";
            } catch (Refusal refusal) {
                return refusal.code();
            }
        };
    }
}
