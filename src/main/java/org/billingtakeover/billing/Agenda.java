package org.billingtakeover.billing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What platforms are to be asked about, and when.
 *
 * @param <K> which of it is meant
 * @param <T> what whoever asks takes in hand
 */
public interface Agenda<K, T> {

    /** Those about which the platform is to be asked now, and that nobody has in hand. */
    List<K> due(Instant now, int most);

    /**
     * Takes one in hand, in a transaction of its own.
     *
     * @param until when others may take it, should nothing be heard
     */
    Optional<T> take(K key, Instant now, Instant until);

    /** The platform has not done it yet. */
    void later(K key, Instant at);

    /**
     * Nobody knows what the platform did.
     *
     * @param at when it is asked again
     * @param unwantedAt likewise, about what is no longer wanted
     */
    void failed(K key, Instant at, Instant unwantedAt);
}
