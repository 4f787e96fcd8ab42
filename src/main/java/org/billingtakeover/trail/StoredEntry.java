package org.billingtakeover.trail;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry as it is kept.
 *
 * @param document canonical JSON of actor, at, case, content and what
 * @param previous hash of the entry before; zeros for the first
 * @param hash SHA-256 of {@code previous} and the document
 * @param recordedAt when the database says that it came, which no hash holds; null where that is not known
 */
public record StoredEntry(
        String about,
        int number,
        Instant at,
        String actor,
        String what,
        String document,
        byte[] previous,
        byte[] hash,
        @Nullable Instant recordedAt) {

    /** Whether it is what was hashed, and says beside its document what the document says. */
    public boolean isIntact() {
        Map<?, ?> said = said();
        return Arrays.equals(Sha256.of(previous, document), hash)
                && about.equals(said.get("case"))
                && at.toString().equals(said.get("at"))
                && actor.equals(said.get("actor"))
                && what.equals(said.get("what"));
    }

    /** The digests of what it says of people, in hexadecimal digits. */
    public Set<String> personalDigests() {
        Set<String> digests = new HashSet<>();
        collect(said().get("content"), digests);
        return digests;
    }

    /** What the document says; nothing where it is no JSON, which only somebody else can have written. */
    public Map<?, ?> said() {
        return Json.object(document);
    }

    private static void collect(@Nullable Object value, Set<String> digests) {
        if (value instanceof Map<?, ?> map && map.size() == 1 && map.get("digest") instanceof String digest) {
            digests.add(digest);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(each -> collect(each, digests));
        } else if (value instanceof Collection<?> items) {
            items.forEach(each -> collect(each, digests));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredEntry entry
                && entry.about.equals(about)
                && entry.number == number
                && Arrays.equals(entry.hash, hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
