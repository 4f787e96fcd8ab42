package org.billingtakeover.takeover.process;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Has the database look at its tables anew before a billing date on which many changes fall due: by what it has known of them for months,
 * it chooses ways to read them that cost up to a millisecond a case. What is only written to, history and trail, is left to the database's
 * own turn.
 */
@Component
class AnalyzeBeforeBillingDate {

    private static final Logger LOG = LoggerFactory.getLogger(AnalyzeBeforeBillingDate.class);

    private static final int MANY = 500;
    private static final Duration BEFORE = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final Clock clock;
    private final int many;

    @Autowired
    AnalyzeBeforeBillingDate(JdbcClient jdbc, Clock clock) {
        this(jdbc, clock, MANY);
    }

    /** @param many changes, before which it is worth while */
    AnalyzeBeforeBillingDate(JdbcClient jdbc, Clock clock, int many) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.many = many;
    }

    /** Once for each billing date, whichever node comes first. */
    @Scheduled(cron = "${back-office.jobs.tables-analyzed-at}")
    void analyze() {
        try {
            if (areManyDueSoon()) {
                String tables = tablesNotAnalyzed();
                if (!tables.isEmpty()) {
                    jdbc.sql("analyze (skip_locked) " + tables).update();
                    LOG.info("The tables of a billing date were analyzed");
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The tables of a billing date could not be analyzed", e);
        }
    }

    private boolean areManyDueSoon() {
        Instant now = clock.instant();
        return jdbc.sql("""
                        select count(*) = :many from (
                            select from takeover where stage = 'SCHEDULED' and due > :now and due <= :soon limit :many) due
                        """)
                .param("many", many)
                .param("now", Timestamp.from(now))
                .param("soon", Timestamp.from(now.plus(BEFORE)))
                .query(Boolean.class)
                .single();
    }

    /** Of those that belong to the login of the product; nobody else's may be. */
    private String tablesNotAnalyzed() {
        return jdbc.sql("""
                        select coalesce(string_agg(quote_ident(t.tablename), ', '), '')
                        from pg_tables t join pg_stat_user_tables s on s.schemaname = t.schemaname and s.relname = t.tablename
                        where t.schemaname = current_schema() and t.tableowner = current_user
                            and t.tablename !~ '^(audit_|act_hi_|act_ge_)'
                            and coalesce(greatest(s.last_analyze, s.last_autoanalyze), '-infinity') < now() - interval '2 hours'
                        """).query(String.class).single();
    }
}
