package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.takeover.ClockMoved;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("A clock that is moved in a hurry")
class HurriedClockTest {

    private static final String WATCH = "from act_ru_job where process_def_key_ = 'watch-stop-dates'";

    private final AtomicBoolean moved = new AtomicBoolean();

    @Autowired
    HurriedWatch watch;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    @DisplayName("moves on although the watch over stop dates is being run at that moment")
    void whileTheWatchRuns() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CompletableFuture<Integer> run = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            try {
                return jdbc.sql("update act_ru_job set rev_ = rev_ + 1 where id_ in (select id_ " + WATCH + ")")
                        .update();
            } finally {
                taken.countDown();
                waitUntilSomebodyWaits();
            }
        }));
        taken.await();

        try {
            assertThatCode(() -> watch.on(new ClockMoved(Duration.ZERO))).doesNotThrowAnyException();
        } finally {
            moved.set(true);
        }

        assertThat(run.join()).isPositive();
    }

    /** For the row that this transaction holds. */
    private void waitUntilSomebodyWaits() {
        while (!moved.get()
                && jdbc.sql("select count(*) from pg_locks where not granted")
                                .query(Long.class)
                                .single()
                        == 0) {
            Thread.onSpinWait();
        }
    }
}
