package org.billingtakeover.commission;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.kernel.Money;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/** A test of what firms earn and are paid alone, with its storage and that of accounts. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("slow")
@SpringBootTest(
        classes = {AccountTest.Module.class, CommissionTest.Module.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
public @interface CommissionTest {

    // No stereotype, or else the scan of the whole product would find it.
    @ComponentScan(
            basePackageClasses = Commissions.class,
            excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = ".*(Test\\$|Test$|\\.web\\.).*"))
    class Module {

        /** 30 % of twelve months, 20 % of six from July 2026 on; paid from 250 on, from July on from 400. None before 2024. */
        @Bean
        CommissionTerms terms() {
            return (currency, on) -> on.getYear() < 2024
                    ? Optional.empty()
                    : Optional.of(
                            on.isBefore(LocalDate.of(2026, 7, 1))
                                    ? terms("30", 12, "250.00", currency)
                                    : terms("20", 6, "400.00", currency));
        }

        private static CommissionTerms.Terms terms(String percent, int months, String threshold, Currency currency) {
            return new CommissionTerms.Terms(new BigDecimal(percent), months, Money.of(threshold, currency));
        }
    }
}
