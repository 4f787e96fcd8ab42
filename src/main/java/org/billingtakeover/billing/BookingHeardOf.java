package org.billingtakeover.billing;

/** A platform tells of itself that something became of a booking: what that is, is read there. */
public record BookingHeardOf(BookingKey key) {}
