package org.billingtakeover.account;

/** Who pays the bill of a subscription. */
public enum Payer {
    FIRM,
    CLIENT
}
