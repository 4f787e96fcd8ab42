package org.billingtakeover.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.billingtakeover.benchmark.Meter.Used;

/** What was measured, the product's beside the stock engine's, as a table. */
final class Report {

    private final int cases;
    private final int earlier;
    private final StringBuilder sentences = new StringBuilder();
    private final Map<String, Cost> columns = new LinkedHashMap<>();

    /** All of it a case. */
    private record Cost(double seconds, double jvmMillis, double postgresMillis, double statements, double wal) {

        static final Cost NONE = new Cost(0, 0, 0, 0, 0);

        static Cost of(Used used, int cases) {
            return new Cost(
                    used.time().toMillis() / 1000.0 / cases,
                    (double) used.programMillis() / cases,
                    (double) used.postgresMillis() / cases,
                    (double) used.statements() / cases,
                    (double) used.wal() / cases);
        }

        Cost with(Cost other) {
            return new Cost(
                    seconds + other.seconds,
                    jvmMillis + other.jvmMillis,
                    postgresMillis + other.postgresMillis,
                    statements + other.statements,
                    wal + other.wal);
        }

        /** What was waited for between the moments is not how long it took. */
        Cost in(double busy) {
            return new Cost(busy, jvmMillis, postgresMillis, statements, wal);
        }
    }

    Report(int cases, int stored, int earlier) {
        this.cases = cases;
        this.earlier = earlier;
        say("%,d cases are due at once, %,d more wait for a later date; %,d were done before", cases, stored, earlier);
    }

    /**
     * @param left how many cases of the first moment were left when it was begun to measure
     * @param since the first moment
     */
    void product(Used look, int left, Used confirm, Used record, Used since) {
        Cost first = left == 0 ? Cost.NONE : Cost.of(look, left);
        Cost second = Cost.of(confirm, cases);
        Cost third = Cost.of(record, cases);
        columns.put("look", first);
        columns.put("confirm", second);
        columns.put("record", third);
        columns.put(
                "all",
                Cost.of(since, cases).in(second.seconds() + third.seconds()).with(first));
        if (left < earlier + cases) {
            say("%,d cases had been looked at before the program was ready", earlier + cases - left);
        }
    }

    /**
     * @param left how many were left when it was begun to measure
     * @param ended when each process did, in this order
     */
    void stock(Used used, int left, List<Instant> ended) {
        columns.put("stock", Cost.of(used, left));
        say(
                "the stock engine: %.0f a second between its first and last; of the second half %.0f",
                cases / seconds(ended.get(0), ended.get(ended.size() - 1)), ofSecondHalf(ended));
    }

    void overlap(Instant last, Instant next) {
        if (last.isAfter(next)) {
            say(
                    "the next moment came %.1f s before this one was over: only all together tell something",
                    seconds(next, last));
        }
    }

    /** @param made when each switch was, in this order */
    void switches(Instant due, List<Instant> made) {
        Instant first = made.get(0);
        Instant last = made.get(made.size() - 1);
        say(
                "switches: the first %.1f s after they were due, the last %.1f s, %.0f a second in between; of the second half %.0f",
                seconds(due, first), seconds(due, last), cases / seconds(first, last), ofSecondHalf(made));
    }

    /** By then a JVM has compiled most of what it runs, as one that has been up for days. */
    private static double ofSecondHalf(List<Instant> ends) {
        int half = ends.size() / 2;
        return half / seconds(ends.get(ends.size() - half - 1), ends.get(ends.size() - 1));
    }

    /** @param came when each mail came, in this order */
    void mails(Instant due, List<Instant> came) {
        Instant first = came.get(0);
        Instant last = came.get(came.size() - 1);
        say(
                "mails: %,d, the first %.1f s after the switches were due, the last %.1f s, %.0f a second in between",
                came.size(), seconds(due, first), seconds(due, last), came.size() / seconds(first, last));
    }

    /** @param growth of its tables and indexes, in bytes */
    void trail(long entries, long growth) {
        say(
                "trail: %.1f entries and %,.0f bytes on disk a case",
                (double) entries / (earlier + cases), (double) growth / (earlier + cases));
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toMillis() / 1000.0;
    }

    private void say(String format, Object... values) {
        sentences.append(format.formatted(values)).append('\n');
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("\n%-26s".formatted(""));
        columns.keySet().forEach(name -> table.append("%12s".formatted(name)));
        row(table, "seconds, in all", cost -> cases * cost.seconds());
        row(table, "cases a second", cost -> 1 / cost.seconds());
        row(table, "CPU of the JVM, ms a case", Cost::jvmMillis);
        row(table, "CPU of PostgreSQL, ms", Cost::postgresMillis);
        row(table, "SQL statements", Cost::statements);
        row(table, "WAL, bytes", Cost::wal);
        return table.append('\n').append(sentences).toString();
    }

    private void row(StringBuilder table, String name, ToDoubleFunction<Cost> value) {
        table.append("\n%-26s".formatted(name));
        columns.values().forEach(cost -> table.append("%,12.1f".formatted(value.applyAsDouble(cost))));
    }
}
