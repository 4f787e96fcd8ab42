package org.billingtakeover.trail;

import java.time.Instant;
import java.util.Optional;

/** The seals over all chains. */
public interface Seals {

    /**
     * Seals what has grown, waiting for nobody.
     *
     * @param at in UTC, as documents have it
     * @return the seal, as {@code <number>:<hash>}; empty if nothing has grown
     */
    Optional<String> seal(String at);

    Optional<Newest> newest();

    /** The hash of a seal, in hexadecimal digits. */
    Optional<String> hash(int number);

    /**
     * The newest seal, to be noted down elsewhere.
     *
     * @param hash in hexadecimal digits
     */
    record Newest(int number, Instant at, String hash) {}

    /** Whether the last seal was written in another database than this: it was restored from a dump or a copy since. */
    Optional<Replaced> databaseReplaced();

    /** Which database it was and is: server, database and time line. */
    record Replaced(String before, String now) {}
}
