package org.billingtakeover.trail;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The trail as the database keeps it. */
public interface StoredTrail extends TrailReader {

    /** Runs {@code reading} on the trail as it stands now, while cases go on, however long it takes. */
    <T> T atOneInstant(Reading<T> reading) throws IOException;

    /** Reads more than once. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** One chain, as far as it has grown. */
    List<KnownEntry> chain(String about);

    /** Of one chain, those numbered below {@code number}, the last first, at most {@code limit}. */
    List<KnownEntry> before(String about, int number, int limit);

    /** How much a scope has. */
    Size size(Scope scope) throws IOException;

    /** The chains of a scope by the byte order of their keys, as far as they are sealed; then the seals from the first one of theirs on. */
    void read(Scope scope, Records records) throws IOException;

    /** The newest seal over a chain. */
    Optional<Seal> newestSealOf(String about);

    /**
     * Which sealed chains: each whole, since a part of a chain proves nothing. Null where it does not matter.
     *
     * @param about the key of one chain
     * @param among whether a chain is one of those that are asked for
     * @param from a chain counts if an entry was made then or later
     * @param until and before this
     */
    record Scope(
            @Nullable String about,
            @Nullable Predicate<String> among,
            @Nullable Instant from,
            @Nullable Instant until) {

        public static final Scope ALL = new Scope(null, null, null, null);

        public static Scope of(String about) {
            return new Scope(about, null, null, null);
        }
    }

    record Size(long chains, long entries) {}
}
