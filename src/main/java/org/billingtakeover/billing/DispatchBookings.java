package org.billingtakeover.billing;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Has the platform asked: every now and then, and when a case wants something of it. Only by a node that serves pages. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.bookings.enabled", matchIfMissing = true)
class DispatchBookings implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchBookings.class);

    /** Longer than a platform usually takes to answer; whoever is killed in it is asked about later. */
    private static final int LAST_ANSWER_SECONDS = 10;

    private final BookChanges bookChanges;
    private final PreviewChanges previews;
    private final ReadFirstBills firstBills;
    private final ThreadPoolExecutor threads;

    /** @param conversations how many this node has with the platform at once */
    DispatchBookings(
            BookChanges bookChanges,
            PreviewChanges previews,
            ReadFirstBills firstBills,
            @Value("${back-office.bookings.conversations}") int conversations) {
        this.bookChanges = bookChanges;
        this.previews = previews;
        this.firstBills = firstBills;
        // Whoever comes while all are at work is not needed: they go on until nothing is left.
        this.threads = new ThreadPoolExecutor(
                0,
                conversations,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                task -> new Thread(task, "bookings"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Scheduled(fixedDelayString = "${back-office.bookings.looked-for-every}")
    void look() {
        threads.execute(this::run);
    }

    @TransactionalEventListener
    void on(BookingsWanted wanted) {
        look();
    }

    private void run() {
        try {
            do {
                bookChanges.run();
            } while (previews.runSome());
            firstBills.run();
        } catch (RuntimeException e) {
            LOG.error("What cases want of the platform could not be looked for", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(LAST_ANSWER_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
