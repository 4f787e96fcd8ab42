package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.SalesTaxes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The firm is billed on the 15th, the client's QuickBooks Time on the 20th, its QuickBooks Online has the 12th. A month costs 62.00 at list
 * price and 31.00 otherwise, and the tax is 10 %.
 */
@DisplayName("The first bill after a change")
class ForeseeFirstBillTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    private final Firm firm = SampleAccounts.firm("F-1");
    private final Account account = SampleAccounts.split(firm, "C-1");

    private final ForeseeFirstBill foresee = new ForeseeFirstBill(new MakeCharge(
            (product, plan, currency, basis, on) -> new PriceList.Price(
                    Money.of(basis == PriceBasis.LIST ? "62.00" : "31.00", currency), Money.zero(currency), "Test"),
            (country, province, on) -> List.of(new SalesTaxes.SalesTax("Tax/Taxe", new BigDecimal("0.10")))));

    @Test
    @DisplayName("of a firm that takes over is its own next one, with the days until then and the period that begins")
    void option1() {
        FirstBill bill = foresee(account, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-20");

        assertThat(bill.bill().day()).isEqualTo("2026-04-15");
        assertThat(words(bill.bill()))
                .containsExactly(
                        "QUICKBOOKS_ONLINE 2026-04-15 to 2026-05-15 30/30 31.00 + 3.10",
                        "QUICKBOOKS_TIME 2026-03-20 to 2026-04-15 26/31 26.00 + 2.60",
                        "QUICKBOOKS_TIME 2026-04-15 to 2026-05-15 30/30 31.00 + 3.10");
        assertThat(bill.bill().total()).isEqualTo(Money.of("96.80", CAD));
        assertThat(bill.givenBack())
                .as("the client was billed up to the change")
                .isEmpty();
    }

    @Test
    @DisplayName("of a firm whose bill day is that of the change is of that day, with whole periods alone")
    void onTheBillDay() {
        Account changed = like(account, "time", monthly(account.time(), 15));

        FirstBill bill = foresee(changed, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-04-15");

        assertThat(bill.bill().day()).isEqualTo("2026-04-15");
        assertThat(words(bill.bill()))
                .containsExactly(
                        "QUICKBOOKS_ONLINE 2026-04-15 to 2026-05-15 30/30 31.00 + 3.10",
                        "QUICKBOOKS_TIME 2026-04-15 to 2026-05-15 30/30 31.00 + 3.10");
        assertThat(bill.bill().some(Product.QUICKBOOKS_TIME)).isEmpty();
    }

    @Test
    @DisplayName(
            "of a client that takes over is its one bill for both products, and the firm gets back what it paid ahead")
    void option2() {
        FirstBill bill = foresee(account, Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-04-12");

        assertThat(bill.bill().day()).isEqualTo("2026-04-20");
        assertThat(words(bill.bill()))
                .containsExactly(
                        "QUICKBOOKS_ONLINE 2026-04-12 to 2026-04-20 8/31 16.00 + 1.60",
                        "QUICKBOOKS_ONLINE 2026-04-20 to 2026-05-20 30/30 62.00 + 6.20",
                        "QUICKBOOKS_TIME 2026-04-20 to 2026-05-20 30/30 62.00 + 6.20");
        assertThat(bill.givenBack()).hasValueSatisfying(back -> {
            assertThat(back.payer()).isEqualTo(Payer.FIRM);
            assertThat(back.day()).isEqualTo("2026-04-15");
            assertThat(words(back)).containsExactly("QUICKBOOKS_ONLINE 2026-04-12 to 2026-04-15 3/31 -3.00 + -0.30");
        });
    }

    @Test
    @DisplayName("keeps to the last day of shorter months")
    void shortMonths() {
        Firm atTheEnd = like(firm, "billDay", 31);
        Account changed = like(account, "firm", atTheEnd, "time", monthly(account.time(), 30));

        FirstBill bill = foresee(changed, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-01-30");

        assertThat(bill.bill().day()).isEqualTo("2026-01-31");
        assertThat(words(bill.bill()))
                .containsExactly(
                        "QUICKBOOKS_ONLINE 2026-01-31 to 2026-02-28 28/28 31.00 + 3.10",
                        "QUICKBOOKS_TIME 2026-01-30 to 2026-01-31 1/31 1.00 + 0.10",
                        "QUICKBOOKS_TIME 2026-01-31 to 2026-02-28 28/28 31.00 + 3.10");
        assertThat(foresee(changed, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-02-28")
                        .bill()
                        .day())
                .isEqualTo("2026-02-28");
    }

    @Test
    @DisplayName("of an annual plan has the whole year from the renewal on, on the payer's next bill")
    void annual() {
        Subscription yearly = changed(account.time(), BillingCycle.ANNUAL, 1, LocalDate.of(2026, 6, 8));

        FirstBill bill = foresee(like(account, "time", yearly), Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-06-08");

        assertThat(bill.bill().day()).isEqualTo("2026-06-15");
        assertThat(words(bill.bill()))
                .containsExactly(
                        "QUICKBOOKS_ONLINE 2026-06-15 to 2026-07-15 30/30 31.00 + 3.10",
                        "QUICKBOOKS_TIME 2026-06-08 to 2027-06-08 365/365 372.00 + 37.20");
        assertThat(bill.givenBack()).isEmpty();
    }

    @Test
    @DisplayName("is of local dates: in which time zone either party has them changes nothing")
    void timeZones() {
        Account moved = like(account, "client", like(account.client(), "timeZone", ZoneId.of("America/Vancouver")));

        assertThat(foresee(moved, Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-04-12"))
                .isEqualTo(foresee(account, Product.QUICKBOOKS_ONLINE, Payer.CLIENT, "2026-04-12"));
    }

    @Test
    @DisplayName("is the same once the change is made")
    void afterwards() {
        Account made = SampleAccounts.account(firm, "C-1", Payer.FIRM, Payer.FIRM);

        assertThat(words(foresee(made, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-20")
                        .bill()))
                .isEqualTo(words(foresee(account, Product.QUICKBOOKS_TIME, Payer.FIRM, "2026-03-20")
                        .bill()));
    }

    @Test
    @DisplayName("is not foreseen where the price list has no row")
    void noPrice() {
        ForeseeFirstBill without = new ForeseeFirstBill(new MakeCharge(
                (product, plan, currency, basis, on) -> {
                    throw new PriceList.UnknownPrice(new IllegalArgumentException("No price for " + plan));
                },
                (country, province, on) -> List.of()));

        assertThat(without.of(account, Product.QUICKBOOKS_TIME, Payer.FIRM, LocalDate.of(2026, 3, 20)))
                .isEmpty();
    }

    private FirstBill foresee(Account of, Product moving, Payer newPayer, String changesOn) {
        return foresee.of(of, moving, newPayer, LocalDate.parse(changesOn)).orElseThrow();
    }

    private static Stream<String> lines(FirstBill.Part part) {
        return part.lines().stream().map(days -> {
            Bill.Line line = days.line();
            return "%s %s to %s %d/%d %s + %s"
                    .formatted(
                            line.charge().product(),
                            line.from(),
                            line.until(),
                            days.count(),
                            days.ofDays(),
                            line.charge().net().amount(),
                            line.charge().total().minus(line.charge().net()).amount());
        });
    }

    private static List<String> words(FirstBill.Part part) {
        return lines(part).toList();
    }

    private static Subscription monthly(Subscription of, int billingDay) {
        return changed(of, BillingCycle.MONTHLY, billingDay, null);
    }

    private static Subscription changed(
            Subscription of, BillingCycle cycle, int billingDay, @Nullable LocalDate renewal) {
        return like(of, "cycle", cycle, "billingDay", billingDay, "renewalDate", renewal);
    }
}
