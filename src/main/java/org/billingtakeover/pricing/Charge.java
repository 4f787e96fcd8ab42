package org.billingtakeover.pricing;

import java.util.List;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/**
 * One line of an invoice: one subscription billed to one payer, for a month unless whoever has it says otherwise.
 *
 * @param net the price before taxes: base fee plus users times rate
 * @param total the price with its taxes, each rounded to the cent
 */
public record Charge(
        Product product,
        Payer payer,
        PriceBasis basis,
        int users,
        Money baseFee,
        Money perUser,
        Money net,
        List<Tax> taxes,
        Money total) {

    /** A tax of one invoice line. */
    public record Tax(String name, Money amount) {}

    /** The same, as if it were taxed nowhere. */
    public Charge withoutTaxes() {
        return new Charge(product, payer, basis, users, baseFee, perUser, net, List.of(), net);
    }

    /** What takes back so many of its days. */
    public Charge credit(int days, int ofDays) {
        List<Tax> back = taxes.stream()
                .map(tax -> new Tax(tax.name(), tax.amount().part(days, ofDays).negated()))
                .toList();
        Money netBack = net.part(days, ofDays).negated();
        return new Charge(
                product,
                payer,
                basis,
                users,
                baseFee,
                perUser,
                netBack,
                back,
                back.stream().map(Tax::amount).reduce(netBack, Money::plus));
    }
}
