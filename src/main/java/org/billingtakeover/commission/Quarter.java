package org.billingtakeover.commission;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quarter of the calendar year, written {@code 2026-Q1}.
 *
 * @param number from 1 to 4
 */
public record Quarter(int year, int number) implements Occasion {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{4})-Q([1-4])");
    private static final int MONTHS = 3;

    /** The one that the day is in. */
    public static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), day.get(IsoFields.QUARTER_OF_YEAR));
    }

    /** @throws IllegalArgumentException if it is no quarter as {@link #text} writes it */
    public static Quarter of(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(text + " is no quarter. Write it like 2026-Q1.");
        }
        return new Quarter(Integer.parseInt(written.group(1)), Integer.parseInt(written.group(2)));
    }

    @Override
    public String text() {
        return year + "-Q" + number;
    }

    public LocalDate firstDay() {
        return LocalDate.of(year, (number - 1) * MONTHS + 1, 1);
    }

    public LocalDate lastDay() {
        return firstDay().plusMonths(MONTHS).minusDays(1);
    }

    @Override
    public String toString() {
        return text();
    }
}
