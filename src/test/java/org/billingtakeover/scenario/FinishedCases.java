package org.billingtakeover.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        for (int done = 0; done < count; done += TOGETHER) {
            int from = first + done;
            int to = first + Math.min(done + TOGETHER, count) - 1;
            transaction.executeWithoutResult(status -> new Copies(key, from, to).make());
        }
    }

    private final class Copies {

        private final String key;
        private final int from;
        private final int to;
        private final Pattern known;
        private final Map<String, String> names = new TreeMap<>();
        private final Set<String> shared;

        Copies(String key, int from, int to) {
            this.key = key;
            this.from = from;
            this.to = to;
            Map<String, Object> original = jdbc.sql("""
                            select t.firm_id, t.company_id, c.name
                            from takeover t join client c on c.id = t.client_id where t.key = ?""").param(key).query().singleRow();
            names.put(key, "c.key");
            names.put((String) original.get("firm_id"), "c.firm");
            names.put((String) original.get("company_id"), "c.h");
            names.put((String) original.get("name"), "c.name");
            texts("select number from quote where takeover_key = ?")
                    .forEach(number -> names.put(number, "'" + number + "-' || c.n"));
            int digest = 1;
            for (String hex : digests()) {
                names.put(hex, "c.digests[" + digest++ + "]");
            }
            // What is deployed belongs to all cases.
            shared = jdbc
                    .sql("select id_ from act_re_procdef union select id_ from act_re_deployment")
                    .query(String.class)
                    .list()
                    .stream()
                    .map(id -> id.substring(id.lastIndexOf(':') + 1))
                    .collect(Collectors.toSet());
            known = Pattern.compile(
                    Stream.concat(names.keySet().stream().map(Pattern::quote), Stream.of(UUID, "2026-\\d\\d-\\d\\d"))
                            .collect(Collectors.joining("|")));
        }

        void make() {
            jdbc.sql("set local time zone 'UTC'").update();
            jdbc.sql("""
                            create temporary table copy on commit drop as
                            select n, 'TKO-2025-' || lpad(n::text, 6, '0') as key, lpad(to_hex(n), 12, '0') as h,
                                   'Client ' || n as name, (cast(? as text[]))[1 + n % ?] as firm, n % ? as days,
                                   cast(? as text[]) as digests
                            from generate_series(?, ?) n""")
                    .params(firms.toArray(String[]::new), firms.size(), DAYS, new String[0], from, to)
                    .update();
            people();
            rows("client", "id = (select client_id from takeover where key = ?)");
            rows("subscription", "client_id = (select client_id from takeover where key = ?)");
            rows("payer_period", "company_id = (select company_id from takeover where key = ?)");
            rows("takeover", "key = ?");
            for (String table : List.of(
                    "quote", "consent_request", "billing_change", "takeover_event", "commission_payout", "mail")) {
                rows(table, "takeover_key = ?");
            }
            for (String table : List.of("act_hi_procinst", "act_hi_actinst", "act_hi_taskinst")) {
                rows(
                        table,
                        "root_proc_inst_id_ in (select proc_inst_id_ from act_hi_procinst where business_key_ = ?)");
            }
            trail();
        }

        /** The same people under other salts, so under other digests. */
        private void people() {
            List<String> digests = digests();
            for (int i = 1; i <= digests.size(); i++) {
                jdbc.sql("""
                                insert into audit_personal (digest, case_key, salt, value)
                                select sha256(s.salt || convert_to(p.value, 'UTF8')), c.key, s.salt, p.value
                                from copy c, audit_personal p, lateral (select decode(md5(? || ' ' || c.n), 'hex') as salt) s
                                where p.digest = decode(?, 'hex')""").params(i, digests.get(i - 1)).update();
                jdbc.sql("""
                                update copy c set digests = digests || encode(sha256(
                                    decode(md5(? || ' ' || c.n), 'hex') || convert_to(p.value, 'UTF8')), 'hex')
                                from audit_personal p where p.digest = decode(?, 'hex')""").params(i, digests.get(i - 1)).update();
            }
        }

        private void rows(String table, String ofTheCase) {
            String columns = String.join(
                    ", ", jdbc.sql("""
                                    select column_name from information_schema.columns where table_schema = current_schema()
                                    and table_name = ? and is_generated = 'NEVER'""").param(table).query(String.class).list());
            for (String row : texts("select to_jsonb(t)::text from " + table + " t where " + ofTheCase)) {
                List<Object> parameters = new ArrayList<>();
                String copied = copied(row, parameters);
                jdbc.sql("insert into " + table + " (" + columns + ") overriding user value select " + columns + " from"
                                + " (select r.* from copy c,"
                                + " lateral jsonb_populate_record(null::" + table + ", (" + copied
                                + ")::jsonb) r) copies")
                        .params(parameters)
                        .update();
            }
        }

        private void trail() {
            List<Map<String, Object>> entries = jdbc.sql(
                            "select number, to_jsonb(at)#>>'{}' as at, actor, what, document from audit_entry where case_key = ? order by number")
                    .param(key)
                    .query()
                    .listOfRows();
            for (Map<String, Object> entry : entries) {
                List<Object> parameters = new ArrayList<>();
                parameters.add(entry.get("number"));
                String at = copied((String) entry.get("at"), parameters);
                parameters.add(entry.get("actor"));
                parameters.add(entry.get("what"));
                String document = copied((String) entry.get("document"), parameters);
                parameters.add(entry.get("number"));
                jdbc.sql("""
                                insert into audit_entry (case_key, number, at, actor, what, document, previous, hash)
                                select f.key, f.number, f.at, f.actor, f.what, f.document, f.previous,
                                       sha256(f.previous || convert_to(f.document, 'UTF8'))
                                from (select c.key, ?::int as number, (%s)::timestamptz as at, ?::text as actor, ?::text as what,
                                             %s as document, coalesce(p.hash, decode(repeat('00', 32), 'hex')) as previous
                                      from copy c left join audit_entry p on p.case_key = c.key and p.number = ? - 1) f""".formatted(at, document)).params(parameters).update();
            }
            jdbc.sql("""
                            insert into audit_chain
                            select e.case_key, e.number, e.hash, 0 from audit_entry e join copy c on c.key = e.case_key
                            where e.number = ?""").param(entries.size()).update();
        }

        /** An SQL expression for the text as it reads in a copy. */
        private String copied(String text, List<Object> parameters) {
            StringBuilder expression = new StringBuilder();
            Matcher part = known.matcher(text);
            int end = 0;
            while (part.find()) {
                String found = part.group();
                if (shared.contains(found)) {
                    continue;
                }
                literal(text.substring(end, part.start()), expression, parameters);
                if (names.containsKey(found)) {
                    expression.append(names.get(found));
                } else if (found.length() == 10) {
                    expression.append("to_char(date '").append(found).append("' - c.days, 'YYYY-MM-DD')");
                } else {
                    literal(found.substring(0, 24), expression, parameters);
                    expression.append("c.h");
                }
                expression.append(" || ");
                end = part.end();
            }
            parameters.add(text.substring(end));
            return expression.append("?::text").toString();
        }

        private void literal(String text, StringBuilder expression, List<Object> parameters) {
            expression.append("?::text || ");
            parameters.add(text);
        }

        private List<String> digests() {
            return texts("select encode(digest, 'hex') from audit_personal where case_key = ? order by 1");
        }

        private List<String> texts(String sql) {
            return jdbc.sql(sql).param(key).query(String.class).list();
        }
    }
}
