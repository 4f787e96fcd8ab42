package org.billingtakeover.pricing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The sales taxes that a process owner keeps ({@code processes/sales-tax.dmn}). */
public interface SalesTaxes {

    /**
     * The taxes of a payer in this province or state on this date; empty where the table says that there is none.
     *
     * @throws UnknownTaxes if the table says nothing of it
     */
    List<SalesTax> taxes(String country, String province, LocalDate on);

    /** @param rate a fraction: 0.05 is five per cent of the price before any tax */
    record SalesTax(String name, BigDecimal rate) {}

    /** The table has no row for a payer's province or state. */
    final class UnknownTaxes extends NoQuote {
        public UnknownTaxes(String message) {
            super("TAXES_UNKNOWN", message);
        }
    }
}
