package org.billingtakeover.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.IntegrationPlatform;
import org.billingtakeover.billing.ledger.LedgerDeskForTests;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.TestPropertySource;

/** A story that the whole product plays, told through the {@link World}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@BackOfficeTest
// Engines of one JVM are told apart by their names, and the pages' tests use the one by the default name.
@TestPropertySource(properties = "camunda.bpm.process-engine-name=scenarios")
@ExtendWith({PicturesShowThePath.class, EveryCodeHasWords.class})
@Import({World.class, ScenarioTest.Remote.class, LedgerDeskForTests.class})
@interface ScenarioTest {

    /** The platform stands as far away as a real one. */
    @TestConfiguration(proxyBeanMethods = false)
    class Remote {

        @Bean
        PathsTaken pathsTaken() {
            return new PathsTaken();
        }

        @Bean
        @Primary
        SlowPlatform slowPlatform(BillingPlatform ledger) {
            return new SlowPlatform(ledger);
        }

        @Bean
        @Primary
        IntegrationPlatform slowIntegrations(IntegrationPlatform integrationLedger, SlowPlatform platform) {
            return new SlowIntegrations(integrationLedger, platform);
        }
    }
}
