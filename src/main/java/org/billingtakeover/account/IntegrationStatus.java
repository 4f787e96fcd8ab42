package org.billingtakeover.account;

/** Whether time entries are synchronized between a client's two products. */
public enum IntegrationStatus {
    ACTIVE,
    STOPPED
}
