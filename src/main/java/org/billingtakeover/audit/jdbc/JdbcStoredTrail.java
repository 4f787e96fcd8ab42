package org.billingtakeover.audit.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.billingtakeover.audit.StoredEntry;
import org.billingtakeover.audit.StoredTrail;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcStoredTrail implements StoredTrail {

    private static final int ROWS_AT_A_TIME = 500;

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
