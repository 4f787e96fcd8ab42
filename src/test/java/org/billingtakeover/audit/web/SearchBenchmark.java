package org.billingtakeover.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.audit.AuditedCases;
import org.billingtakeover.audit.AuditedCases.Search;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Measures the auditors' list. Runs only when asked for: {@code mvn test -Dtest=SearchBenchmark}. */
@BackOfficeTest
@DisplayName("The auditors' list")
class SearchBenchmark {

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AuditedCases cases;

    @Autowired
    TransactionTemplate transaction;

    @Test
    @DisplayName("answers within a second with 100,000 cases and 1,000,000 entries")
    void answers() {
        transaction.executeWithoutResult(status -> fill());
        for (String table : List.of("client", "takeover", "quote", "commission_payout", "audit_entry")) {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("analyze " + table).update());
        }
        Search all = search(null, null, null, null, null, null, null, null);
        Map<String, Search> searches = new LinkedHashMap<>();
        searches.put("first page", all);
        searches.put("one firm", search(null, "B-77", null, null, null, null, null, null));
        searches.put("one case", search("TKO-1990-50000", null, null, null, null, null, null, null));
        searches.put("two words", search("Boulangerie 4711", null, null, null, null, null, null, null));
        searches.put("a word of every name", search("client", null, null, null, null, null, null, null));
        searches.put("a word of no name", search("nobody", null, null, null, null, null, null, null));
        searches.put("an outcome", search(null, null, "WITHDRAWN", null, null, null, null, null));
        searches.put("somebody who did little", search(null, null, null, "rare", null, null, null, null));
        searches.put("somebody who did much", search(null, null, null, "system", null, null, null, null));
        searches.put("nobody of that name", search(null, null, null, "nemo", null, null, null, null));
        searches.put("a stop", search(null, null, null, null, "CLIENT_DECLINED", null, null, null));
        searches.put("a reason", search(null, null, null, null, "OTHER_REGION", null, null, null));
        searches.put("a reason of none", search(null, null, null, null, "TIME_SUSPENDED", null, null, null));
        searches.put("amounts", search(null, null, null, null, null, "100.00", "100.99", null));
        searches.put("amounts of none", search(null, null, null, null, null, "77777", "77778", null));
        searches.put("most amounts", search(null, null, null, null, null, "1", null, null));
        searches.put("page 1000", search(null, null, null, null, null, null, null, "TKO-1990-50000"));
        searches.put(
                "everything at once",
                search("client", "B-77", "WITHDRAWN", "system", "CLIENT_DECLINED", "1", "500", null));
        searches.forEach((name, search) -> {
            cases.find(search, 51);
            long start = System.nanoTime();
            int found = cases.find(search, 51).size();
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("%-26s %3d found in %4d ms%n", name, found, time.toMillis());
            assertThat(time).as(name).isLessThan(Duration.ofSeconds(1));
        });
    }

    private static Search search(
            @Nullable String text,
            @Nullable String firm,
            @Nullable String outcome,
            @Nullable String actor,
            @Nullable String stop,
            @Nullable String least,
            @Nullable String most,
            @Nullable String after) {
        return new Search(
                text,
                firm,
                outcome,
                actor,
                LocalDate.of(1990, 1, 1),
                LocalDate.of(1999, 12, 31),
                stop,
                least == null ? null : new BigDecimal(least),
                most == null ? null : new BigDecimal(most),
                after);
    }

    private void fill() {
        jdbc.sql("""
                insert into firm
                select 'B-' || i, 'Firm ' || i, 'b@example.com', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', true, true, 20
                from generate_series(0, 499) i
                """).update();
        jdbc.sql("""
                insert into client
                select gen_random_uuid(), 'B-' || i % 500, i, 'Client ' || (array['Boulangerie', 'Café', 'Atelier'])[i % 3 + 1] || ' ' || i,
                       'A', 'a@example.com', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', 'ACTIVE', null
                from generate_series(1, 100000) i
                """).update();
        jdbc.sql("""
                insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at, outcome, reason, closed_at)
                select 'TKO-1990-' || c.company_id, c.firm_id, c.id, c.company_id, 'FIRM_TAKES_TIME', 'CLOSED', 'alice',
                       timestamptz '1990-01-01Z' + c.company_id::int * interval '30 minutes',
                       (array['FIRM_PAYS_ALL', 'NOT_ELIGIBLE', 'INTEGRATION_STOPPED', 'WITHDRAWN'])[c.company_id::int % 4 + 1],
                       case when c.company_id::int % 4 = 1 then 'OTHER_REGION,ANNUAL_TOO_EARLY@1991-01-01' end,
                       timestamptz '1990-02-01Z' + c.company_id::int * interval '30 minutes'
                from client c where c.firm_id like 'B-%'
                """).update();
        jdbc.sql("""
                insert into quote
                select 'B' || key, key, opened_at, opened_at, jsonb_build_object('newPayer', 'FIRM', 'after', jsonb_build_array(
                    jsonb_build_object('payer', 'FIRM', 'total', jsonb_build_object('amount', (company_id::int % 40000) / 100.0)),
                    jsonb_build_object('payer', 'FIRM', 'total', jsonb_build_object('amount', 50.25)))) from takeover where key like 'TKO-1990-%'
                """).update();
        jdbc.sql("""
                insert into commission_payout
                select gen_random_uuid(), firm_id, key, company_id::int % 300 + 1, 'CAD', closed_at from takeover
                where key like 'TKO-1990-%' and company_id::int % 5 = 0
                """).update();
        jdbc.sql("""
                insert into audit_entry
                select t.key, n, t.opened_at + n * interval '1 day',
                       case when n = 3 and t.company_id = '4711' then 'rare' when n < 3 then 'alice' else 'system' end,
                       case when n = 5 and t.company_id::int % 20 = 0 then 'CLIENT_DECLINED' else 'STEPS' end,
                       repeat('{"actor":"system","what":"STEPS"}', 20), decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')
                from takeover t, generate_series(1, 10) n where t.key like 'TKO-1990-%'
                """).update();
    }
}
