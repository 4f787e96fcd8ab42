package org.billingtakeover.pricing;

import java.util.List;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/**
 * One line of a monthly invoice: one subscription billed to one payer.
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
}
