package org.billingtakeover.billing;

/** Published in the transaction in which a case wants something else of the platform. */
public record BookingsWanted() {}
