package org.billingtakeover.billing;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.billingtakeover.pricing.MakeCharge.Time;

/**
 * The days that are billed together.
 *
 * @param until the first day of the next period
 * @param months whose price it costs
 */
public record BillPeriod(LocalDate from, LocalDate until, int months) {

    /** Some of its days: a part of its price by days. */
    public Time some(LocalDate first, LocalDate firstNoMore) {
        return new Time(months, days(first, firstNoMore), days(from, until));
    }

    /** How many. */
    public static int days(LocalDate from, LocalDate until) {
        return Math.toIntExact(ChronoUnit.DAYS.between(from, until));
    }
}
