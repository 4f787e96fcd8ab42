package org.billingtakeover.pricing;

import java.time.LocalDate;
import java.util.Currency;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;

/** The price list that a process owner keeps ({@code processes/price-list.dmn}). */
public interface PriceList {

    /**
     * @param on the local date that the price is asked for
     * @throws UnknownPrice if the list has no row for this
     */
    Price price(Product product, String plan, Currency currency, PriceBasis basis, LocalDate on);

    /**
     * A monthly price.
     *
     * @param version the version of the price list that it comes from
     */
    record Price(Money baseFee, Money perUser, String version) {}

    /** The price list has no usable row for what was asked; the message names what is missing or malformed. */
    final class UnknownPrice extends NoQuote {
        public UnknownPrice(RuntimeException cause) {
            super("PRICE_UNKNOWN", cause);
        }
    }
}
