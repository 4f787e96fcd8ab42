package org.billingtakeover.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of one quote, {@code Q-<number>}; empty for a quote that nobody was shown. */
public record QuoteNumber(@JsonValue String text) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public QuoteNumber {}

    @Override
    public String toString() {
        return text;
    }
}
