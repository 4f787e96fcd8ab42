package org.billingtakeover.account;

import org.billingtakeover.kernel.Payer;

/** How one client's two subscriptions are paid; always derived from the payers, never stored. */
public enum BillingArrangement {
    SPLIT,
    FIRM_PAYS_ALL,
    CLIENT_PAYS_ALL;

    public static BillingArrangement of(Payer online, Payer time) {
        if (online != time) {
            return SPLIT;
        }
        return online == Payer.FIRM ? FIRM_PAYS_ALL : CLIENT_PAYS_ALL;
    }
}
