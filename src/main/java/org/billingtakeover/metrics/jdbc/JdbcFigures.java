package org.billingtakeover.metrics.jdbc;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.metrics.CountFigures;
import org.billingtakeover.metrics.Figures;
import org.billingtakeover.metrics.Period;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Way;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcFigures implements CountFigures {

    /** The diagrams that a case goes through; those that watch or maintain are none of them. */
    static final List<String> OF_A_CASE = List.of(
            "billing-takeover",
            "agree",
            "ask-client",
            "change-payer",
            "client-takes-over-qbo",
            "stop-integration",
            "deliver-mail");

    private final JdbcClient jdbc;

    JdbcFigures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Figures count(Period period, Instant now) {
        Timestamp since = Timestamp.from(period.since(now));
        return new Figures(
                period,
                now,
                open(),
                closed(since),
                steps(since),
                reminders(since),
                declined(since),
                refused(since),
                billingDates(),
                payouts(since),
                moved(since));
    }

    private Map<Stage, Long> open() {
        Map<Stage, Long> open = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            if (stage != Stage.CLOSED) {
                open.put(stage, 0L);
            }
        }
        jdbc.sql("select stage, count(*) from takeover where stage <> 'CLOSED' group by stage")
                .query(row -> {
                    open.put(Stage.valueOf(row.getString(1)), row.getLong(2));
                });
        return open;
    }

    private Map<Outcome, Long> closed(Timestamp since) {
        Map<Outcome, Long> closed = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            closed.put(outcome, 0L);
        }
        jdbc.sql("select outcome, count(*) from takeover where closed_at >= ? group by outcome")
                .param(since)
                .query(row -> {
                    closed.put(Outcome.valueOf(row.getString(1)), row.getLong(2));
                });
        return closed;
    }

    private List<Figures.Step> steps(Timestamp since) {
        return jdbc.sql("""
                        select * from (
                            select proc_def_key_, act_id_, max(act_name_) as label, count(*) as passes,
                                   percentile_disc(array[0.5, 0.9]) within group (order by duration_) as millis
                            from act_hi_actinst
                            where end_time_ >= :since and proc_def_key_ in (:diagrams)
                              and (act_type_ like '%Task' or act_type_ like 'intermediate%'
                                   or act_type_ in ('callActivity', 'eventBasedGateway'))
                            group by proc_def_key_, act_id_) step
                        order by millis[2] desc, millis[1] desc, proc_def_key_, act_id_
                        """)
                .param("since", since)
                .param("diagrams", OF_A_CASE)
                .query((row, number) -> {
                    Long[] millis = (Long[]) row.getArray("millis").getArray();
                    return new Figures.Step(
                            row.getString("proc_def_key_"),
                            row.getString("act_id_"),
                            row.getString("label"),
                            row.getLong("passes"),
                            Duration.ofMillis(millis[0]),
                            Duration.ofMillis(millis[1]));
                })
                .list();
    }

    private List<Figures.Reminders> reminders(Timestamp since) {
        return jdbc.sql("""
                        select sent, count(*) filter (where answered) as answered, count(*) filter (where not answered) as unanswered
                        from (
                            select r.status <> 'EXPIRED' as answered, (
                                select count(*) from takeover_event e
                                where e.what = 'CLIENT_REMINDED' and e.takeover_key = r.takeover_key and e.detail = r.quote_number) as sent
                            from consent_request r
                            where r.status in ('CONFIRMED', 'DECLINED', 'EXPIRED') and r.asked_at >= ?) asked
                        group by sent order by sent
                        """).param(since).query(Figures.Reminders.class).list();
    }

    private Map<String, Long> declined(Timestamp since) {
        Map<String, Long> declined = new LinkedHashMap<>();
        Figures.DECLINES.forEach(what -> declined.put(what, 0L));
        jdbc.sql("select what, count(*) from takeover_event where what in (:declines) and at >= :since group by what")
                .param("declines", Figures.DECLINES)
                .param("since", since)
                .query(row -> {
                    declined.put(row.getString(1), row.getLong(2));
                });
        return declined;
    }

    private Map<String, Long> refused(Timestamp since) {
        Map<String, Long> refused = new LinkedHashMap<>();
        // A reason may carry the day that cures it.
        jdbc.sql("""
                        select split_part(each, '@', 1) as why, count(*) as times
                        from takeover, string_to_table(reason, ',') as each
                        where outcome = 'NOT_ELIGIBLE' and closed_at >= ?
                        group by why order by times desc, why
                        """).param(since).query(row -> {
            refused.put(row.getString(1), row.getLong(2));
        });
        return refused;
    }

    private List<Figures.BillingDate> billingDates() {
        return jdbc.sql("""
                        select billing_date, count(*) from takeover where stage = 'SCHEDULED'
                        group by billing_date order by billing_date
                        """)
                .query((row, number) -> new Figures.BillingDate(row.getObject(1, LocalDate.class), row.getLong(2)))
                .list();
    }

    private List<Figures.Payouts> payouts(Timestamp since) {
        return jdbc.sql("""
                        select currency, count(*) as times, sum(amount) as total from commission_payout where paid_at >= ?
                        group by currency order by currency
                        """)
                .param(since)
                .query((row, number) -> new Figures.Payouts(
                        row.getLong("times"),
                        new Money(row.getBigDecimal("total"), Currency.getInstance(row.getString("currency")))))
                .list();
    }

    private List<Figures.Moved> moved(Timestamp since) {
        return jdbc.sql("""
                        select c.way, line -> 'total' ->> 'currency' as currency, count(*) as times,
                               sum((line -> 'total' ->> 'amount')::numeric) as monthly
                        from billing_change c
                        join quote q on q.number = c.quote_number,
                        jsonb_path_query(q.content, '$.after[*] ? (@.product == $.moving)') as line
                        where c.switched_at >= ?
                        group by c.way, currency order by c.way, currency
                        """)
                .param(since)
                .query((row, number) -> new Figures.Moved(
                        Way.valueOf(row.getString("way")),
                        row.getLong("times"),
                        new Money(row.getBigDecimal("monthly"), Currency.getInstance(row.getString("currency")))))
                .list();
    }
}
