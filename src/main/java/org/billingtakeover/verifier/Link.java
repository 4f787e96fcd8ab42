package org.billingtakeover.verifier;

import java.util.HexFormat;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;

/**
 * One entry in its chain, without what it says.
 *
 * @param previous the hash that it follows, in hexadecimal digits
 * @param hash its own, likewise
 * @param intact whether its hash is that of what it says
 */
record Link(int number, String previous, String hash, boolean intact) {

    /** What the first entry follows. */
    static final String START = HexFormat.of().formatHex(Sha256.nothingBefore());

    /** The entry as a link. */
    static Link of(StoredEntry entry) {
        HexFormat hex = HexFormat.of();
        return new Link(entry.number(), hex.formatHex(entry.previous()), hex.formatHex(entry.hash()), entry.isIntact());
    }
}
