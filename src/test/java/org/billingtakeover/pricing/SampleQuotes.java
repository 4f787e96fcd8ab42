package org.billingtakeover.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;

/** Quotes for tests: a client in Québec with QuickBooks Online Plus and eight users of QuickBooks Time Premium. */
public final class SampleQuotes {

    /** Midnight in Montréal: the quotes hold to the end of March 15, 2026. */
    public static final Instant VALID_UNTIL = Instant.parse("2026-03-16T04:00:00Z");

    private static final Instant MADE_AT = Instant.parse("2026-03-02T15:00:00Z");
    private static final Currency CAD = Currency.getInstance("CAD");

    private SampleQuotes() {}

    public static Quote firmTakesTime() {
        return firmTakesTime(CAD);
    }

    public static Quote firmTakesTime(Currency currency) {
        Charge online = online(Payer.FIRM, PriceBasis.WHOLESALE, "63.00", currency);
        return new Quote(
                new QuoteNumber("Q-2026-000017"),
                Product.QUICKBOOKS_TIME,
                Payer.FIRM,
                List.of(online, time(Payer.CLIENT, PriceBasis.LIST, "25.00", "10.00", currency)),
                List.of(online, time(Payer.FIRM, PriceBasis.PROADVISOR_PREFERRED, "17.50", "7.00", currency)),
                time(Payer.FIRM, PriceBasis.LIST, "25.00", "10.00", currency),
                "2026-01",
                MADE_AT,
                VALID_UNTIL);
    }

    public static Quote clientTakesOnline() {
        Charge time = time(Payer.CLIENT, PriceBasis.LIST, "25.00", "10.00", CAD);
        Charge atListPrice = online(Payer.CLIENT, PriceBasis.LIST, "90.00", CAD);
        return new Quote(
                new QuoteNumber("Q-2026-000018"),
                Product.QUICKBOOKS_ONLINE,
                Payer.CLIENT,
                List.of(online(Payer.FIRM, PriceBasis.WHOLESALE, "63.00", CAD), time),
                List.of(atListPrice, time),
                atListPrice,
                "2026-01",
                MADE_AT,
                VALID_UNTIL);
    }

    private static Charge online(Payer payer, PriceBasis basis, String price, Currency currency) {
        return charge(Product.QUICKBOOKS_ONLINE, payer, basis, 1, price, "0.00", currency);
    }

    private static Charge time(Payer payer, PriceBasis basis, String baseFee, String perUser, Currency currency) {
        return charge(Product.QUICKBOOKS_TIME, payer, basis, 8, baseFee, perUser, currency);
    }

    private static Charge charge(
            Product product,
            Payer payer,
            PriceBasis basis,
            int users,
            String baseFee,
            String perUser,
            Currency currency) {
        Money net = Money.of(baseFee, currency).plus(Money.of(perUser, currency).times(users));
        List<Charge.Tax> taxes = new ArrayList<>();
        if (currency.equals(CAD)) {
            taxes.add(new Charge.Tax("GST/TPS", net.times(new BigDecimal("0.05"))));
            taxes.add(new Charge.Tax("QST/TVQ", net.times(new BigDecimal("0.09975"))));
        }
        Money total = taxes.stream().map(Charge.Tax::amount).reduce(net, Money::plus);
        return new Charge(
                product,
                payer,
                basis,
                users,
                Money.of(baseFee, currency),
                Money.of(perUser, currency),
                net,
                taxes,
                total);
    }
}
