package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/** The two ways from a split arrangement to one payer. */
public enum Way {
    FIRM_TAKES_TIME(Product.QUICKBOOKS_TIME, Payer.FIRM),
    CLIENT_TAKES_ONLINE(Product.QUICKBOOKS_ONLINE, Payer.CLIENT);

    private final Product moving;
    private final Payer newPayer;

    Way(Product moving, Payer newPayer) {
        this.moving = moving;
        this.newPayer = newPayer;
    }

    /** The product whose payer changes. */
    public Product moving() {
        return moving;
    }

    /** Who pays for it, and so for everything, afterwards. */
    public Payer newPayer() {
        return newPayer;
    }
}
