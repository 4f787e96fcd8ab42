package org.billingtakeover.trail;

import java.io.IOException;

/** Is told what a trail holds, in its order: each chain with its entries, then the seals with their lines. */
public interface Records {

    /** @param length how many entries the chain should have */
    default void chain(String about, int length) throws IOException {}

    default void entry(KnownEntry entry) throws IOException {}

    default void endOfChain() throws IOException {}

    /** @param hasLines whether its lines follow: they do unless it seals nothing that is told */
    default void seal(Seal seal, boolean hasLines) throws IOException {}

    /** What the seal says of a chain, as its digest is made of: {@code <key> <number> <hash>}, in the order of the keys. */
    default void sealedLine(String line) throws IOException {}

    default void endOfSeal() throws IOException {}
}
