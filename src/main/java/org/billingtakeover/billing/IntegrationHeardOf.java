package org.billingtakeover.billing;

/** A platform tells of itself that something became of an order: what that is, is read there. */
public record IntegrationHeardOf(IntegrationKey key) {}
