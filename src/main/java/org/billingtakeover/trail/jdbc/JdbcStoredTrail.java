package org.billingtakeover.trail.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
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

    private static final String LINE = "c.case_key || ' ' || c.number || ' ' || encode(c.hash, 'hex') as line";

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
        readEntries(records, "select * from audit_entry order by case_key, number");
        forEach("""
                select c.case_key, c.number from audit_chain c
                where not exists (select from audit_entry e where e.case_key = c.case_key)
                """, row -> {
            records.chain(row.getString(1), row.getInt(2));
            records.endOfChain();
        });
        readSeals(records);
    }

    @Override
    public void readChains(Collection<String> about, Records records) throws IOException {
        readEntries(records, "select * from audit_entry where case_key = any (?) order by case_key, number", (Object)
                about.toArray(String[]::new));
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
        forEachChain(scope, (about, length) -> {
            size[0]++;
            size[1] += length;
        });
        return new Size(size[0], size[1]);
    }

    @Override
    public void read(Scope scope, Records records) throws IOException {
        BitSet sealing = new BitSet();
        List<String> some = new ArrayList<>();
        forEachChain(scope, (about, length) -> {
            records.chain(about, length);
            Batch batch = new Batch(records, false);
            forEach(
                    "select * from audit_entry where case_key = ? and number <= ? order by number",
                    row -> batch.add(entry(row)),
                    about,
                    length);
            batch.tell();
            records.endOfChain();
            some.add(about);
            if (some.size() == ROWS_AT_A_TIME) {
                addSeals(some, sealing);
            }
        });
        addSeals(some, sealing);
        int first = sealing.isEmpty() ? Integer.MAX_VALUE : sealing.nextSetBit(0);
        forEach(
                "select * from audit_seal where number >= ? order by number",
                row -> {
                    Seal seal = JdbcSeals.seal(row);
                    boolean sealsScope = sealing.get(seal.number());
                    records.seal(seal, sealsScope);
                    if (sealsScope) {
                        forEach(
                                "select " + LINE
                                        + " from audit_sealed_case c where seal = ? order by case_key collate \"C\"",
                                line -> records.sealedLine(line.getString(1)),
                                seal.number());
                    }
                    records.endOfSeal();
                },
                first);
    }

    @Override
    public Optional<Seal> newestSealOf(String about) {
        return jdbc.query("""
                        select * from audit_seal
                        where number = (select max(seal) from audit_sealed_case where case_key = ?)
                        """, (row, number) -> JdbcSeals.seal(row), about).stream()
                .findFirst();
    }

    private void readEntries(Records records, String sql, Object... parameters) throws IOException {
        Batch batch = new Batch(records, true);
        forEach(sql, row -> batch.add(entry(row)), parameters);
        batch.end();
    }

    private void readSeals(Records records) throws IOException {
        int[] last = {0};
        forEach(
                "select s.*, " + LINE + " from audit_seal s left join audit_sealed_case c on c.seal = s.number"
                        + " order by s.number, c.case_key collate \"C\"",
                row -> {
                    Seal seal = JdbcSeals.seal(row);
                    if (seal.number() != last[0]) {
                        if (last[0] != 0) {
                            records.endOfSeal();
                        }
                        records.seal(seal, true);
                        last[0] = seal.number();
                    }
                    String line = row.getString("line");
                    if (line != null) {
                        records.sealedLine(line);
                    }
                });
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
                        reader.read(about, row.getInt(2));
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
        String[] all = digests.stream().flatMap(Set::stream).toArray(String[]::new);
        Map<String, Said> known = new HashMap<>();
        if (all.length > 0) {
            jdbc.query(
                    "select encode(digest, 'hex'), encode(salt, 'hex'), value from audit_personal"
                            + " where digest = any (select decode(d, 'hex') from unnest(?) d)",
                    row -> {
                        known.put(row.getString(1), new Said(row.getString(2), row.getString(3)));
                    },
                    (Object) all);
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
                row.getBytes("hash"));
    }

    private interface RowReader {
        void read(ResultSet row) throws SQLException, IOException;
    }

    private interface ChainReader {
        void read(String about, int length) throws IOException;
    }

    /** Entries that are looked up together. */
    private final class Batch {

        private final Records records;
        private final boolean tellsChains;
        private final List<StoredEntry> entries = new ArrayList<>();
        private @Nullable String current;

        Batch(Records records, boolean tellsChains) {
            this.records = records;
            this.tellsChains = tellsChains;
        }

        void add(StoredEntry entry) throws IOException {
            entries.add(entry);
            if (entries.size() == ROWS_AT_A_TIME) {
                tell();
            }
        }

        void tell() throws IOException {
            Map<String, Integer> lengths = tellsChains ? lengths() : Map.of();
            for (KnownEntry entry : known(entries)) {
                String about = entry.stored().about();
                if (tellsChains && !about.equals(current)) {
                    end(about, lengths.getOrDefault(about, 0));
                }
                records.entry(entry);
            }
            entries.clear();
        }

        void end() throws IOException {
            tell();
            if (current != null) {
                records.endOfChain();
            }
        }

        private void end(String next, int length) throws IOException {
            if (current != null) {
                records.endOfChain();
            }
            current = next;
            records.chain(next, length);
        }

        /** How long these chains were when something was last appended to them. */
        private Map<String, Integer> lengths() {
            Map<String, Integer> lengths = new HashMap<>();
            jdbc.query(
                    "select case_key, number from audit_chain where case_key = any (?)",
                    row -> {
                        lengths.put(row.getString(1), row.getInt(2));
                    },
                    (Object) entries.stream().map(StoredEntry::about).distinct().toArray(String[]::new));
            return lengths;
        }
    }
}
