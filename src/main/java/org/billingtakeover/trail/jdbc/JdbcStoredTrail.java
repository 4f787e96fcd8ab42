package org.billingtakeover.trail.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.KnownEntry.Said;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcStoredTrail implements StoredTrail {

    private static final int ROWS_AT_A_TIME = 500;

    /** As the seals say, since a column beside them can be changed without breaking a seal. */
    private static final String SEALED =
            "(select max(s.number) from audit_sealed_case s where s.case_key = c.case_key)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate snapshot;

    JdbcStoredTrail(DataSource database, PlatformTransactionManager transactions) {
        this.jdbc = new JdbcTemplate(database);
        // Within a transaction the driver then reads by a cursor.
        this.jdbc.setFetchSize(ROWS_AT_A_TIME);
        this.snapshot = new TransactionTemplate(transactions);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot.setReadOnly(true);
    }

    @Override
    public <T> T atOneInstant(Reading<T> reading) throws IOException {
        try {
            return Objects.requireNonNull(snapshot.execute(status -> {
                try {
                    return reading.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public long count() {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from audit_entry", Long.class));
    }

    @Override
    public boolean beginsWithFirstSeal() {
        return true;
    }

    @Override
    public void read(Records records) throws IOException {
        tell(records, null, "true");
        forEach("""
                select c.case_key, c.number from audit_chain c
                where not exists (select from audit_entry e where e.case_key = c.case_key)
                """, row -> {
            records.chain(row.getString(1), row.getInt(2));
            records.endOfChain();
        });
        tellSeals(records, null);
    }

    @Override
    public void readChains(Collection<String> about, Records records) throws IOException {
        tell(records, null, "case_key = any (?)", (Object) about.toArray(String[]::new));
    }

    @Override
    public void compareSealed(SealedLines found) throws IOException {
        forEach(
                """
                select s.seal, s.case_key, s.number, e.hash is not null as is_there,
                       (select coalesce(max(p.number), 0) from audit_entry p where p.case_key = s.case_key) as present
                from audit_sealed_case s left join audit_entry e on e.case_key = s.case_key and e.number = s.number
                where e.hash is distinct from s.hash
                order by s.case_key, s.number desc
                """,
                row -> found.differs(
                        row.getString("case_key"),
                        row.getInt("number"),
                        row.getInt("seal"),
                        row.getBoolean("is_there"),
                        row.getInt("present")));
    }

    @Override
    public List<KnownEntry> chain(String about) {
        return known(jdbc.query(
                "select * from audit_entry where case_key = ? order by number", (row, each) -> entry(row), about));
    }

    @Override
    public List<KnownEntry> before(String about, int number, int limit) {
        return known(jdbc.query(
                "select * from audit_entry where case_key = ? and number < ? order by number desc limit ?",
                (row, each) -> entry(row),
                about,
                number,
                limit));
    }

    @Override
    public Size size(Scope scope) throws IOException {
        long[] size = {0, 0};
        forEachChain(scope, chain -> {
            size[0]++;
            size[1] += chain.length;
        });
        return new Size(size[0], size[1]);
    }

    @Override
    public void read(Scope scope, Records records) throws IOException {
        BitSet sealing = new BitSet();
        List<String> some = new ArrayList<>();
        forEachChain(scope, chain -> {
            tell(records, chain, "case_key = ? and number <= ?", chain.about, chain.length);
            some.add(chain.about);
            if (some.size() == ROWS_AT_A_TIME) {
                addSeals(some, sealing);
            }
        });
        addSeals(some, sealing);
        if (!sealing.isEmpty()) {
            tellSeals(records, sealing);
        }
    }

    @Override
    public Optional<Seal> newestSealOf(String about) {
        return jdbc.query("""
                        select * from audit_seal
                        where number = (select max(seal) from audit_sealed_case where case_key = ?)
                        """, (row, number) -> JdbcSeals.seal(row), about).stream()
                .findFirst();
    }

    /**
     * Tells whole chains, page by page.
     *
     * @param one of which the length is known; null for several, each as long as when something was last appended to it
     */
    private void tell(Records records, @Nullable Chain one, String where, Object... parameters) throws IOException {
        String about = null;
        int number = 0;
        if (one != null) {
            about = one.about;
            records.chain(about, one.length);
        }
        List<KnownEntry> page;
        do {
            List<Object> all = new ArrayList<>(List.of(parameters));
            all.addAll(List.of(about == null ? "" : about, number));
            page = known(jdbc.query(
                    "select * from audit_entry where " + where
                            + " and (case_key, number) > (?, ?) order by case_key, number limit " + ROWS_AT_A_TIME,
                    (row, each) -> entry(row),
                    all.toArray()));
            Map<String, Integer> lengths = one == null ? lengths(page) : Map.of();
            for (KnownEntry entry : page) {
                String next = entry.stored().about();
                if (!next.equals(about)) {
                    if (about != null) {
                        records.endOfChain();
                    }
                    records.chain(next, lengths.getOrDefault(next, 0));
                    about = next;
                }
                records.entry(entry);
                number = entry.stored().number();
            }
        } while (page.size() == ROWS_AT_A_TIME);
        if (about != null) {
            records.endOfChain();
        }
    }

    private Map<String, Integer> lengths(List<KnownEntry> page) {
        Map<String, Integer> lengths = new HashMap<>();
        jdbc.query(
                "select case_key, number from audit_chain where case_key = any (?)",
                row -> {
                    lengths.put(row.getString(1), row.getInt(2));
                },
                (Object) page.stream()
                        .map(entry -> entry.stored().about())
                        .distinct()
                        .toArray(String[]::new));
        return lengths;
    }

    /** @param sealing of which seals the lines are told, and the first one of them; null for all */
    private void tellSeals(Records records, @Nullable BitSet sealing) throws IOException {
        Integer[] lined = sealing == null ? null : sealing.stream().boxed().toArray(Integer[]::new);
        int[] last = {0};
        forEach(
                """
                select s.*, c.case_key || ' ' || c.number || ' ' || encode(c.hash, 'hex') as line
                from audit_seal s left join audit_sealed_case c on c.seal = s.number %s
                where s.number >= ? order by s.number, c.case_key collate "C"
                """.formatted(lined == null ? "" : "and c.seal = any (?)"),
                row -> {
                    Seal seal = JdbcSeals.seal(row);
                    if (seal.number() != last[0]) {
                        if (last[0] != 0) {
                            records.endOfSeal();
                        }
                        records.seal(seal, sealing == null || sealing.get(seal.number()));
                        last[0] = seal.number();
                    }
                    String line = row.getString("line");
                    if (line != null) {
                        records.sealedLine(line);
                    }
                },
                lined == null ? new Object[] {1} : new Object[] {lined, lined[0]});
        if (last[0] != 0) {
            records.endOfSeal();
        }
    }

    private void forEachChain(Scope scope, ChainReader reader) throws IOException {
        StringBuilder sql =
                new StringBuilder("select c.case_key, " + SEALED + " from audit_chain c where " + SEALED + " > 0");
        List<Object> parameters = new ArrayList<>();
        if (scope.about() != null) {
            sql.append(" and c.case_key = ?");
            parameters.add(scope.about());
        }
        if (scope.from() != null || scope.until() != null) {
            sql.append(" and exists (select from audit_entry e where e.case_key = c.case_key")
                    .append(" and e.at >= cast(? as timestamptz) and e.at < cast(? as timestamptz))");
            parameters.add(scope.from() == null ? "-infinity" : scope.from().toString());
            parameters.add(scope.until() == null ? "infinity" : scope.until().toString());
        }
        forEach(
                sql.append(" order by c.case_key collate \"C\"").toString(),
                row -> {
                    String about = row.getString(1);
                    if (scope.among() == null || scope.among().test(about)) {
                        reader.read(new Chain(about, row.getInt(2)));
                    }
                },
                parameters.toArray());
    }

    private void addSeals(List<String> chains, BitSet sealing) throws IOException {
        forEach(
                "select distinct seal from audit_sealed_case where case_key = any (?)",
                row -> sealing.set(row.getInt(1)),
                (Object) chains.toArray(String[]::new));
        chains.clear();
    }

    private List<KnownEntry> known(List<StoredEntry> entries) {
        List<Set<String>> digests =
                entries.stream().map(StoredEntry::personalDigests).toList();
        List<String> abouts = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            abouts.addAll(
                    Collections.nCopies(digests.get(i).size(), entries.get(i).about()));
            all.addAll(digests.get(i));
        }
        Map<String, Said> known = new HashMap<>();
        if (!all.isEmpty()) {
            jdbc.query(
                    "select said.digest, encode(p.salt, 'hex'), p.value from unnest(?, ?) as said (about, digest)"
                            + " join audit_personal p on p.case_key = said.about and p.digest = decode(said.digest, 'hex')",
                    row -> {
                        known.put(row.getString(1), new Said(row.getString(2), row.getString(3)));
                    },
                    abouts.toArray(String[]::new),
                    all.toArray(String[]::new));
        }
        List<KnownEntry> told = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Map<String, Said> said = new TreeMap<>();
            digests.get(i).forEach(digest -> said.computeIfAbsent(digest, known::get));
            told.add(new KnownEntry(entries.get(i), said));
        }
        return told;
    }

    private void forEach(String sql, RowReader reader, @Nullable Object... parameters) throws IOException {
        try {
            jdbc.query(
                    sql,
                    row -> {
                        try {
                            reader.read(row);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    parameters);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static StoredEntry entry(ResultSet row) throws SQLException {
        return new StoredEntry(
                row.getString("case_key"),
                row.getInt("number"),
                row.getTimestamp("at").toInstant(),
                row.getString("actor"),
                row.getString("what"),
                row.getString("document"),
                row.getBytes("previous"),
                row.getBytes("hash"),
                JdbcSeals.recordedAt(row));
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException, IOException;
    }

    private record Chain(String about, int length) {}

    private interface ChainReader {
        void read(Chain chain) throws IOException;
    }
}
