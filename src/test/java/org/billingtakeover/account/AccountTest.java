package org.billingtakeover.account;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.TestClock;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.NoticeByHand;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.SalesTaxes;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
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
    @Import(TestDatabase.class)
    @ImportAutoConfiguration({
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        MessageSourceAutoConfiguration.class
    })
    @ComponentScan(
            basePackageClasses = {Account.class, ImportAccountList.class, BillingPlatform.class, MakeCharge.class},
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

        @Bean
        AddressesOfStaff nobody() {
            return firm -> List.of();
        }

        @Bean
        NoticeByHand aDay() {
            return effective -> 1;
        }

        /** By the month, whatever the plan and the users: 50 wholesale, 30 preferred, at list price 100 and 60. */
        @Bean
        PriceList prices() {
            return (product, plan, currency, basis, on) -> {
                String atList = product == Product.QUICKBOOKS_ONLINE ? "100.00" : "60.00";
                String reduced = product == Product.QUICKBOOKS_ONLINE ? "50.00" : "30.00";
                return new PriceList.Price(
                        Money.of(basis == PriceBasis.LIST ? atList : reduced, currency), Money.zero(currency), "test");
            };
        }

        @Bean
        SalesTaxes taxes() {
            return (country, province, on) -> List.of(new SalesTaxes.SalesTax("GST/TPS", new BigDecimal("0.1")));
        }

        @Bean
        StopDates stopDates() {
            return detected -> detected.plusDays(30);
        }
    }
}
