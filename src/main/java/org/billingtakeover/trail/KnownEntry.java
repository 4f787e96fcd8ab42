package org.billingtakeover.trail;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry with what is still known of what it says of people.
 *
 * @param said by digests in hexadecimal digits
 */
public record KnownEntry(StoredEntry stored, Map<String, Said> said) {

    /**
     * A value beside the trail.
     *
     * @param salt in hexadecimal digits
     */
    public record Said(String salt, String value) {

        /** Shows in no log. */
        @Override
        public String toString() {
            return "personal";
        }
    }

    /** The value of a digest; null where it was erased. */
    public @Nullable String said(String digest) {
        Said known = said.get(digest);
        return known == null ? null : known.value;
    }
}
