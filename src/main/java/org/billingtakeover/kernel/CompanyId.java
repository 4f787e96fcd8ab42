package org.billingtakeover.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The platform's own number of a company, the same on every firm's list. */
public record CompanyId(@JsonValue String text) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CompanyId {}

    @Override
    public String toString() {
        return text;
    }
}
