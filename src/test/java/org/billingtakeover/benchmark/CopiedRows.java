package org.billingtakeover.benchmark;

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

/**
 * The rows of one case, written again for each row of the temporary table {@code copy} under that copy's names, ids and days, with trails
 * whose hashes hold. Of {@code copy} this uses {@code n}, {@code key}, {@code h} (twelve digits by which ids differ), {@code digests} (an
 * empty array, filled by {@link #people}), {@code days} where days are copied, and whatever the names refer to.
 */
public final class CopiedRows {

    private final JdbcClient jdbc;
    private final String key;
    private final Map<String, String> names;
    private final Pattern known;
    private final Set<String> shared;

    /**
     * @param names what the case calls something, and the SQL expression that its copies have instead; numbers of quotes and digests of
     *     what is said of people are added
     * @param others patterns of the ids and days that are its own as well
     * @param shared ids that these patterns find, and that belong to all cases
     */
    public CopiedRows(
            JdbcClient jdbc, String key, Map<String, String> names, Stream<String> others, Set<String> shared) {
        this.jdbc = jdbc;
        this.key = key;
        this.names = new TreeMap<>(names);
        this.shared = shared;
        texts("select number from quote where takeover_key = ?")
                .forEach(number -> this.names.put(number, "'" + number + "-' || c.n"));
        int digest = 1;
        for (String hex : digests()) {
            this.names.put(hex, "c.digests[" + digest++ + "]");
        }
        known = Pattern.compile(Stream.concat(this.names.keySet().stream().map(Pattern::quote), others)
                .collect(Collectors.joining("|")));
    }

    /** The same people under other salts, so under other digests. */
    public void people() {
        List<String> digests = digests();
        for (int i = 1; i <= digests.size(); i++) {
            List<Object> parameters = new ArrayList<>();
            String value = jdbc.sql("select value from audit_personal where digest = decode(?, 'hex')")
                    .param(digests.get(i - 1))
                    .query(String.class)
                    .single();
            String copied = copied(value, parameters);
            jdbc.sql("""
                            with person as (
                                select c.key, decode(md5('%d ' || c.n), 'hex') as salt, %s as value from copy c)
                            insert into audit_personal (digest, case_key, salt, value)
                            select sha256(salt || convert_to(value, 'UTF8')), key, salt, value from person
                            """.formatted(i, copied)).params(parameters).update();
            jdbc.sql("""
                            update copy c set digests = digests || encode(sha256(
                                decode(md5('%d ' || c.n), 'hex') || convert_to(%s, 'UTF8')), 'hex')
                            """.formatted(i, copied)).params(parameters).update();
        }
    }

    /** @param row as JSON */
    public void copy(String table, String row) {
        String columns =
                String.join(", ", jdbc.sql("""
                        select column_name from information_schema.columns where table_schema = current_schema()
                        and table_name = ? and is_generated = 'NEVER'""").param(table).query(String.class).list());
        List<Object> parameters = new ArrayList<>();
        String copied = copied(row, parameters);
        jdbc.sql("insert into " + table + " (" + columns + ") overriding user value select " + columns
                        + " from (select r.* from copy c, lateral jsonb_populate_record(null::" + table + ", (" + copied
                        + ")::jsonb) r) copies")
                .params(parameters)
                .update();
    }

    /** What the trail has of the case; what the product's own chain has is not copied: that chain is one. */
    public void trail() {
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
            } else if (found.length() == "2026-03-02".length()) {
                expression.append("to_char(date '").append(found).append("' - c.days, 'YYYY-MM-DD')");
            } else {
                literal(found.substring(0, found.length() - 12), expression, parameters);
                expression.append("c.h");
            }
            expression.append(" || ");
            end = part.end();
        }
        parameters.add(text.substring(end));
        return expression.append("?::text").toString();
    }

    private static void literal(String text, StringBuilder expression, List<Object> parameters) {
        expression.append("?::text || ");
        parameters.add(text);
    }

    private List<String> digests() {
        return texts("select encode(digest, 'hex') from audit_personal where case_key = ? order by 1");
    }

    /** @param sql asks for texts of the case by its key */
    public List<String> texts(String sql) {
        return jdbc.sql(sql).param(key).query(String.class).list();
    }
}
