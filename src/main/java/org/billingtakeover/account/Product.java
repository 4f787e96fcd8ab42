package org.billingtakeover.account;

/** A product that a client subscribes to. */
public enum Product {
    QUICKBOOKS_ONLINE,
    QUICKBOOKS_TIME
}
