package org.billingtakeover.notification.mail;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.notification.MailServerDown;
import org.billingtakeover.notification.Mails.MailPosted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Has the outbox drained: every now and then, and when something was posted. Only by a node that serves pages; a command leaves it alone. */
@Component
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "back-office.outbox.enabled", matchIfMissing = true)
class Dispatching implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatching.class);

    /** Longer than a talk about one mail usually takes; whoever is killed in it is asked about later. */
    private static final int LAST_MAIL_SECONDS = 25;

    /** A mail server that is down is asked again after so long at first, then after twice as long, and not for each mail. */
    private static final long FIRST_PAUSE_SECONDS = 15;

    private static final long LONGEST_PAUSE_SECONDS = 300;

    private final Dispatcher dispatcher;
    private final ThreadPoolExecutor threads;
    private final AtomicInteger timesDown = new AtomicInteger();
    private volatile boolean held;
    private volatile long askedAgainAt = System.nanoTime();

    /** @param connections how many conversations with the mail server this node has at once */
    Dispatching(Dispatcher dispatcher, @Value("${back-office.outbox.connections}") int connections) {
        this.dispatcher = dispatcher;
        // Whoever comes while all are at work is not needed: they go on until nothing is left.
        this.threads = new ThreadPoolExecutor(
                0,
                connections,
                1,
                TimeUnit.MINUTES,
                new SynchronousQueue<>(),
                task -> new Thread(task, "outbox"),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    @Scheduled(fixedDelayString = "${back-office.outbox.looked-for-every}")
    void look() {
        if (System.nanoTime() - askedAgainAt >= 0) {
            threads.execute(this::run);
        }
    }

    @TransactionalEventListener
    void on(MailPosted posted) {
        if (!held) {
            look();
        }
    }

    private void run() {
        try {
            held = dispatcher.run();
            if (timesDown.getAndSet(0) > 0) {
                LOG.info("The mail server takes mail again");
            }
        } catch (MailServerDown e) {
            int before = timesDown.getAndIncrement();
            long pause = Math.min(FIRST_PAUSE_SECONDS << Math.min(before, 5), LONGEST_PAUSE_SECONDS);
            askedAgainAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(pause);
            if (before == 0) {
                LOG.warn("Mails wait until the mail server is back: {}", e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("The outbox could not be drained", e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        dispatcher.stop();
        threads.shutdown();
        if (!threads.awaitTermination(LAST_MAIL_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}
