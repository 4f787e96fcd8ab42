package org.billingtakeover.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what a program and its database have used so far, from Linux and from PostgreSQL. */
final class Meter {

    /** Of Linux, a hundredth of a second. */
    private static final int MILLIS_A_TICK = 10;

    /** Not counted, since the server itself counts them only the first time. */
    private static final String OF_TRANSACTIONS = "'^\\s*(begin|commit|rollback|set|show|savepoint|release)'";

    private final long program;
    private final long postmaster;
    private final JdbcClient watcher;
    private final String database;

    /**
     * @param watcher where statements are counted, as whoever only watches
     * @param database whose statements are counted
     */
    Meter(long program, long postmaster, JdbcClient watcher, String database) {
        this.program = program;
        this.postmaster = postmaster;
        this.watcher = watcher;
        this.database = database;
    }

    /** What was used up to an instant, or between two. */
    record Used(Instant until, Duration time, long programMillis, long postgresMillis, long statements, long wal) {

        Used since(Used before) {
            return new Used(
                    until,
                    Duration.between(before.until, until),
                    programMillis - before.programMillis,
                    postgresMillis - before.postgresMillis,
                    statements - before.statements,
                    wal - before.wal);
        }
    }

    Used read() throws IOException {
        Map<String, Object> counted = watcher.sql("""
                        select coalesce(sum(calls) filter (where query !~* %1$s), 0)::bigint as statements,
                            pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as wal
                        from pg_stat_statements s
                        where s.dbid = (select oid from pg_database where datname = ?)
                          and s.userid <> (select usesysid from pg_user where usename = current_user)
                        """.formatted(OF_TRANSACTIONS))
                .param(database)
                .query()
                .singleRow();
        return new Used(
                Instant.now(),
                Duration.ZERO,
                Stat.of(program).own(),
                postgresMillis(),
                (Long) counted.get("statements"),
                (Long) counted.get("wal"));
    }

    /** Of all processes of the server, the ended ones too, but for the watcher's. */
    private long postgresMillis() throws IOException {
        long millis = Stat.of(postmaster).own() + Stat.of(postmaster).ofEnded();
        Set<Long> watching = watcher.sql("select pid from pg_stat_activity where usename = current_user")
                .query(Long.class)
                .set();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (String pid : processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .collect(Collectors.toSet())) {
                long number = Long.parseLong(pid);
                try {
                    Stat stat = Stat.of(number);
                    if (stat.parent() == postmaster && !watching.contains(number)) {
                        millis += stat.own();
                    }
                } catch (IOException e) {
                    // Ended meanwhile.
                }
            }
        }
        return millis;
    }

    /** @param ofEnded what its children had used that have ended */
    private record Stat(long parent, long own, long ofEnded) {

        static Stat of(long pid) throws IOException {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            // The second field is a name that may hold anything, in brackets.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Long.parseLong(fields[1]),
                    (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_A_TICK,
                    (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * MILLIS_A_TICK);
        }
    }
}
