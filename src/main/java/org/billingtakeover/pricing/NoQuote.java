package org.billingtakeover.pricing;

/** What a change costs cannot be told; the message says what a table lacks, and how to mend it. */
public abstract sealed class NoQuote extends RuntimeException permits PriceList.UnknownPrice, SalesTaxes.UnknownTaxes {

    private final String code;

    NoQuote(String code, String message) {
        super(message);
        this.code = code;
    }

    NoQuote(String code, RuntimeException cause) {
        super(cause.getMessage(), cause);
        this.code = code;
    }

    /** Such as {@code PRICE_UNKNOWN}: the code of a sentence about it. */
    public String code() {
        return code;
    }
}
