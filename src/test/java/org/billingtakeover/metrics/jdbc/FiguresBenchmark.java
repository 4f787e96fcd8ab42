package org.billingtakeover.metrics.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.metrics.CountFigures;
import org.billingtakeover.metrics.Period;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** How long counting takes beside 100,000 finished cases of one year: {@code mvn test -Dtest=FiguresBenchmark}. */
@BackOfficeTest
@TestPropertySource(properties = "camunda.bpm.process-engine-name=benchmark")
@DisplayName("Counting")
class FiguresBenchmark {

    private static final int CASES = 100_000;
    private static final int STEPS_OF_A_CASE = 50;
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Accounts accounts;

    @Autowired
    CountFigures count;

    @Autowired
    TestClock clock;

    @Test
    @DisplayName("100,000 finished cases takes seconds, and a period of 30 days less than one")
    void finishedCases() {
        clock.set(NOW);
        Firm firm = SampleAccounts.firm("B1");
        Account account = SampleAccounts.split(firm, "1");
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(account));
        });
        transaction.executeWithoutResult(status -> fill(account));
        for (String table :
                List.of("takeover", "takeover_event", "consent_request", "quote", "billing_change", "act_hi_actinst")) {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("analyze " + table).update());
        }
        for (Period period : Period.values()) {
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                assertThat(count.count(period, NOW).closed()).isNotEmpty();
                System.out.println(period + ": "
                        + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
            }
        }
        System.out.println(jdbc.sql("select pg_size_pretty(pg_total_relation_size('act_hi_actinst'))")
                .query(String.class)
                .single());
    }

    private void fill(Account account) {
        long start = System.nanoTime();
        jdbc.sql("""
                        insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at, outcome, closed_at, quote_number)
                        select 'B-' || n, ?, ?, n::text, 'FIRM_TAKES_TIME', 'CLOSED', 'a', at - interval '20 days', 'FIRM_PAYS_ALL', at, 'Q-B-' || n
                        from generate_series(1, ?) n, lateral (select ?::timestamptz - n * interval '5 minutes' as at) t
                        """)
                .params(account.firm().id().text(), account.client().id(), CASES, Timestamp.from(NOW))
                .update();
        jdbc.sql("""
                        insert into quote (number, takeover_key, made_at, valid_until, content)
                        select quote_number, key, opened_at, opened_at, jsonb_build_object('moving', 'QUICKBOOKS_TIME', 'filling', repeat(md5(key), 30),
                            'after', jsonb_build_array(
                                jsonb_build_object('product', 'QUICKBOOKS_ONLINE', 'total', jsonb_build_object('amount', 90, 'currency', 'CAD')),
                                jsonb_build_object('product', 'QUICKBOOKS_TIME', 'total', jsonb_build_object('amount', 40.25, 'currency', 'CAD'))))
                        from takeover where key like 'B-%'
                        """).update();
        jdbc.sql("""
                        insert into consent_request (id, takeover_key, way, quote_number, name, email, language, last_day, status, asked_at)
                        select gen_random_uuid(), key, way, quote_number, 'x', 'x', 'EN', opened_at, 'CONFIRMED', opened_at
                        from takeover where key like 'B-%'
                        """).update();
        jdbc.sql("""
                        insert into billing_change (takeover_key, way, subscription_id, quote_number, from_payer, to_payer, billing_date, switched_at)
                        select key, way, ?, quote_number, 'CLIENT', 'FIRM', closed_at, closed_at from takeover where key like 'B-%'
                        """).param(account.time().id()).update();
        jdbc.sql("""
                        insert into takeover_event (takeover_key, at, actor, what, detail)
                        select key, opened_at, 'system', case when n = 1 and random() < 0.5 then 'CLIENT_REMINDED' else 'QUOTE_MADE' end, quote_number
                        from takeover, generate_series(1, 10) n where key like 'B-%'
                        """).update();
        jdbc.sql("""
                        insert into act_hi_actinst (id_, proc_def_key_, proc_def_id_, root_proc_inst_id_, proc_inst_id_, execution_id_, act_id_,
                            act_name_, act_type_, start_time_, end_time_, duration_, act_inst_state_, sequence_counter_, tenant_id_, removal_time_)
                        select key || ':' || n, 'billing-takeover', 'billing-takeover:1:abcdef', md5(key), md5(key), md5(key), 'Element_' || n, 'A step ' || n,
                            case when n <= 5 then 'userTask' when n <= 7 then 'callActivity' when n <= 25 then 'serviceTask'
                                 when n <= 40 then 'exclusiveGateway' else 'startEvent' end,
                            opened_at, opened_at + d, extract(epoch from d) * 1000, 4, n, 'B1', opened_at + interval '2 years'
                        from takeover, generate_series(1, ?) n,
                            lateral (select case when n <= 7 then random() * interval '20 days' else random() * interval '50 milliseconds' end as d) t
                        where key like 'B-%'
                        """).param(STEPS_OF_A_CASE).update();
        System.out.println(
                "filled in " + Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s");
    }
}
