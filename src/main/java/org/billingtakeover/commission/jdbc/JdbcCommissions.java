package org.billingtakeover.commission.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.billingtakeover.commission.ClientBill;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.Quarter;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcCommissions implements Commissions {

    private final JdbcClient jdbc;

    JdbcCommissions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Money> balance(FirmId firm) {
        return jdbc.sql("""
                        select coalesce(sum(e.amount), 0) as amount, f.currency
                        from commission_account a
                        join firm f on f.id = a.firm_id
                        left join commission_entry e
                            on e.firm_id = f.id and e.currency = f.currency and e.payout_id is null
                        where a.firm_id = ?
                        group by f.currency
                        """)
                .param(firm.text())
                .query((row, number) -> Columns.money(row, "amount"))
                .optional();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(FirmId firm, LocalDate from) {
        jdbc.sql("insert into commission_account (firm_id, settled_to) values (?, ?) on conflict do nothing")
                .params(firm.text(), Quarter.of(from).firstDay().minusDays(1))
                .update();
        jdbc.sql("select firm_id from commission_account where firm_id = ? for update")
                .param(firm.text())
                .query(String.class)
                .single();
    }

    @Override
    public Map<UUID, Source> sources(Collection<UUID> subscriptions) {
        Map<UUID, Source> sources = new HashMap<>();
        jdbc.sql("""
                        select i.id, s.listed_as_of, s.ended_on,
                            (select min(day) from commission_entry where subscription_id = i.id and bill is not null) as billed
                        from unnest(?) as i (id) left join commission_source s on s.subscription_id = i.id
                        """).param(subscriptions.toArray(UUID[]::new)).query(row -> {
            sources.put(
                    row.getObject("id", UUID.class),
                    new Source(date(row, "listed_as_of"), date(row, "billed"), date(row, "ended_on")));
        });
        return sources;
    }

    @Override
    public Map<UUID, Money> unpaid(FirmId firm, Collection<UUID> subscriptions) {
        return jdbc
                .sql("""
                        select i.id as subscription_id, e.amount, e.currency from unnest(?) as i (id), lateral (
                            select sum(amount) as amount, currency from commission_entry
                            where firm_id = ? and subscription_id = i.id and payout_id is null group by currency) e
                        """)
                .params(subscriptions.toArray(UUID[]::new), firm.text())
                .query((row, number) ->
                        Map.entry(row.getObject("subscription_id", UUID.class), Columns.money(row, "amount")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean add(ClientBill bill, BigDecimal percent, Money share) {
        return jdbc.sql("""
                                insert into commission_entry
                                    (id, firm_id, subscription_id, amount, currency, day, bill, base, percent)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (subscription_id, bill) where bill is not null do nothing
                                """)
                        .params(
                                UUID.randomUUID(),
                                bill.firmId().text(),
                                bill.subscription().id(),
                                share.amount(),
                                share.currency().getCurrencyCode(),
                                bill.day(),
                                bill.bill(),
                                bill.net().amount(),
                                percent)
                        .update()
                == 1;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void add(FirmId firm, Map<UUID, Money> differences, LocalDate asOf) {
        jdbc.sql("""
                        insert into commission_source (subscription_id, listed_as_of) select id, ? from unnest(?) as s (id)
                        on conflict (subscription_id) do update set listed_as_of = excluded.listed_as_of
                        where commission_source.listed_as_of is distinct from excluded.listed_as_of
                        """).params(asOf, differences.keySet().toArray(UUID[]::new)).update();
        List<Map.Entry<UUID, Money>> some = differences.entrySet().stream()
                .filter(each -> each.getValue().amount().signum() != 0)
                .toList();
        jdbc.sql("""
                        insert into commission_entry (id, firm_id, subscription_id, amount, currency, day)
                        select gen_random_uuid(), ?, d.subscription, d.amount, d.currency, ?
                        from unnest(?, ?, ?) as d (subscription, amount, currency)
                        on conflict (subscription_id, day) where bill is null
                            do update set amount = commission_entry.amount + excluded.amount
                        """)
                .params(
                        firm.text(),
                        asOf,
                        some.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
                        some.stream().map(each -> each.getValue().amount()).toArray(BigDecimal[]::new),
                        some.stream()
                                .map(each -> each.getValue().currency().getCurrencyCode())
                                .toArray(String[]::new))
                .update();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void end(UUID subscription, LocalDate from) {
        jdbc.sql("""
                        insert into commission_source (subscription_id, ended_on) values (?, ?)
                        on conflict (subscription_id)
                            do update set ended_on = least(commission_source.ended_on, excluded.ended_on)
                        """).params(subscription, from).update();
    }

    @Override
    public Optional<LocalDate> lastPaidOn(FirmId firm) {
        return jdbc.sql("""
                        select (max(p.paid_at) at time zone f.time_zone)::date as day
                        from commission_payout p join firm f on f.id = p.firm_id
                        where p.firm_id = ? group by f.time_zone
                        """).param(firm.text()).query(LocalDate.class).optional();
    }

    @Override
    @Transactional
    public Optional<CommissionPayout> payWholeBalance(FirmId firm, TakeoverKey takeover, Instant now) {
        jdbc.sql("select firm_id from commission_account where firm_id = ? for update")
                .param(firm.text())
                .query(String.class)
                .optional()
                .ifPresent(known -> pay(firm, takeover, now));
        return paidFor(takeover);
    }

    /** In one statement, so that what is summed up is what is marked. */
    private void pay(FirmId firm, TakeoverKey takeover, Instant now) {
        jdbc.sql("""
                        with due as (
                            select e.id, e.firm_id, e.amount, e.currency
                            from commission_entry e join firm f on f.id = e.firm_id and f.currency = e.currency
                            where e.firm_id = ? and e.payout_id is null
                        ), payout as (
                            insert into commission_payout (id, firm_id, takeover_key, amount, currency, paid_at)
                            select ?, firm_id, ?, sum(amount), currency, ? from due
                            group by firm_id, currency
                            having sum(amount) > 0
                            on conflict (takeover_key) do nothing
                            returning id
                        )
                        update commission_entry e set payout_id = payout.id from payout, due where e.id = due.id
                        """)
                .params(firm.text(), UUID.randomUUID(), takeover.text(), Timestamp.from(now))
                .update();
    }

    @Override
    public Optional<CommissionPayout> paidFor(TakeoverKey takeover) {
        return jdbc.sql("select * from commission_payout where takeover_key = ?")
                .param(takeover.text())
                .query((row, number) -> Columns.payout(row))
                .optional();
    }

    private static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }
}
