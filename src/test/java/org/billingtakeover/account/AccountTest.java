package org.billingtakeover.account;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.TestClock;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.WithDatabase;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.NoticeByHand;
import org.billingtakeover.billing.TimeForBills;
import org.billingtakeover.lists.ImportAccountList;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/** A test of accounts, their lists and the books alone, with their storage and the reader of lists, on 4 May 2026 at noon UTC. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("slow")
@SpringBootTest(classes = AccountTest.Module.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
public @interface AccountTest {

    Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

    // No stereotype, or else the scan of the whole product would find it.
    @Import({TestDatabase.class, SamplePrices.class, AccountTest.Others.class})
    @WithDatabase
    @ImportAutoConfiguration(MessageSourceAutoConfiguration.class)
    @ComponentScan(
            basePackageClasses = {Account.class, ImportAccountList.class, BillingPlatform.class},
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = "org\\.billingtakeover\\.(lists|billing)\\.web\\..*"))
    class Module {

        @Bean
        TestClock clock() {
            TestClock clock = new TestClock(event -> {});
            clock.set(NOW);
            return clock;
        }
    }

    /** What other rooms say of an account. */
    class Others {

        @Bean
        AddressesOfStaff nobody() {
            return firm -> List.of();
        }

        @Bean
        TimeForBills aWeek() {
            return made -> 7;
        }

        @Bean
        NoticeByHand aDay() {
            return effective -> 1;
        }

        @Bean
        StopDates stopDates() {
            return detected -> detected.plusDays(30);
        }
    }
}
