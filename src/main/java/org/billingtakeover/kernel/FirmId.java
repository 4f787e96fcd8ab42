package org.billingtakeover.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/** The number of an accounting firm, also the id of its tenant in the engine. */
public record FirmId(@JsonValue String text) implements Serializable {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FirmId {}

    @Override
    public String toString() {
        return text;
    }
}
