package org.billingtakeover.trail;

import org.jspecify.annotations.Nullable;

/**
 * Something in the trail is not as it was written.
 *
 * @param about the case whose chain it is; empty for a seal
 * @param from number of the first entry (or seal) that it concerns
 * @param to number of the last one; of an entry that was moved, where it belongs
 * @param seal the seal that proves it; null where the chain itself does
 */
public record Finding(
        Kind kind, String about, int from, int to, @Nullable Integer seal) {

    /** Of one entry or seal, proved by the chain itself. */
    public static Finding of(Kind kind, String about, int number) {
        return new Finding(kind, about, number, number, null);
    }

    /** What was done. */
    public enum Kind {
        MISSING,
        ALTERED,
        INSERTED,
        MOVED,
        /** The chain fits in itself, and not what was sealed. */
        REWRITTEN,
        /** A value said of a person is another one. */
        PERSONAL_ALTERED,
        /** A value said of a person is gone, and no entry says that it was erased. */
        PERSONAL_MISSING,
        SEAL_MISSING,
        SEAL_ALTERED
    }
}
