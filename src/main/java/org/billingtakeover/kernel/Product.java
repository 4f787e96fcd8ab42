package org.billingtakeover.kernel;

/** A product that a client subscribes to. */
public enum Product {
    QUICKBOOKS_ONLINE,
    QUICKBOOKS_TIME
}
