package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.Bill.Party;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsCompared.Difference;
import org.billingtakeover.billing.BillsCompared.Refund;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.SalesTaxes.SalesTax;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The firm, billed on the 15th, has taken QuickBooks Time over on 20 March, for 31.00 instead of 62.00 a month, and a tax of 10 %. */
@DisplayName("S67 Of the first bills")
class CompareBillsTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    private final Account account = SampleAccounts.split(SampleAccounts.firm("F-1"), "C-1");
    private final CompareBills compare = new CompareBills(new MakeCharge(
            (product, plan, currency, basis, on) -> new PriceList.Price(
                    Money.of(basis == PriceBasis.LIST ? "62.00" : "31.00", currency), Money.zero(currency), "test"),
            (country, province, on) -> List.of(new SalesTax("GST", new BigDecimal("0.1")))));
    private final Order order = new Order(
            new BookingKey("TKO-2026-00001/FIRM_TAKES_TIME/2026-03-20/1"),
            account.client().companyId(),
            Product.QUICKBOOKS_TIME,
            account.firm().id(),
            Payer.FIRM,
            LocalDate.of(2026, 3, 20),
            ZoneId.of("America/Toronto"));

    /** 26 of 31 days. */
    private final Line prorated = line("2026-03-20", "2026-04-15", PriceBasis.PROADVISOR_PREFERRED, "26.00", "2.60");

    private final Line month = line("2026-04-15", "2026-05-15", PriceBasis.PROADVISOR_PREFERRED, "31.00", "3.10");

    @Test
    @DisplayName(
            "nothing differs where each day since the change is on one bill, at the price and with the taxes of the new payer")
    void asAgreed() {
        BillsCompared compared = compared(client("2026-02-20", "2026-03-20", "62.00"), firm(prorated, month));

        assertThat(compared.differences()).isEmpty();
        assertThat(compared.toRefund()).isEmpty();
        assertThat(compared.bills()).extracting(bill -> bill.party().payer()).containsExactly(Payer.FIRM);
    }

    @Test
    @DisplayName("a payer that is not billed, or not for all days, or for some of them twice is told of")
    void days() {
        assertThat(compared(client("2026-02-20", "2026-03-20", "62.00")).differences())
                .containsExactly(Difference.NOT_BILLED);
        assertThat(compared(firm(month)).differences()).containsExactly(Difference.DAYS_MISSING);
        assertThat(compared(firm(prorated, month, prorated)).differences()).containsExactly(Difference.BILLED_TWICE);
    }

    @Test
    @DisplayName("another price and other taxes are told of, and what was given back and charged anew is not")
    void priceAndTaxes() {
        Line atListPrice = line("2026-03-20", "2026-04-15", PriceBasis.LIST, "52.00", "5.20");
        Line untaxed = line("2026-03-20", "2026-04-15", PriceBasis.PROADVISOR_PREFERRED, "26.00", "0.00");

        assertThat(compared(firm(atListPrice)).differences()).containsExactly(Difference.WRONG_PRICE);
        assertThat(compared(firm(untaxed)).differences()).containsExactly(Difference.WRONG_TAXES);
        BillsCompared mended = compared(firm(atListPrice), firm(prorated, month, credit(atListPrice)));
        assertThat(mended.differences()).isEmpty();
        assertThat(mended.refunded()).containsExactly(new Refund(Payer.FIRM, Money.of("57.20", CAD)));
    }

    @Test
    @DisplayName("a double month is what both were billed for, and is to be refunded until it is given back")
    void doubleMonth() {
        Bill double_ = client("2026-03-20", "2026-04-20", "62.00");
        BillsCompared compared = compared(double_, firm(prorated, month));
        assertThat(compared.differences()).containsExactly(Difference.BILLED_TWICE);
        assertThat(compared.toRefund()).containsExactly(new Refund(Payer.CLIENT, Money.of("68.20", CAD)));

        BillsCompared mended = compared(
                double_,
                firm(prorated, month),
                bill(Payer.CLIENT, "2026-04-20", credit(double_.lines().get(0))));
        assertThat(mended.differences()).isEmpty();
        assertThat(mended.toRefund()).isEmpty();
        assertThat(mended.refunded()).containsExactly(new Refund(Payer.CLIENT, Money.of("68.20", CAD)));
    }

    @Test
    @DisplayName("S68 days that were paid ahead are no difference, and are to be refunded by days")
    void paidAhead() {
        BillsCompared compared = compared(client("2026-03-01", "2026-04-01", "62.00"), firm(prorated, month));
        assertThat(compared.differences()).isEmpty();
        // 12 of 31 days.
        assertThat(compared.toRefund()).containsExactly(new Refund(Payer.CLIENT, Money.of("26.40", CAD)));
    }

    private BillsCompared compared(Bill... bills) {
        return compare.compare(account, order, List.of(bills));
    }

    /** Charged on its first day. */
    private Bill client(String from, String until, String net) {
        return bill(Payer.CLIENT, from, line(from, until, PriceBasis.LIST, net, "6.20"));
    }

    private Bill firm(Line... lines) {
        return bill(Payer.FIRM, "2026-04-15", lines);
    }

    private Bill bill(Payer payer, String day, Line... lines) {
        return new Bill(
                new BillNumber(payer + "-" + day + "-" + lines.length),
                payer == Payer.FIRM
                        ? Party.firm(account.firm().id())
                        : Party.client(account.firm().id(), account.client().companyId()),
                LocalDate.parse(day),
                CAD,
                List.of(lines));
    }

    private Line line(String from, String until, PriceBasis basis, String net, String tax) {
        Money amount = Money.of(net, CAD);
        Money taxes = Money.of(tax, CAD);
        return new Line(
                account.client().companyId(),
                "PREMIUM",
                new Charge(
                        Product.QUICKBOOKS_TIME,
                        basis == PriceBasis.LIST ? Payer.CLIENT : Payer.FIRM,
                        basis,
                        8,
                        amount,
                        Money.zero(CAD),
                        amount,
                        taxes.isPositive() ? List.of(new Charge.Tax("GST", taxes)) : List.of(),
                        amount.plus(taxes)),
                LocalDate.parse(from),
                LocalDate.parse(until));
    }

    private static Line credit(Line line) {
        return new Line(line.company(), line.plan(), line.charge().credit(1, 1), line.from(), line.until());
    }
}
