package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.PriceList.Price;
import org.billingtakeover.tables.DecisionTables.UnusableTable;
import org.billingtakeover.takeover.Deadlines.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class DecisionTablesTest {

    private static final LocalDate ON = LocalDate.of(2026, 3, 1);
    private static final Currency CAD = Currency.getInstance("CAD");

    private static final TablesInEngine OWN = TablesInEngine.changed();

    @AfterEach
    void deployTheTablesAgain() {
        OWN.deploy("price-list", TablesInEngine.text("price-list"));
        OWN.deploy("deadlines", TablesInEngine.text("deadlines"));
    }

    @Test
    void askingLeavesNoTraceInTheHistory() {
        timePrice();

        assertThat(OWN.engine
                        .getHistoryService()
                        .createHistoricDecisionInstanceQuery()
                        .count())
                .isZero();
    }

    @Test
    void aNewVersionOfATableIsUsedFromTheNextTransactionOnAndNotInTheMiddleOfOne() {
        TransactionTemplate transaction = new TransactionTemplate(OWN.transactions);

        transaction.executeWithoutResult(running -> {
            Price before = timePrice();
            OWN.deploy("price-list", TablesInEngine.text("price-list").replace("\"25.00\"", "\"26.50\""));
            assertThat(timePrice()).isEqualTo(before);
        });

        Price expected =
                new Price(Money.of("26.50", CAD), Money.of("10.00", CAD), "SAMPLE 2026-01 (v" + newestVersion() + ")");
        assertThat(transaction.<Price>execute(next -> timePrice())).isEqualTo(expected);
        assertThat(timePrice()).isEqualTo(expected);
    }

    @Test
    void anAmountThatIsNoNumberIsRefusedWithTableColumnAndQuestion() {
        OWN.deploy("price-list", TablesInEngine.text("price-list").replace("\"25.00\"", "\"25,00\""));

        assertThatThrownBy(this::timePrice)
                .isInstanceOf(PriceList.UnknownPrice.class)
                .hasMessage("The table price-list (version " + newestVersion()
                        + "), asked for {product=QUICKBOOKS_TIME, plan=Premium,"
                        + " currency=CAD, basis=LIST, on=2026-03-01}, answers 25,00 in its column baseFee, where a number"
                        + " with a point, such as \"20.00\" must stand. Mend the row and deploy the table.");
    }

    @Test
    void twoPeriodsThatOverlapAreRefused() {
        OWN.deploy(
                "price-list",
                TablesInEngine.text("price-list").replace("date(\"2025-12-31\")", "date(\"2026-12-31\")"));

        assertThatThrownBy(this::timePrice)
                .isInstanceOf(PriceList.UnknownPrice.class)
                .hasMessageContaining("(version " + newestVersion() + ")")
                .hasMessageContaining("TimePremiumCadList2024")
                .hasMessageContaining("TimePremiumCadList2026");
    }

    @Test
    void reminderDaysOutOfOrderAreRefused() {
        OWN.deploy("deadlines", TablesInEngine.text("deadlines").replace("\"3, 7\"", "\"7, 3\""));

        assertThatThrownBy(() -> new DmnDeadlines(OWN.tables).of(Step.CLIENT_ANSWER, ON))
                .isInstanceOf(UnusableTable.class)
                .hasMessageContaining("in its column reminderDays, where days in ascending order");
    }

    @Test
    void aTableThatIsNotDeployedIsNamed() {
        assertThatThrownBy(() -> OWN.tables.rows("discounts", Map.of()))
                .isInstanceOf(UnusableTable.class)
                .hasMessage("The table discounts is not deployed. Deploy processes/discounts.dmn.");
    }

    private Price timePrice() {
        return new DmnPriceList(OWN.tables).price(Product.QUICKBOOKS_TIME, "Premium", CAD, PriceBasis.LIST, ON);
    }

    private static int newestVersion() {
        return OWN.engine
                .getRepositoryService()
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("price-list")
                .latestVersion()
                .singleResult()
                .getVersion();
    }
}
