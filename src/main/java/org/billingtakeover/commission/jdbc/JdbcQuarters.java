package org.billingtakeover.commission.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Quarter;
import org.billingtakeover.commission.Quarters;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcQuarters implements Quarters {

    /** What a list took back after the quarter's end counts at once, so that nobody is paid it. */
    private static final String PAYABLE = """
            e.firm_id = f.id and e.currency = f.currency and e.payout_id is null and (e.day <= :lastDay or e.amount < 0)
            """;

    private final JdbcClient jdbc;

    JdbcQuarters(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Next> next() {
        return jdbc.sql("select firm_id, settled_to from commission_account order by settled_to, firm_id")
                .query((row, number) -> new Next(
                        new FirmId(row.getString(1)),
                        Quarter.of(row.getObject(2, LocalDate.class).plusDays(1))))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Money> lockPayable(FirmId firm, Quarter quarter) {
        return jdbc.sql(
                        "select firm_id from commission_account where firm_id = :firm and settled_to < :lastDay for update")
                .param("firm", firm.text())
                .param("lastDay", quarter.lastDay())
                .query(String.class)
                .optional()
                .map(locked -> payable(firm, quarter));
    }

    private Money payable(FirmId firm, Quarter quarter) {
        return jdbc.sql("""
                        select coalesce(sum(e.amount), 0) as amount, f.currency
                        from firm f left join commission_entry e on %s
                        where f.id = :firm group by f.currency
                        """.formatted(PAYABLE))
                .param("firm", firm.text())
                .param("lastDay", quarter.lastDay())
                .query((row, number) -> Columns.money(row, "amount"))
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public CommissionPayout pay(FirmId firm, Quarter quarter, Instant now) {
        jdbc.sql("""
                        with due as (
                            select e.id, e.firm_id, e.amount, e.currency
                            from firm f join commission_entry e on %s
                            where f.id = :firm
                        ), payout as (
                            insert into commission_payout (id, firm_id, quarter, amount, currency, paid_at)
                            select :id, firm_id, :quarter, sum(amount), currency, :now from due group by firm_id, currency
                            returning id
                        )
                        update commission_entry e set payout_id = payout.id from payout, due where e.id = due.id
                        """.formatted(PAYABLE))
                .param("firm", firm.text())
                .param("lastDay", quarter.lastDay())
                .param("id", UUID.randomUUID())
                .param("quarter", quarter.text())
                .param("now", Timestamp.from(now))
                .update();
        return jdbc.sql("select * from commission_payout where firm_id = ? and quarter = ?")
                .params(firm.text(), quarter.text())
                .query((row, number) -> Columns.payout(row))
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void settled(Settled settled) {
        jdbc.sql("""
                        insert into commission_quarter (firm_id, quarter, balance, threshold, currency, settled_at, payout_id)
                        values (:firm, :quarter, :balance, :threshold, :currency, :at,
                            (select id from commission_payout where firm_id = :firm and quarter = :quarter))
                        """)
                .param("firm", settled.firmId().text())
                .param("quarter", settled.quarter().text())
                .param("balance", settled.balance().amount())
                .param("threshold", settled.threshold().amount())
                .param("currency", settled.balance().currency().getCurrencyCode())
                .param("at", Timestamp.from(settled.at()))
                .update();
        jdbc.sql("update commission_account set settled_to = ? where firm_id = ?")
                .params(settled.quarter().lastDay(), settled.firmId().text())
                .update();
    }

    @Override
    public List<Settled> of(FirmId firm) {
        return jdbc.sql("""
                        select q.firm_id, q.quarter, q.balance, q.threshold, q.currency, q.settled_at, p.id, p.amount, p.paid_at,
                            p.takeover_key
                        from commission_quarter q left join commission_payout p on p.id = q.payout_id
                        where q.firm_id = ? order by q.quarter
                        """)
                .param(firm.text())
                .query((row, number) -> new Settled(
                        firm,
                        Quarter.of(row.getString("quarter")),
                        Columns.money(row, "balance"),
                        Columns.money(row, "threshold"),
                        row.getTimestamp("settled_at").toInstant(),
                        row.getObject("id") == null ? null : Columns.payout(row)))
                .list();
    }
}
