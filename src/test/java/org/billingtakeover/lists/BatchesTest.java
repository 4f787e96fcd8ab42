package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.kernel.CompanyId;
import org.junit.jupiter.api.Test;

/** Lists whose lines are known by their numbers alone. */
class BatchesTest {

    private static final int LINES = 5;
    private static final Set<Thread.State> SETTLED = Set.of(Thread.State.WAITING, Thread.State.TERMINATED);

    @Test
    void givesAllLinesInTheirOrderAndTellsHowMuchOfTheFileIsReadWithEach() {
        try (Batches batches = new Batches(new Numbered(), 2)) {
            assertThat(batches.next()).isEqualTo(new Batches.Batch(numbered(1, 2), 40));
            assertThat(batches.next()).isEqualTo(new Batches.Batch(numbered(3, 4), 80));
            assertThat(batches.next()).isEqualTo(new Batches.Batch(numbered(5), 100));
            assertThat(batches.next().lines()).isEmpty();
            assertThat(batches.next().lines()).isEmpty();
        }
    }

    @Test
    void readsOneBatchAheadAndNoMore() throws InterruptedException {
        BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
        Numbered lines = new Numbered() {
            @Override
            public ListLine next() {
                ListLine line = super.next();
                read.add((int) line.number());
                return line;
            }
        };
        Batches batches = new Batches(lines, 2);
        batches.next();

        // Nobody asks for these.
        for (int number = 1; number <= 4; number++) {
            assertThat(read.poll(1, TimeUnit.MINUTES)).isEqualTo(number);
        }
        batches.close();
        assertThat(read).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldInItsPlace() {
        try (Batches batches = new Batches(new UnreadableAt(4), 2)) {
            assertThat(batches.next().lines()).isEqualTo(numbered(1, 2));
            assertThatThrownBy(batches::next)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasRootCauseMessage("The test wants it so.");
        }
    }

    @Test
    void whatIsReadInVainMayBeUnreadable() {
        try (Batches batches = new Batches(new UnreadableAt(3), 2)) {
            assertThat(batches.next().lines()).isEqualTo(numbered(1, 2));
        }
    }

    @Test
    void nobodyReadsOnceItIsClosed() throws InterruptedException {
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Numbered lines = new Numbered() {
            @Override
            public ListLine next() {
                reads.countDown();
                try {
                    assertThat(goesOn.await(1, TimeUnit.MINUTES)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return super.next();
            }
        };
        Batches batches = new Batches(lines, 2);
        assertThat(reads.await(1, TimeUnit.MINUTES)).isTrue();
        Thread closing = new Thread(batches::close);
        closing.start();
        while (!SETTLED.contains(closing.getState())) {
            Thread.onSpinWait();
        }
        assertThat(closing.getState()).as("of whoever closes it").isEqualTo(Thread.State.WAITING);

        goesOn.countDown();
        closing.join();
        assertThat(lines.given).hasValue(2);
    }

    private static List<ListLine> numbered(long... numbers) {
        return Arrays.stream(numbers)
                .<ListLine>mapToObj(number -> new ListLine.Bad(number, List.of()))
                .toList();
    }

    private static class Numbered implements AccountListReader.Lines {

        final AtomicInteger given = new AtomicInteger();

        @Override
        public boolean hasNext() {
            return given.get() < LINES;
        }

        @Override
        public ListLine next() {
            return new ListLine.Bad(given.incrementAndGet(), List.of());
        }

        @Override
        public List<String> ignoredColumns() {
            return List.of();
        }

        @Override
        public boolean names(CompanyId company) {
            return false;
        }

        @Override
        public int percentRead() {
            return 100 * given.get() / LINES;
        }

        @Override
        public void close() {}
    }

    private static final class UnreadableAt extends Numbered {

        private final int line;

        UnreadableAt(int line) {
            this.line = line;
        }

        @Override
        public ListLine next() {
            ListLine next = super.next();
            if (next.number() == line) {
                throw new UncheckedIOException(new IOException("The test wants it so."));
            }
            return next;
        }
    }
}
