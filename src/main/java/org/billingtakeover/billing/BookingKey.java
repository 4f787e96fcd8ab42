package org.billingtakeover.billing;

/**
 * Which booking is meant, over all attempts at it: {@code <case>/<option>/<date>/<number>}. Whatever is booked anew after a withdrawal or a
 * rejection has a number of its own.
 */
public record BookingKey(String text) {

    @Override
    public String toString() {
        return text;
    }
}
