package org.billingtakeover.kernel;

/** Who pays the bill of a subscription. */
public enum Payer {
    FIRM,
    CLIENT
}
