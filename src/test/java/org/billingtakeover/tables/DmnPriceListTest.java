package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.PriceList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DmnPriceListTest {

    private static final LocalDate ON = LocalDate.of(2026, 3, 1);
    private static final Currency CAD = Currency.getInstance("CAD");

    private final PriceList priceList = new DmnPriceList(TablesInEngine.shared().tables);

    @ParameterizedTest
    @CsvSource({
        "QUICKBOOKS_TIME, Premium, CAD, LIST, 2025-12-31, 22.00, 9.00",
        "QUICKBOOKS_TIME, Premium, CAD, LIST, 2026-01-01, 25.00, 10.00",
        "QUICKBOOKS_TIME, PREMIUM, CAD, PROADVISOR_PREFERRED, 2026-01-01, 17.50, 7.00",
        "QUICKBOOKS_TIME, elite, USD, LIST, 2024-01-01, 40.00, 10.00",
        "QUICKBOOKS_TIME, elite, USD, PROADVISOR_PREFERRED, 2030-01-01, 28.00, 8.40",
        "QUICKBOOKS_ONLINE, Plus, CAD, LIST, 2025-12-31, 90.00, 0.00",
        "QUICKBOOKS_ONLINE, Plus, CAD, WHOLESALE, 2026-01-01, 63.00, 0.00",
        "QUICKBOOKS_ONLINE, Simple Start, USD, WHOLESALE, 2026-01-01, 24.50, 0.00",
    })
    void aPriceIsTheOneThatHoldsOnTheDayAskedFor(
            Product product,
            String plan,
            Currency currency,
            PriceBasis basis,
            LocalDate on,
            String baseFee,
            String perUser) {
        PriceList.Price price = priceList.price(product, plan, currency, basis, on);

        assertThat(price.baseFee()).isEqualTo(Money.of(baseFee, currency));
        assertThat(price.perUser()).isEqualTo(Money.of(perUser, currency));
    }

    @Test
    void everyPlanHasAPriceInBothCurrenciesOnEveryBasisThatItIsSoldOn() {
        for (Currency currency : List.of(CAD, Currency.getInstance("USD"))) {
            for (String plan : List.of("Simple Start", "Essentials", "Plus", "Advanced")) {
                for (PriceBasis basis : List.of(PriceBasis.LIST, PriceBasis.WHOLESALE)) {
                    assertThat(priceList
                                    .price(Product.QUICKBOOKS_ONLINE, plan, currency, basis, ON)
                                    .baseFee()
                                    .isPositive())
                            .isTrue();
                }
            }
            for (String plan : List.of("Premium", "Elite")) {
                for (PriceBasis basis : List.of(PriceBasis.LIST, PriceBasis.PROADVISOR_PREFERRED)) {
                    assertThat(priceList
                                    .price(Product.QUICKBOOKS_TIME, plan, currency, basis, ON)
                                    .perUser()
                                    .isPositive())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void thePriceSaysThatItIsSampleDataAndFromWhichVersionOfTheTableItComes() {
        assertThat(priceList
                        .price(Product.QUICKBOOKS_TIME, "Premium", CAD, PriceBasis.LIST, ON)
                        .version())
                .isEqualTo("SAMPLE 2026-01 (v1)");
    }

    @Test
    void aPlanWithoutARowIsRefusedWithWhatWasAskedAndHowToMendIt() {
        assertThatThrownBy(() -> priceList.price(Product.QUICKBOOKS_TIME, "Gold", CAD, PriceBasis.LIST, ON))
                .isInstanceOf(PriceList.UnknownPrice.class)
                .hasMessage("The table price-list has no row for {product=QUICKBOOKS_TIME, plan=Gold, currency=CAD,"
                        + " basis=LIST, on=2026-03-01}. Exactly one must fit: mend the table and deploy it.");
    }

    @Test
    void aDayBeforeTheFirstPeriodHasNoPrice() {
        assertThatThrownBy(() -> priceList.price(
                        Product.QUICKBOOKS_TIME, "Elite", CAD, PriceBasis.LIST, LocalDate.of(2023, 12, 31)))
                .isInstanceOf(PriceList.UnknownPrice.class);
    }
}
