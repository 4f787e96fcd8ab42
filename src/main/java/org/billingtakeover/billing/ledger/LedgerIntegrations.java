package org.billingtakeover.billing.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The integrations of the embedded ledger: what is ordered is done at once, and never twice. */
@Repository("integrationLedger")
class LedgerIntegrations implements IntegrationPlatform {

    private final JdbcClient jdbc;
    private final Clock clock;

    LedgerIntegrations(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing order(Order order) {
        return first(order, Standing.DONE);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing withdraw(Order order) {
        return first(order, Standing.WITHDRAWN);
    }

    /** Whatever came first of a key stays. */
    private Standing first(Order order, Standing standing) {
        jdbc.sql("""
                        insert into ledger_integration (key, company_id, status, as_of, standing, at) values (?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """)
                .params(
                        order.key().text(),
                        order.companyId().text(),
                        order.status().name(),
                        order.asOf(),
                        standing.name(),
                        Timestamp.from(clock.instant()))
                .update();
        return standing(order.key());
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing standing(IntegrationKey key) {
        return jdbc.sql("select standing from ledger_integration where key = ?")
                .param(key.text())
                .query(Standing.class)
                .optional()
                .orElse(Standing.UNKNOWN);
    }
}
