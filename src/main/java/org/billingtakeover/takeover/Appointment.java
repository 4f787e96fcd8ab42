package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A billing date, and what it means for a change that is booked for it.
 *
 * @param date local date of the client
 * @param checkedAt when everything is checked once more: as the date begins, or early enough before the cut-off
 * @param cutOff until when the platform can be told otherwise
 */
public record Appointment(LocalDate date, Instant checkedAt, Instant cutOff) {}
