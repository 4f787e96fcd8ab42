package org.billingtakeover.audit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The trail as it is kept. What is read together is read at one instant, however long it takes. */
public interface StoredTrail {

    /** Runs {@code reading} on the trail as it stands now, while cases go on. */
    void atOneInstant(Runnable reading);

    long count();

    /** Each chain in turn, its entries by their numbers; few are in memory at a time. */
    void forEachEntry(Consumer<StoredEntry> consumer);

    /** One chain, by the numbers of its entries. */
    void forEachEntryOf(String about, Consumer<StoredEntry> consumer);

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

    /** All seals, by their numbers. */
    void forEachSeal(Consumer<StoredSeal> consumer);

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
