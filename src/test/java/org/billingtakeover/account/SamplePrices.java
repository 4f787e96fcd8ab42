package org.billingtakeover.account;

import java.math.BigDecimal;
import java.util.List;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.SalesTaxes;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Prices and taxes for tests of parts that have no tables. */
@TestConfiguration(proxyBeanMethods = false)
@Import(MakeCharge.class)
public class SamplePrices {

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
}
