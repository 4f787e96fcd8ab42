package org.billingtakeover.tables;

import java.time.LocalDate;

/**
 * What a cell lets through of days (as days since 1970) or of whole numbers.
 *
 * @param first {@link Long#MIN_VALUE} where it has no beginning
 * @param last the last one that still fits; {@link Long#MAX_VALUE} where it has no end
 */
record Span(long first, long last) {

    static final Span ALL = new Span(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean meets(Span other) {
        return first <= other.last && other.first <= last;
    }

    boolean isOpen() {
        return last == Long.MAX_VALUE;
    }

    /** The part that both have; they meet. */
    Span common(Span other) {
        return new Span(Math.max(first, other.first), Math.min(last, other.last));
    }

    /** As days: {@code from 2026-01-01 on}. */
    String inDays() {
        if (first == Long.MIN_VALUE) {
            return isOpen() ? "on any day" : "until " + LocalDate.ofEpochDay(last);
        }
        LocalDate from = LocalDate.ofEpochDay(first);
        return isOpen() ? "from " + from + " on" : "from " + from + " to " + LocalDate.ofEpochDay(last);
    }
}
