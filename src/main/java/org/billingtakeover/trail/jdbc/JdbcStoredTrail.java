package org.billingtakeover.trail.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
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
    public void atOneInstant(Runnable reading) {
        snapshot.executeWithoutResult(status -> reading.run());
    }

    @Override
    public long count() {
        return one("select count(*) from audit_entry");
    }

    @Override
    public void forEachEntry(Consumer<StoredEntry> consumer) {
        jdbc.query("select * from audit_entry order by case_key, number", row -> {
            consumer.accept(entry(row));
        });
    }

    @Override
    public void forEachEntryOf(String about, Consumer<StoredEntry> consumer) {
        jdbc.query(
                "select * from audit_entry where case_key = ? order by number",
                row -> {
                    consumer.accept(entry(row));
                },
                about);
    }

    @Override
    public List<StoredEntry> before(String about, int number, int limit) {
        return jdbc.query(
                "select * from audit_entry where case_key = ? and number < ? order by number desc limit ?",
                (row, each) -> entry(row),
                about,
                number,
                limit);
    }

    @Override
    public Map<String, Integer> lengths(Collection<String> about) {
        return numbers("select case_key, number from audit_chain where case_key = any (?)", (Object)
                about.toArray(String[]::new));
    }

    @Override
    public Map<String, Integer> vanished() {
        return numbers("""
                select c.case_key, c.number from audit_chain c
                where not exists (select from audit_entry e where e.case_key = c.case_key)
                """);
    }

    @Override
    public Set<String> withoutValue(Collection<String> digests) {
        Set<String> gone = new HashSet<>(digests);
        jdbc.query(
                "select encode(digest, 'hex') from audit_personal"
                        + " where digest = any (select decode(d, 'hex') from unnest(?) d)",
                row -> {
                    gone.remove(row.getString(1));
                },
                (Object) digests.toArray(String[]::new));
        return gone;
    }

    @Override
    public List<String> casesWithAlteredValues() {
        return jdbc.queryForList("""
                select distinct case_key from audit_personal
                where digest <> sha256(salt || convert_to(value, 'UTF8')) order by case_key limit 1000
                """, String.class);
    }

    @Override
    public void forEachSealedOtherwise(Consumer<SealedEntry> consumer) {
        jdbc.query("""
                select s.seal, s.case_key, s.number, e.hash is not null as is_there,
                       (select coalesce(max(p.number), 0) from audit_entry p where p.case_key = s.case_key) as present
                from audit_sealed_case s left join audit_entry e on e.case_key = s.case_key and e.number = s.number
                where e.hash is distinct from s.hash
                order by s.case_key, s.number desc
                """, row -> {
            consumer.accept(new SealedEntry(
                    row.getInt("seal"),
                    row.getString("case_key"),
                    row.getInt("number"),
                    row.getBoolean("is_there"),
                    row.getInt("present")));
        });
    }

    @Override
    public void forEachSeal(Consumer<StoredSeal> consumer) {
        jdbc.query("""
                select s.*, encode(sha256((
                    select coalesce(string_agg(
                        convert_to(c.case_key || ' ' || c.number || ' ' || encode(c.hash, 'hex') || E'\\n', 'UTF8'),
                        ''::bytea order by c.case_key collate "C"), '')
                    from audit_sealed_case c where c.seal = s.number)), 'hex') as lines
                from audit_seal s order by s.number
                """, row -> {
            consumer.accept(new StoredSeal(
                    row.getInt("number"),
                    row.getString("document"),
                    row.getBytes("previous"),
                    row.getBytes("hash"),
                    row.getString("lines")));
        });
    }

    @Override
    public List<ChainEnd> chains(Scope scope, String after, int limit) {
        List<Object> parameters = new ArrayList<>();
        String sql = "select c.case_key, " + SEALED + " from audit_chain c where " + inScope(scope, parameters)
                + " and c.case_key collate \"C\" > ? order by c.case_key collate \"C\" limit ?";
        parameters.add(after);
        parameters.add(limit);
        return jdbc.query(sql, (row, number) -> new ChainEnd(row.getString(1), row.getInt(2)), parameters.toArray());
    }

    @Override
    public Size size(Scope scope) {
        List<Object> parameters = new ArrayList<>();
        String sql = "select count(*), coalesce(sum(" + SEALED + "), 0) from audit_chain c where "
                + inScope(scope, parameters);
        return Objects.requireNonNull(jdbc.queryForObject(
                sql, (row, number) -> new Size(row.getLong(1), row.getLong(2)), parameters.toArray()));
    }

    @Override
    public Map<String, SaidOfPerson> saidOfPersons(Collection<String> digests) {
        Map<String, SaidOfPerson> said = new HashMap<>();
        jdbc.query(
                "select encode(digest, 'hex'), encode(salt, 'hex'), value from audit_personal"
                        + " where digest = any (select decode(d, 'hex') from unnest(?) d)",
                row -> {
                    said.put(row.getString(1), new SaidOfPerson(row.getString(2), row.getString(3)));
                },
                (Object) digests.toArray(String[]::new));
        return said;
    }

    @Override
    public void forEachSealOf(Scope scope, Consumer<SealOfScope> consumer) {
        List<Object> parameters = new ArrayList<>();
        jdbc.query(
                """
                with sealing as materialized (
                    select distinct s.seal from audit_sealed_case s join audit_chain c on c.case_key = s.case_key
                    where %s)
                select s.*, exists (select from sealing where seal = s.number) as seals_scope
                from audit_seal s where s.number >= (select min(seal) from sealing) order by s.number
                """.formatted(inScope(scope, parameters)),
                row -> {
                    consumer.accept(new SealOfScope(
                            row.getInt("number"),
                            row.getString("document"),
                            row.getBytes("previous"),
                            row.getBytes("hash"),
                            row.getBoolean("seals_scope")));
                },
                parameters.toArray());
    }

    @Override
    public void forEachSealedLine(int seal, Consumer<String> consumer) {
        jdbc.query(
                "select case_key || ' ' || number || ' ' || encode(hash, 'hex') from audit_sealed_case"
                        + " where seal = ? order by case_key collate \"C\"",
                row -> {
                    consumer.accept(row.getString(1));
                },
                seal);
    }

    private static String inScope(Scope scope, List<Object> parameters) {
        StringBuilder sql = new StringBuilder(SEALED + " > 0");
        if (scope.about() != null) {
            sql.append(" and c.case_key = ?");
            parameters.add(scope.about());
        }
        if (scope.firm() != null) {
            sql.append(" and exists (select from takeover t where t.key = c.case_key and t.firm_id = ?)");
            parameters.add(scope.firm());
        }
        if (scope.from() != null || scope.until() != null) {
            sql.append(" and exists (select from audit_entry e where e.case_key = c.case_key")
                    .append(" and e.at >= cast(? as timestamptz) and e.at < cast(? as timestamptz))");
            parameters.add(scope.from() == null ? "-infinity" : scope.from().toString());
            parameters.add(scope.until() == null ? "infinity" : scope.until().toString());
        }
        return sql.toString();
    }

    private Map<String, Integer> numbers(String sql, Object... parameters) {
        Map<String, Integer> numbers = new HashMap<>();
        jdbc.query(
                sql,
                row -> {
                    numbers.put(row.getString(1), row.getInt(2));
                },
                parameters);
        return numbers;
    }

    private long one(String sql) {
        Long number = jdbc.queryForObject(sql, Long.class);
        return number == null ? 0 : number;
    }

    static StoredEntry entry(ResultSet row) throws SQLException {
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
}
