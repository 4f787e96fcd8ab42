package org.billingtakeover.audit.jdbc;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.billingtakeover.audit.AuditedCases;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.PlainWords;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.util.StringUtils;

@Repository
class JdbcAuditedCases implements AuditedCases {

    private static final Pattern KEY = Pattern.compile("(?i)TKO-\\d+-\\d+");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    /** Of more clients than these with a word in their names, cases are looked through from the newest on until a page is full. */
    private static final int FEW_NAMES = 2_000;

    private final JdbcClient jdbc;
    private final int fewNames;

    @Autowired
    JdbcAuditedCases(JdbcClient jdbc) {
        this(jdbc, FEW_NAMES);
    }

    JdbcAuditedCases(JdbcClient jdbc, int fewNames) {
        this.jdbc = jdbc;
        this.fewNames = fewNames;
    }

    @Override
    public List<AuditedCase> find(Search search, int limit) {
        Conditions conditions = new Conditions();
        conditions.add(search);
        String text = orNull(search.text());
        if (text != null) {
            addText(conditions, text);
        }
        // Names are looked up of those alone that are shown, however many there are.
        return jdbc.sql("""
                        select t.key, c.name as client, f.name as firm, t.stage, t.outcome, t.opened_at, t.closed_at
                        from (select * from takeover t where %s order by t.opened_at desc, t.key desc limit :limit) t
                            join client c on c.id = t.client_id join firm f on f.id = t.firm_id
                        order by t.opened_at desc, t.key desc
                        """.formatted(conditions.sql()))
                .params(conditions.parameters)
                .param("limit", limit)
                .query((row, number) -> new AuditedCase(
                        new TakeoverKey(row.getString("key")),
                        row.getString("client"),
                        row.getString("firm"),
                        row.getString("stage"),
                        row.getString("outcome"),
                        row.getTimestamp("opened_at").toInstant(),
                        instant(row.getTimestamp("closed_at"))))
                .list();
    }

    @Override
    public Set<String> ofFirm(FirmId firmId) {
        return jdbc.sql("select key from takeover where firm_id = ?")
                .param(firmId.text())
                .query(String.class)
                .set();
    }

    private void addText(Conditions conditions, String text) {
        if (KEY.matcher(text).matches()) {
            conditions.add("t.key = :text", "text", text.toUpperCase(Locale.ROOT));
            return;
        }
        String words = PlainWords.beginnings(text);
        // Counted first: how many names have a word, the database guesses badly.
        UUID[] named = jdbc.sql("select id from client where words @@ to_tsquery('simple', ?) limit ?")
                .params(words, fewNames + 1)
                .query(UUID.class)
                .list()
                .toArray(UUID[]::new);
        if (named.length <= fewNames) {
            conditions.add("t.client_id = any (:named)", "named", named);
        } else {
            conditions.add(
                    "(select n.words @@ to_tsquery('simple', :words) from client n where n.id = t.client_id)",
                    "words",
                    words);
        }
    }

    /** Only what is asked for is in the query, so that the database can choose the index for it. */
    private static final class Conditions {

        final Map<String, Object> parameters = new HashMap<>();
        private final List<String> all = new ArrayList<>(List.of("true"));

        String sql() {
            return String.join(" and ", all);
        }

        void add(Search search) {
            add("t.firm_id = :firm", "firm", orNull(search.firm()));
            add("coalesce(t.outcome, 'OPEN') = :outcome", "outcome", orNull(search.outcome()));
            add(
                    "exists (select from audit_entry e where e.case_key = t.key and e.actor = :actor)",
                    "actor",
                    orNull(search.actor()));
            add("t.opened_at >= cast(:from as date)::timestamp at time zone 'UTC'", "from", search.from());
            add("t.opened_at < (cast(:to as date) + 1)::timestamp at time zone 'UTC'", "to", search.to());
            String stop = orNull(search.stop());
            if (stop != null && STOPS.contains(stop)) {
                // As a text in the query: a parameter would keep the database from its index of these alone.
                all.add("exists (select from audit_entry e where e.case_key = t.key and e.what = '%s')"
                        .formatted(stop));
            } else {
                add("t.reason ~ ('(^|,)' || :stop || '(@|,|$)')", "stop", quoted(stop));
            }
            if (search.least() != null || search.most() != null) {
                add("""
                        (exists (select from quote q
                                 where q.takeover_key = t.key and new_monthly_cost(q.content) between :least and :most)
                         or exists (select from commission_payout p
                                    where p.takeover_key = t.key and p.amount between :least and :most))
                        """, "least", search.least() == null ? BigDecimal.ZERO : search.least());
                parameters.put("most", search.most() == null ? MOST : search.most());
            }
            add(
                    "(t.opened_at, t.key) < (select a.opened_at, a.key from takeover a where a.key = :after)",
                    "after",
                    orNull(search.after()));
        }

        void add(String condition, String name, @Nullable Object value) {
            if (value != null) {
                all.add(condition);
                parameters.put(name, value);
            }
        }

        private static @Nullable String quoted(@Nullable String code) {
            return code == null ? null : code.replaceAll("[^A-Za-z0-9_]", "");
        }
    }

    private static @Nullable String orNull(@Nullable String text) {
        return StringUtils.hasText(text) ? text.strip() : null;
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
