package org.billingtakeover.account;

/** How often a subscription is billed. */
public enum BillingCycle {
    MONTHLY,
    ANNUAL
}
