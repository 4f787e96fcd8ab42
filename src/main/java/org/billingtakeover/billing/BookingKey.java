package org.billingtakeover.billing;

import org.billingtakeover.kernel.TakeoverKey;

/**
 * Which booking is meant, over all attempts at it: {@code <case>/<option>/<date>/<number>}. Whatever is booked anew after a withdrawal or a
 * rejection has a number of its own.
 */
public record BookingKey(String text) {

    /** The case that wants it. */
    public TakeoverKey takeover() {
        return new TakeoverKey(text.substring(0, text.indexOf('/')));
    }

    @Override
    public String toString() {
        return text;
    }
}
