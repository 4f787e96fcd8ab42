package org.billingtakeover.kernel;

/** The business key of a case, {@code TKO-<year>-<number>}. */
public record TakeoverKey(String text) implements Subject {

    public TakeoverKey {
        if (text.isBlank()) {
            throw new IllegalArgumentException("A case has a key, such as TKO-2026-00001.");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
