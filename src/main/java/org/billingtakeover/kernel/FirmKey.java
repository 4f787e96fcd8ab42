package org.billingtakeover.kernel;

/** A firm that something concerns as a whole, none of its clients in particular. */
public record FirmKey(FirmId firm) implements Subject {

    static final String PREFIX = "FIRM-";

    @Override
    public String text() {
        return PREFIX + firm.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
