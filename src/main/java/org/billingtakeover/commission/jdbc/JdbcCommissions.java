package org.billingtakeover.commission.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcCommissions implements Commissions {

    private final JdbcClient jdbc;
    private final Accounts accounts;

    JdbcCommissions(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    @Override
    public Money balance(FirmId firmId) {
        return jdbc.sql("""
                        select coalesce(sum(e.amount), 0), f.currency
                        from firm f
                        left join commission_entry e
                            on e.firm_id = f.id and e.currency = f.currency and e.payout_id is null
                        where f.id = ?
                        group by f.currency
                        """)
                .param(firmId.text())
                .query((row, number) -> money(row, 1, 2))
                .single();
    }

    @Override
    @Transactional
    public void accrue(FirmId firmId, Subscription subscription, Money share, LocalDate day) {
        if (subscription.payer() == Payer.FIRM) {
            return;
        }
        Currency currency = accounts.firm(firmId).currency();
        if (!share.currency().equals(currency)) {
            throw new IllegalArgumentException("Firm " + firmId + " is paid its commissions in " + currency
                    + ", so a share in " + share.currency() + " cannot be added to its balance.");
        }
        jdbc.sql("""
                        insert into commission_entry (id, firm_id, subscription_id, amount, currency, day)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (subscription_id, day) do nothing
                        """)
                .params(
                        UUID.randomUUID(),
                        firmId.text(),
                        subscription.id(),
                        share.amount(),
                        currency.getCurrencyCode(),
                        day)
                .update();
    }

    @Override
    @Transactional
    public Optional<CommissionPayout> payWholeBalance(FirmId firmId, TakeoverKey takeover, Instant now) {
        pay(firmId, takeover, now);
        return paidFor(takeover);
    }

    /** In one statement, so that what is summed up is what is marked; a take-over settling meanwhile waits for the locks, taken in one order. */
    private void pay(FirmId firmId, TakeoverKey takeover, Instant now) {
        jdbc.sql("""
                        with due as (
                            select e.id, e.firm_id, e.amount, e.currency
                            from commission_entry e join firm f on f.id = e.firm_id and f.currency = e.currency
                            where e.firm_id = ? and e.payout_id is null
                            order by e.id
                            for update of e
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
                .params(firmId.text(), UUID.randomUUID(), takeover.text(), Timestamp.from(now))
                .update();
    }

    @Override
    public Optional<CommissionPayout> paidFor(TakeoverKey takeover) {
        return jdbc.sql("select firm_id, amount, currency, paid_at from commission_payout where takeover_key = ?")
                .param(takeover.text())
                .query((row, number) -> new CommissionPayout(
                        new FirmId(row.getString(1)),
                        takeover,
                        money(row, 2, 3),
                        row.getTimestamp(4).toInstant()))
                .optional();
    }

    private static Money money(ResultSet row, int amount, int currency) throws SQLException {
        return new Money(row.getBigDecimal(amount), Currency.getInstance(row.getString(currency)));
    }
}
