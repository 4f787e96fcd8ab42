package org.billingtakeover.account;

import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/** The price list column that a subscription is billed by. */
public enum PriceBasis {
    LIST,
    /** QuickBooks Online on the firm's consolidated bill, at its discount. */
    WHOLESALE,
    /** QuickBooks Time taken over by the firm. */
    PROADVISOR_PREFERRED;

    /** The basis that applies once {@code payer} pays for {@code product}. */
    public static PriceBasis of(Product product, Payer payer) {
        if (payer == Payer.CLIENT) {
            return LIST;
        }
        return product == Product.QUICKBOOKS_ONLINE ? WHOLESALE : PROADVISOR_PREFERRED;
    }
}
