package org.billingtakeover.trail;

import java.util.HexFormat;

/**
 * One entry in its chain, without what it says.
 *
 * @param previous the hash that it follows, in hexadecimal digits
 * @param hash its own, likewise
 * @param intact whether its hash is that of what it says
 */
public record Link(int number, String previous, String hash, boolean intact) {

    /** What the first entry follows. */
    public static final String START = HexFormat.of().formatHex(Sha256.nothingBefore());

    /** The entry as a link. */
    public static Link of(StoredEntry entry) {
        HexFormat hex = HexFormat.of();
        return new Link(entry.number(), hex.formatHex(entry.previous()), hex.formatHex(entry.hash()), entry.isIntact());
    }
}
