package org.billingtakeover.account;

/** The standing of a subscription with the platform. */
public enum SubscriptionStatus {
    ACTIVE,
    PAST_DUE,
    SUSPENDED,
    CANCELLED
}
