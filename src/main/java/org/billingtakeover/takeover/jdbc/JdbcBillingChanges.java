package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.Way;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBillingChanges implements BillingChange.Changes {

    private final JdbcClient jdbc;

    JdbcBillingChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(BillingChange change) {
        jdbc.sql("""
                        insert into billing_change (takeover_key, way, subscription_id, quote_number, from_payer, to_payer,
                            billing_date, switched_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        change.takeover().text(),
                        change.way().name(),
                        change.subscription(),
                        change.quote().text(),
                        change.from().name(),
                        change.to().name(),
                        change.billingDate(),
                        Timestamp.from(change.switchedAt()))
                .update();
    }

    @Override
    public Optional<BillingChange> of(TakeoverKey takeover) {
        return jdbc.sql("select * from billing_change where takeover_key = ?")
                .param(takeover.text())
                .query((row, number) -> new BillingChange(
                        takeover,
                        Way.valueOf(row.getString("way")),
                        row.getObject("subscription_id", UUID.class),
                        new QuoteNumber(row.getString("quote_number")),
                        Payer.valueOf(row.getString("from_payer")),
                        Payer.valueOf(row.getString("to_payer")),
                        row.getObject("billing_date", LocalDate.class),
                        row.getTimestamp("switched_at").toInstant()))
                .optional();
    }
}
