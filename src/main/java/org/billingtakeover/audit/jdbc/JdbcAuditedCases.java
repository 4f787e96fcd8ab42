package org.billingtakeover.audit.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.audit.AuditedCases;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.StringUtils;

@Repository
class JdbcAuditedCases implements AuditedCases {

    private final JdbcClient jdbc;

    JdbcAuditedCases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<AuditedCase> find(Search search, int limit) {
        return jdbc.sql("""
                        select t.key, c.name as client, f.name as firm, t.stage, t.outcome, t.opened_at, t.closed_at
                        from takeover t join client c on c.id = t.client_id join firm f on f.id = t.firm_id
                        where (cast(:text as text) is null or t.key = upper(:text) or position(lower(:text) in lower(c.name)) > 0)
                          and (cast(:firm as text) is null or t.firm_id = :firm)
                          and (cast(:outcome as text) is null or coalesce(t.outcome, 'OPEN') = :outcome)
                          and (cast(:actor as text) is null
                               or exists (select from audit_entry e where e.case_key = t.key and e.actor = :actor))
                          and (cast(:from as date) is null or t.opened_at >= cast(:from as date)::timestamp at time zone 'UTC')
                          and (cast(:to as date) is null or t.opened_at < (cast(:to as date) + 1)::timestamp at time zone 'UTC')
                          and (cast(:after as text) is null
                               or (t.opened_at, t.key) < (select a.opened_at, a.key from takeover a where a.key = :after))
                        order by t.opened_at desc, t.key desc limit :limit
                        """)
                .param("text", orNull(search.text()))
                .param("firm", orNull(search.firm()))
                .param("outcome", orNull(search.outcome()))
                .param("actor", orNull(search.actor()))
                .param("from", search.from())
                .param("to", search.to())
                .param("after", orNull(search.after()))
                .param("limit", limit)
                .query((row, number) -> new AuditedCase(
                        row.getString("key"),
                        row.getString("client"),
                        row.getString("firm"),
                        row.getString("stage"),
                        row.getString("outcome"),
                        row.getTimestamp("opened_at").toInstant(),
                        instant(row.getTimestamp("closed_at"))))
                .list();
    }

    private static @Nullable String orNull(@Nullable String text) {
        return StringUtils.hasText(text) ? text.strip() : null;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
