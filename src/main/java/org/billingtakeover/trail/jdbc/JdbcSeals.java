package org.billingtakeover.trail.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.Trail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcSeals implements Seals {

    private static final Logger LOG = LoggerFactory.getLogger(Seals.class);

    private final JdbcClient jdbc;
    private final Trail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    JdbcSeals(JdbcClient jdbc, Trail trail, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    @Scheduled(cron = "${back-office.audit.seal-at}")
    public void seal() {
        transaction.executeWithoutResult(status -> noticeReplacedDatabase());
        transaction.executeWithoutResult(status -> jdbc.sql("select * from audit_seal_now(?)")
                .param(CanonicalJson.exact(clock.instant()).toString())
                .query((row, number) -> seal(row))
                .optional()
                .ifPresent(seal -> LOG.info("Audit trail sealed: {}", seal.noted())));
    }

    @Override
    public Optional<Seal> newest() {
        return jdbc.sql("select * from audit_seal order by number desc limit 1")
                .query((row, number) -> seal(row))
                .optional();
    }

    @Override
    public Optional<Seal> numbered(int number) {
        return jdbc.sql("select * from audit_seal where number = ?")
                .param(number)
                .query((row, index) -> seal(row))
                .optional();
    }

    static Seal seal(ResultSet row) throws SQLException {
        return new Seal(
                row.getInt("number"),
                row.getString("document"),
                row.getBytes("previous"),
                row.getBytes("hash"),
                recordedAt(row));
    }

    static @Nullable Instant recordedAt(ResultSet row) throws SQLException {
        Timestamp known = row.getTimestamp("recorded_at");
        return known == null ? null : known.toInstant();
    }

    private void noticeReplacedDatabase() {
        jdbc.sql("""
                        select document::jsonb ->> 'database' as before, audit_database() as now
                        from audit_seal order by number desc limit 1
                        """)
                .query(Replaced.class)
                .optional()
                .filter(database -> !database.before.equals(database.now))
                .ifPresent(database -> trail.record(new Fact(
                        Fact.PRODUCT, Fact.SYSTEM, REPLACED, Map.of("before", database.before, "now", database.now))));
    }

    private record Replaced(String before, String now) {}
}
