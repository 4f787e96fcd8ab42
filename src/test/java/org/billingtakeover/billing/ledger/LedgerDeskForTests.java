package org.billingtakeover.billing.ledger;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The demo's desk for tests that have the ledger refuse something. */
// No stereotype, or else the scan of the whole product would find it.
public class LedgerDeskForTests {

    @Bean
    LedgerDesk ledgerDesk(JdbcClient jdbc) {
        return new LedgerDesk(jdbc);
    }
}
