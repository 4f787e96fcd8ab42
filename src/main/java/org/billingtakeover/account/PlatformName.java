package org.billingtakeover.account;

/** Where a firm's changes of payer are made. */
public enum PlatformName {
    /** The embedded ledger, which makes them itself. */
    LEDGER,
    /** The firm makes them in its accountant product, and proves them. */
    BY_HAND
}
