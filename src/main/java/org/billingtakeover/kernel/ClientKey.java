package org.billingtakeover.kernel;

import java.util.UUID;

/** A client whose integration stops without a case of its own. */
public record ClientKey(UUID client) implements Subject {

    static final String PREFIX = "STOP-";

    @Override
    public String text() {
        return PREFIX + client;
    }

    @Override
    public String toString() {
        return text();
    }
}
