package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.account.SampleAccounts.like;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.stream.Collectors;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.Charge.Tax;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.MakeQuote;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.Quote;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Quotes made from the shipped tables, asked through the engine; the amounts are those of the sample price list. */
class MakeQuoteTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final LocalDate ON = LocalDate.of(2026, 3, 20);
    private static final Instant MADE_AT = Instant.parse("2026-03-02T15:00:00Z");
    private static final Instant VALID_UNTIL = MADE_AT.plus(Duration.ofDays(14));

    private final MakeQuote makeQuote = new MakeQuote(new MakeCharge(
            new DmnPriceList(TablesInEngine.shared().tables), new DmnSalesTaxes(TablesInEngine.shared().tables)));

    @ParameterizedTest(name = "{0} users")
    @CsvSource({"0, 25.00, 17.50", "1, 35.00, 24.50", "8, 105.00, 73.50", "1500, 15025.00, 10517.50"})
    void timeCostsItsBaseFeeAndARateForEachUser(int users, String atListPrice, String atPreferredPrice) {
        Account account = account("QC", "PREMIUM", users);

        Quote quote = firmTakesTime(account, ON);

        assertThat(quote.before().get(1).net()).isEqualTo(cad(atListPrice));
        assertThat(quote.after().get(1).net()).isEqualTo(cad(atPreferredPrice));
    }

    @Test
    @DisplayName(
            "S46 a firm in another province takes Time over at the preferred price and with the taxes of its own province")
    void firmTakesTimeOver() {
        Quote quote = firmTakesTime(account("ON", "PREMIUM", 8), ON);

        Charge online = online(Payer.FIRM, PriceBasis.WHOLESALE, "63.00", List.of(tax("HST/TVH", "8.19")), "71.19");
        assertThat(quote.before())
                .containsExactly(
                        online,
                        time(
                                Payer.CLIENT,
                                PriceBasis.LIST,
                                "25.00",
                                "10.00",
                                "105.00",
                                List.of(tax("GST/TPS", "5.25"), tax("QST/TVQ", "10.47")),
                                "120.72"));
        // 13 % of 73.50 is 9.555.
        assertThat(quote.after())
                .containsExactly(
                        online,
                        time(
                                Payer.FIRM,
                                PriceBasis.PROADVISOR_PREFERRED,
                                "17.50",
                                "7.00",
                                "73.50",
                                List.of(tax("HST/TVH", "9.56")),
                                "83.06"));
        assertThat(quote.movingAtListPrice())
                .isEqualTo(time(
                        Payer.FIRM,
                        PriceBasis.LIST,
                        "25.00",
                        "10.00",
                        "105.00",
                        List.of(tax("HST/TVH", "13.65")),
                        "118.65"));
        assertThat(quote.difference(Payer.FIRM)).isEqualTo(cad("83.06"));
        assertThat(quote.difference(Payer.CLIENT)).isEqualTo(cad("-120.72"));
        assertThat(quote.after(Payer.FIRM)).isEqualTo(cad("154.25"));
        assertThat(quote.after(Payer.CLIENT)).isEqualTo(cad("0.00"));
    }

    @Test
    @DisplayName("S46 a client takes QuickBooks Online over at list price and with the taxes of its own province")
    void clientTakesOnlineOver() {
        Quote quote = makeQuote.quote(
                account("ON", "PREMIUM", 8), Product.QUICKBOOKS_ONLINE, Payer.CLIENT, ON, MADE_AT, VALID_UNTIL);

        // 9.975 % of 90.00 is 8.9775.
        Charge atListPrice = online(
                Payer.CLIENT,
                PriceBasis.LIST,
                "90.00",
                List.of(tax("GST/TPS", "4.50"), tax("QST/TVQ", "8.98")),
                "103.48");
        assertThat(quote.after().get(0)).isEqualTo(atListPrice);
        assertThat(quote.after().get(1)).isEqualTo(quote.before().get(1));
        assertThat(quote.movingAtListPrice()).isEqualTo(atListPrice);
        assertThat(quote.difference(Payer.FIRM)).isEqualTo(cad("-71.19"));
        assertThat(quote.difference(Payer.CLIENT)).isEqualTo(cad("103.48"));
    }

    /** Of the net price 52.50, 5 % is 2.625, 7 % is 3.675 and 9.975 % is 5.236875. */
    @ParameterizedTest(name = "a firm in {0}")
    @CsvSource({
        "QC, GST/TPS 2.63 + QST/TVQ 5.24, 60.37",
        "BC, GST/TPS 2.63 + PST/TVP 3.68, 58.81",
        "AB, GST/TPS 2.63, 55.13",
        "NS, HST/TVH 7.35, 59.85",
    })
    void eachTaxOfALineIsOnTheNetPriceAndRoundedHalfUpByItself(String province, String taxes, String total) {
        Charge charge =
                firmTakesTime(account(province, "PREMIUM", 5), ON).after().get(1);

        assertThat(charge.net()).isEqualTo(cad("52.50"));
        assertThat(charge.taxes().stream()
                        .map(tax -> tax.name() + " " + tax.amount().amount())
                        .collect(Collectors.joining(" + ")))
                .isEqualTo(taxes);
        assertThat(charge.total()).isEqualTo(cad(total));
    }

    @Test
    void pricesAndTaxesAreThoseOfTheBillingDateAndTheQuoteSaysFromWhichPriceList() {
        Account account = account("NS", "PREMIUM", 8);

        assertThat(firmTakesTime(account, LocalDate.of(2025, 3, 31)))
                .satisfies(quote -> assertThat(quote.after().get(1).total()).isEqualTo(cad("75.67")))
                .satisfies(quote -> assertThat(quote.priceListVersion()).isEqualTo("SAMPLE 2024-01 (v1)"));
        assertThat(firmTakesTime(account, LocalDate.of(2025, 4, 1))
                        .after()
                        .get(1)
                        .total())
                .isEqualTo(cad("75.01"));
        assertThat(firmTakesTime(account, LocalDate.of(2026, 1, 1)))
                .satisfies(quote -> assertThat(quote.after().get(1).total()).isEqualTo(cad("83.79")))
                .satisfies(quote -> assertThat(quote.priceListVersion()).isEqualTo("SAMPLE 2026-01 (v1)"));
    }

    @Test
    void aQuoteSaysWhatItIsForAndHowLongItHolds() {
        Quote quote = firmTakesTime(account("QC", "PREMIUM", 8), ON);

        assertThat(quote.number()).isEqualTo(Quote.UNNUMBERED);
        assertThat(quote.moving()).isEqualTo(Product.QUICKBOOKS_TIME);
        assertThat(quote.newPayer()).isEqualTo(Payer.FIRM);
        assertThat(quote.madeAt()).isEqualTo(MADE_AT);
        assertThat(quote.validUntil()).isEqualTo(VALID_UNTIL);
    }

    @Test
    void aPlanThatThePriceListLacksIsNamed() {
        assertThatThrownBy(() -> firmTakesTime(account("QC", "PLATINUM", 8), ON))
                .isInstanceOf(PriceList.UnknownPrice.class)
                .hasMessageContaining("plan=PLATINUM");
    }

    private Quote firmTakesTime(Account account, LocalDate on) {
        return makeQuote.quote(account, Product.QUICKBOOKS_TIME, Payer.FIRM, on, MADE_AT, VALID_UNTIL);
    }

    /** A client in Québec whose firm, elsewhere, pays QuickBooks Online Plus, and who pays QuickBooks Time itself. */
    private static Account account(String firmsProvince, String timePlan, int timeUsers) {
        Firm firm = like(SampleAccounts.firm("F-1"), "province", firmsProvince);
        Account split = SampleAccounts.split(firm, "C-1");
        return like(split, "time", like(split.time(), "plan", timePlan, "users", timeUsers));
    }

    private static Charge online(Payer payer, PriceBasis basis, String price, List<Tax> taxes, String total) {
        return new Charge(
                Product.QUICKBOOKS_ONLINE, payer, basis, 1, cad(price), cad("0.00"), cad(price), taxes, cad(total));
    }

    private static Charge time(
            Payer payer, PriceBasis basis, String baseFee, String perUser, String net, List<Tax> taxes, String total) {
        return new Charge(
                Product.QUICKBOOKS_TIME, payer, basis, 8, cad(baseFee), cad(perUser), cad(net), taxes, cad(total));
    }

    private static Tax tax(String name, String amount) {
        return new Tax(name, cad(amount));
    }

    private static Money cad(String amount) {
        return Money.of(amount, CAD);
    }
}
