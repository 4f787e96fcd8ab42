package org.billingtakeover.trail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * One entry as it is kept.
 *
 * @param document canonical JSON of actor, at, case, content and what
 * @param previous hash of the entry before; zeros for the first
 * @param hash SHA-256 of {@code previous} and the document
 */
public record StoredEntry(
        String about,
        int number,
        Instant at,
        String actor,
        String what,
        String document,
        byte[] previous,
        byte[] hash) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Whether it is what was hashed, and says beside its document what the document says. */
    public boolean isIntact() {
        if (!Arrays.equals(Sha256.of(previous, document), hash)) {
            return false;
        }
        JsonNode said = read();
        return said.path("case").asText().equals(about)
                && said.path("at").asText().equals(at.toString())
                && said.path("actor").asText().equals(actor)
                && said.path("what").asText().equals(what);
    }

    /** The digests of what it says of people, in hexadecimal digits. */
    public Set<String> personalDigests() {
        Set<String> digests = new HashSet<>();
        collect(read().path("content"), digests);
        return digests;
    }

    /** @throws IllegalStateException if the document is no JSON, which only somebody else can have written */
    public JsonNode read() {
        try {
            return MAPPER.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Entry " + number + " of " + about + " is no JSON");
        }
    }

    private static void collect(JsonNode node, Set<String> digests) {
        if (node.isObject() && node.size() == 1 && node.path("digest").isTextual()) {
            digests.add(node.path("digest").asText());
        } else {
            node.forEach(each -> collect(each, digests));
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
