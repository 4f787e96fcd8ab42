package org.billingtakeover.verifier;

import org.jspecify.annotations.Nullable;

/**
 * Something in a trail is not as it was written.
 *
 * @param about the chain that it concerns, or the file; empty for a seal
 * @param from number of the first entry (or seal) that it concerns; of how many there are, how many there should be
 * @param to number of the last one; of an entry that was moved, where it belongs; how many there are
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
        SEAL_ALTERED,
        /** The seal of this number is not the one that was noted down. */
        NOT_AS_NOTED,
        /** These entries are in no seal of a file, which has sealed ones alone. */
        NOT_SEALED,
        CHAIN_MISPLACED,
        SEAL_MISPLACED,
        CHAINS_MISCOUNTED,
        ENTRIES_MISCOUNTED,
        /** The database recorded this after the next one, which cannot be: a clock was put back, or somebody wrote by hand. */
        RECORDED_EARLIER,
        /** The database does not say when this came, though it says so of one before. */
        RECORDED_UNKNOWN,
        /** The database recorded this at another time than the product says. */
        RECORDED_APART,
        SEAL_RECORDED_EARLIER,
        SEAL_RECORDED_UNKNOWN,
        SEAL_RECORDED_APART,
        /** A file beside the entries is not the one that they tell of. */
        FILE_ALTERED
    }
}
