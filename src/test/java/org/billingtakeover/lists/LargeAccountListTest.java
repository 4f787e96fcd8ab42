package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@AccountTest
class LargeAccountListTest {

    private static final int LINES = 10_000;
    private static final String LONG_NAME = "Atelier ".repeat(24);
    private static final long MOST_GROWTH = 3L << 20;

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Accounts accounts;

    @Test
    void manyLinesAreImportedWithAFewHundredInMemory() throws Exception {
        accounts.save(SampleAccounts.firm("F-1"));
        GeneratedList list = new GeneratedList();
        List<Integer> ahead = new ArrayList<>();
        List<Progress> steps = new ArrayList<>();
        List<Long> heap = new ArrayList<>();

        ImportResult result = importList.run(
                new FirmId("F-1"),
                list,
                new Claim(LocalDate.of(2026, 5, 4), false),
                false,
                "alice",
                (progress, soFar) -> {
                    steps.add(progress);
                    ahead.add(list.generated.get() - progress.linesRead());
                    if (progress.linesRead() == LINES / 10 || progress.linesRead() == LINES / 10 * 9) {
                        heap.add(heapInUse());
                    }
                });

        assertThat(result.added()).isEqualTo(LINES);
        assertThat(accounts.countOfFirm(new FirmId("F-1"), "")).isEqualTo(LINES);
        assertThat(steps).hasSize(LINES / ImportAccountList.BATCH);
        assertThat(steps).extracting(Progress::percent).isSorted();
        assertThat(steps)
                .allSatisfy(step -> assertThat(step.percent()).isCloseTo(100 * step.linesRead() / LINES, within(1)));
        // What was taken from the file and is not stored yet is the following batch and the reader's buffer, whatever
        // the file's size.
        assertThat(ahead).allSatisfy(lines -> assertThat(lines).isBetween(0, 2 * ImportAccountList.BATCH));
        // Keeping what the other 8,000 lines say would take more than twice as much; their numbers and companies are
        // kept.
        assertThat(heap.get(heap.size() - 1) - heap.get(0)).isLessThan(MOST_GROWTH);

        assertThat(list.opened).as("times that the file was read").hasValue(1);

        ImportResult again = importList.run(
                new FirmId("F-1"),
                list,
                new Claim(LocalDate.of(2026, 5, 4), false),
                false,
                "alice",
                (progress, soFar) -> {});

        assertThat(again.unchanged()).isEqualTo(LINES);
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A file of which each line exists only while it is being read. */
    private static final class GeneratedList implements AccountList {

        private final AtomicInteger generated = new AtomicInteger();
        private final AtomicInteger opened = new AtomicInteger();

        @Override
        public long size() {
            long size = (ListFile.headerLine() + "\n").length();
            for (int i = 1; i <= LINES; i++) {
                size += line(i).length();
            }
            return size;
        }

        private static String line(int number) {
            return ListFile.line("Company ID", "C-" + number, "Company name", LONG_NAME, "Primary admin", LONG_NAME)
                    + "\n";
        }

        @Override
        public InputStream open() {
            generated.set(0);
            opened.incrementAndGet();
            return new InputStream() {

                private byte[] line = (ListFile.headerLine() + "\n").getBytes(StandardCharsets.UTF_8);
                private int position;

                @Override
                public int read() {
                    if (position == line.length && !nextLine()) {
                        return -1;
                    }
                    return line[position++];
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    if (position == line.length && !nextLine()) {
                        return -1;
                    }
                    int count = Math.min(length, line.length - position);
                    System.arraycopy(line, position, bytes, offset, count);
                    position += count;
                    return count;
                }

                private boolean nextLine() {
                    if (generated.get() == LINES) {
                        return false;
                    }
                    line = line(generated.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
                    position = 0;
                    return true;
                }
            };
        }
    }
}
