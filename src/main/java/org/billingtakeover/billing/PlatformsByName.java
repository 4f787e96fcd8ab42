package org.billingtakeover.billing;

import java.util.Map;
import org.billingtakeover.account.PlatformName;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which adapter makes the changes of which firms. */
@Configuration(proxyBeanMethods = false)
class PlatformsByName {

    /** @param ledger or what stands before it */
    @Bean
    Platforms<BillingPlatform> platforms(BillingPlatform ledger, @Qualifier("byHand") BillingPlatform byHand) {
        return new Platforms<>(Map.of(PlatformName.LEDGER, ledger, PlatformName.BY_HAND, byHand));
    }

    /** @param integrationLedger or what stands before it */
    @Bean
    Platforms<IntegrationPlatform> integrationPlatforms(
            IntegrationPlatform integrationLedger, @Qualifier("integrationByHand") IntegrationPlatform byHand) {
        return new Platforms<>(Map.of(PlatformName.LEDGER, integrationLedger, PlatformName.BY_HAND, byHand));
    }
}
