package org.billingtakeover.billing;

import java.time.LocalDate;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * Which booking is meant, over all attempts at it: {@code <case>/<option>/<date>/<number>}. Whatever is booked anew after a withdrawal or a
 * rejection has a number of its own.
 */
public record BookingKey(String text) {

    /** Of what nobody has booked, and is only asked about. */
    public static BookingKey unbooked(TakeoverKey takeover, String option, LocalDate effective) {
        return new BookingKey(takeover + "/" + option + "/" + effective + "/0");
    }

    /** The case that wants it. */
    public TakeoverKey takeover() {
        return new TakeoverKey(text.substring(0, text.indexOf('/')));
    }

    @Override
    public String toString() {
        return text;
    }
}
