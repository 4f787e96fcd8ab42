package org.billingtakeover.scenario;

import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform;

/** The integrations of the remote platform, by the same bad line. */
final class SlowIntegrations implements IntegrationPlatform {

    private final IntegrationPlatform ledger;
    private final SlowPlatform line;

    SlowIntegrations(IntegrationPlatform ledger, SlowPlatform line) {
        this.ledger = ledger;
        this.line = line;
    }

    @Override
    public Standing order(Order order) {
        return line.far(() -> ledger.order(order));
    }

    @Override
    public Standing withdraw(Order order) {
        return line.far(() -> ledger.withdraw(order));
    }

    @Override
    public Standing standing(IntegrationKey key) {
        return line.far(() -> ledger.standing(key));
    }
}
