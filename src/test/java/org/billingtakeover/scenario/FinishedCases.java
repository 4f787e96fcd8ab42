package org.billingtakeover.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.benchmark.CopiedRows;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes many finished cases out of one that the product really carried out: the same rows under other keys, clients, firms and days, with
 * trails whose hashes hold.
 */
final class FinishedCases {

    /** Copies are spread over so many days before the original. */
    private static final int DAYS = 360;

    private static final int TOGETHER = 10_000;
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final List<String> firms;

    FinishedCases(JdbcClient jdbc, TransactionTemplate transaction, List<String> firms) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.firms = firms;
    }

    /** Copies of {@code key}, numbered from {@code first}; numbers must not be used twice. */
    void copy(String key, int first, int count) {
        CopiedRows copied = rowsOf(key);
        for (int done = 0; done < count; done += TOGETHER) {
            int from = first + done;
            int to = first + Math.min(done + TOGETHER, count) - 1;
            transaction.executeWithoutResult(status -> make(copied, from, to));
        }
    }

    /** Copies with the numbers from {@code from} to {@code to}. */
    private void make(CopiedRows copied, int from, int to) {
        jdbc.sql("set local time zone 'UTC'").update();
        // As a restore does: rows that belong together come one after the other.
        jdbc.sql("set local session_replication_role = replica").update();
        jdbc.sql("""
                        create temporary table copy on commit drop as
                        select n, 'TKO-2025-' || lpad(n::text, 6, '0') as key, lpad(to_hex(n), 12, '0') as h,
                               'Client ' || n as name, (cast(? as text[]))[1 + n % ?] as firm, n % ? as days,
                               cast(? as text[]) as digests
                        from generate_series(?, ?) n""")
                .params(firms.toArray(String[]::new), firms.size(), DAYS, new String[0], from, to)
                .update();
        copied.people();
        rows(copied, "client", "id = (select client_id from takeover where key = ?)");
        rows(copied, "subscription", "client_id = (select client_id from takeover where key = ?)");
        rows(copied, "payer_period", "company_id = (select company_id from takeover where key = ?)");
        rows(copied, "takeover", "key = ?");
        for (String table :
                List.of("quote", "consent_request", "billing_change", "takeover_event", "commission_payout", "mail")) {
            rows(copied, table, "takeover_key = ?");
        }
        for (String table : List.of("act_hi_procinst", "act_hi_actinst", "act_hi_taskinst")) {
            rows(
                    copied,
                    table,
                    "root_proc_inst_id_ in (select proc_inst_id_ from act_hi_procinst where business_key_ = ?)");
        }
        copied.trail();
    }

    private static void rows(CopiedRows copied, String table, String ofTheCase) {
        copied.texts("select to_jsonb(t)::text from " + table + " t where " + ofTheCase)
                .forEach(row -> copied.copy(table, row));
    }

    private CopiedRows rowsOf(String key) {
        Map<String, Object> original = jdbc.sql("""
                        select t.firm_id, t.company_id, c.name
                        from takeover t join client c on c.id = t.client_id where t.key = ?""").param(key).query().singleRow();
        // What is deployed belongs to all cases.
        Set<String> shared = jdbc
                .sql("select id_ from act_re_procdef union select id_ from act_re_deployment")
                .query(String.class)
                .list()
                .stream()
                .map(id -> id.substring(id.lastIndexOf(':') + 1))
                .collect(Collectors.toSet());
        return new CopiedRows(
                jdbc,
                key,
                Map.of(
                        key,
                        "c.key",
                        (String) original.get("firm_id"),
                        "c.firm",
                        (String) original.get("company_id"),
                        "c.h",
                        (String) original.get("name"),
                        "c.name"),
                Stream.of(UUID, "2026-\\d\\d-\\d\\d"),
                shared);
    }
}
