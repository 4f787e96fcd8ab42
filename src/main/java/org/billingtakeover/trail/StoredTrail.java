package org.billingtakeover.trail;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The trail as it is kept. What is read together is read at one instant, however long it takes. */
public interface StoredTrail {

    /** Runs {@code reading} on the trail as it stands now, while cases go on. */
    void atOneInstant(Runnable reading);

    long count();

    /** Each chain in turn, its entries by their numbers; few are in memory at a time. */
    void forEachEntry(Consumer<StoredEntry> consumer);

    /** One chain, by the numbers of its entries. */
    void forEachEntryOf(String about, Consumer<StoredEntry> consumer);

    /** Of one chain, those numbered below {@code number}, the last first, at most {@code limit}. */
    List<StoredEntry> before(String about, int number, int limit);

    /** How long these chains were when something was last appended to them; none for a chain that nobody appended to. */
    Map<String, Integer> lengths(Collection<String> about);

    /** Chains without a single entry, though something was appended to them, and how long they were. */
    Map<String, Integer> vanished();

    /** Which of these digests have no value any more. */
    Set<String> withoutValue(Collection<String> digests);

    /** The cases of which somebody changed a value said of a person. */
    List<String> casesWithAlteredValues();

    /** Sealed entries that are no longer there or are others. */
    void forEachSealedOtherwise(Consumer<SealedEntry> consumer);

    /** The sealed chains of a scope, by the byte order of their keys: those after {@code after}, at most {@code limit}. */
    List<ChainEnd> chains(Scope scope, String after, int limit);

    /** How many sealed chains and entries a scope has. */
    Size size(Scope scope);

    /** Those of these values that are still known, by their digests in hexadecimal digits. */
    Map<String, SaidOfPerson> saidOfPersons(Collection<String> digests);

    /** The seals from the first one of a scope's chains to the newest, by their numbers. */
    void forEachSealOf(Scope scope, Consumer<SealOfScope> consumer);

    /** What a seal says of each chain, as its digest is made of: {@code <case key> <number> <hash>}, in the order of the keys. */
    void forEachSealedLine(int seal, Consumer<String> consumer);

    /** All seals, by their numbers. */
    void forEachSeal(Consumer<StoredSeal> consumer);

    /**
     * Which chains: each whole, since a part of a chain proves nothing. Null where it does not matter.
     *
     * @param about the key of one case
     * @param from a chain counts if an entry was made then or later
     * @param until and before this
     */
    record Scope(
            @Nullable String about,
            @Nullable String firm,
            @Nullable Instant from,
            @Nullable Instant until) {}

    /** @param length how long the chain was when it was last sealed */
    record ChainEnd(String about, int length) {}

    /** Of a scope. */
    record Size(long chains, long entries) {}

    /**
     * A value beside the trail.
     *
     * @param salt in hexadecimal digits
     */
    record SaidOfPerson(String salt, String value) {

        /** Shows in no log. */
        @Override
        public String toString() {
            return "personal";
        }
    }

    /** @param sealsScope whether it seals one of the scope's chains */
    record SealOfScope(int number, String document, byte[] previous, byte[] hash, boolean sealsScope) {}

    /**
     * An entry as it was when it was sealed.
     *
     * @param present how many entries its chain has now
     */
    record SealedEntry(int seal, String about, int number, boolean isThere, int present) {}

    /**
     * @param lines the digest of what it seals, as its document should have it
     */
    record StoredSeal(int number, String document, byte[] previous, byte[] hash, String lines) {}
}
