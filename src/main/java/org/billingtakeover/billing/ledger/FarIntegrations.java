package org.billingtakeover.billing.ledger;

import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The ledger's integrations, as far away as {@link FarLedger}. */
@Component
@Primary
@Profile("demo")
class FarIntegrations implements IntegrationPlatform {

    private final LedgerIntegrations ledger;
    private final FarLine line;

    FarIntegrations(LedgerIntegrations ledger, LedgerDesk desk) {
        this.ledger = ledger;
        this.line = new FarLine(desk);
    }

    @Override
    public Standing order(Order order) {
        return line.ask(() -> ledger.order(order));
    }

    @Override
    public Standing withdraw(Order order) {
        return line.ask(() -> ledger.withdraw(order));
    }

    @Override
    public Standing standing(IntegrationKey key) {
        return line.ask(() -> ledger.standing(key));
    }
}
