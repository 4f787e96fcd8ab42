package org.billingtakeover.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes many cases out of one that the product has brought to where it waits: whatever rows came with that one, in whichever table, under
 * ids of their own, and trails whose hashes hold. What came with it is found by comparing the database before and after.
 */
public final class CopiedCases {

    private static final int TOGETHER = 5_000;

    /** Made anew, since hashes are not copied. What the product's own chain says of the list is not: that chain is one. */
    private static final String TRAIL = "audit_";

    private static final Pattern ID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String key;
    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Integer> more = new TreeMap<>();
    private final CopiedRows copied;
    private final String firm;
    private final int firms;

    /** The id of a company by its number: found nowhere but in what is its own. */
    public static String company(int number) {
        return "zq" + number + "w";
    }

    /**
     * @param made brings a case to where it waits, like another one before it; its key
     * @param company the id of its company, also a part of its client's name and address
     * @param firm the id of its firm, which ends in 1; copies are spread over firms whose ids end in 1, 2 and so on
     * @param firms how many
     */
    public CopiedCases(
            JdbcClient jdbc,
            TransactionTemplate transaction,
            Supplier<String> made,
            String company,
            String firm,
            int firms) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        Map<String, Set<String>> before = everything();
        this.key = made.get();
        Map<String, Set<String>> after = everything();
        Set<String> shared = ids(before.values().stream().flatMap(Set::stream));
        Map<String, Set<String>> changed = new TreeMap<>();
        after.forEach((table, texts) -> {
            Set<String> others = new HashSet<>(texts);
            others.removeAll(before.get(table));
            changed.put(table, others);
        });
        Set<String> own = ids(changed.values().stream().flatMap(Set::stream));
        own.removeAll(shared);
        Pattern itsOwn = Pattern.compile(Stream.concat(Stream.of(key, company), own.stream())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
        changed.forEach((table, texts) -> {
            boolean isTrail = table.startsWith(TRAIL);
            List<String> its = texts.stream()
                    .filter(text -> isTrail
                            ? text.contains("\"case_key\": \"" + key + "\"")
                            : itsOwn.matcher(text).find())
                    .toList();
            if (!isTrail) {
                // A row that names it and was there before belongs to others too, and one that does not name it cannot
                // be told from theirs.
                assertThat(its)
                        .as("rows of a case in " + table)
                        .hasSize(after.get(table).size() - before.get(table).size());
            }
            if (!its.isEmpty()) {
                more.put(table, its.size());
                rows.put(table, its);
            }
        });
        copied = new CopiedRows(
                jdbc,
                key,
                Map.of(key, "c.key", company, "c.company", firm, "c.firm"),
                own.stream().map(Pattern::quote),
                Set.of());
        this.firm = firm;
        this.firms = firms;
    }

    /** Copies numbered from {@code first}; numbers must not be used twice. */
    public void copy(int first, int count) {
        Map<String, Long> before = counts();
        for (int done = 0; done < count; done += TOGETHER) {
            int from = first + done;
            int to = first + Math.min(done + TOGETHER, count) - 1;
            transaction.executeWithoutResult(status -> make(from, to));
        }
        Map<String, Long> expected = new TreeMap<>(before);
        more.forEach((table, rows) -> expected.merge(table, (long) rows * count, Long::sum));
        assertThat(counts()).as("rows by table").isEqualTo(expected);
    }

    private void make(int from, int to) {
        jdbc.sql("set local time zone 'UTC'").update();
        // As a restore does: rows that belong together come one after the other.
        jdbc.sql("set local session_replication_role = replica").update();
        jdbc.sql("""
                        create temporary table copy on commit drop as
                        select n, left(?::text, 9) || lpad((n + 100)::text, greatest(5, length((n + 100)::text)), '0') as key, lpad(to_hex(n), 12, '0') as h, 'zq' || n || 'w' as company,
                               left(?::text, -1) || (1 + n % ?) as firm, '{}'::text[] as digests
                        from generate_series(?, ?) n""").params(key, firm, firms, from, to).update();
        copied.people();
        rows.forEach((table, texts) -> {
            if (!table.startsWith(TRAIL)) {
                texts.forEach(row -> copied.copy(table, row));
            }
        });
        copied.trail();
    }

    private static Set<String> ids(Stream<String> texts) {
        return texts.flatMap(text -> ID.matcher(text).results().map(MatchResult::group))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** All rows by table, but for what is deployed. */
    private Map<String, Set<String>> everything() {
        Map<String, Set<String>> all = new TreeMap<>();
        for (String table : tables()) {
            all.put(
                    table,
                    new HashSet<>(jdbc.sql("select to_jsonb(t)::text from " + table + " t")
                            .query(String.class)
                            .list()));
        }
        return all;
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : tables()) {
            counts.put(
                    table,
                    jdbc.sql("select count(*) from " + table).query(Long.class).single());
        }
        return counts;
    }

    private List<String> tables() {
        return jdbc.sql("""
                        select table_name from information_schema.tables
                        where table_schema = current_schema() and table_type = 'BASE TABLE' order by 1
                        """).query(String.class).list();
    }
}
