package org.billingtakeover.trail;

import java.io.IOException;
import java.util.Collection;

/** Reads a trail from where it is kept: the database, or a file that left it. Few records are in memory at a time. */
public interface TrailReader {

    /** How many entries there are; 0 where nobody knows yet. */
    long count() throws IOException;

    /** Whether it has all seals from the first one on. */
    boolean beginsWithFirstSeal();

    void read(Records records) throws IOException;

    /** These chains once more, maybe among others. */
    void readChains(Collection<String> about, Records records) throws IOException;

    /** Holds each sealed line against the entry that it seals. */
    void compareSealed(SealedLines found) throws IOException;

    /** Is told what does not fit. */
    interface SealedLines {

        /**
         * A sealed entry is no longer there, or is another one.
         *
         * @param present how many entries its chain has
         */
        void differs(String about, int number, int seal, boolean isThere, int present);

        /** The last entries of a chain are in no seal, though they should be. */
        void lacks(String about, int from, int to);
    }
}
