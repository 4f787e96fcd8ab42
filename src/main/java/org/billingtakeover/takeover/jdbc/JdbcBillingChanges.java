package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.Way;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBillingChanges implements BillingChange.Changes {

    private final JdbcClient jdbc;

    private final ApplicationEventPublisher publisher;

    JdbcBillingChanges(JdbcClient jdbc, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    @Override
    public void add(BillingChange change) {
        jdbc.sql("""
                        insert into billing_change (takeover_key, way, subscription_id, quote_number, from_payer, to_payer,
                            billing_date, switched_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        change.takeoverKey(),
                        change.way().name(),
                        change.subscriptionId(),
                        change.quoteNumber(),
                        change.from().name(),
                        change.to().name(),
                        change.billingDate(),
                        Timestamp.from(change.switchedAt()))
                .update();
        publisher.publishEvent(change);
    }

    @Override
    public Optional<BillingChange> of(String takeoverKey) {
        return jdbc.sql("select * from billing_change where takeover_key = ?")
                .param(takeoverKey)
                .query((row, number) -> new BillingChange(
                        row.getString("takeover_key"),
                        Way.valueOf(row.getString("way")),
                        row.getObject("subscription_id", UUID.class),
                        row.getString("quote_number"),
                        Payer.valueOf(row.getString("from_payer")),
                        Payer.valueOf(row.getString("to_payer")),
                        row.getObject("billing_date", LocalDate.class),
                        row.getTimestamp("switched_at").toInstant()))
                .optional();
    }
}
