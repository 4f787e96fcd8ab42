package org.billingtakeover.trail;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A seal as it is kept.
 *
 * @param document JSON that ends with the seal's number, and holds the digest of its lines
 * @param previous hash of the seal before; zeros for the first
 * @param hash SHA-256 of {@code previous} and the document
 * @param recordedAt when the database says that it came, which no hash holds; null where that is not known
 */
public record Seal(
        int number,
        String document,
        byte[] previous,
        byte[] hash,
        @Nullable Instant recordedAt) {

    public boolean isIntact() {
        return Arrays.equals(Sha256.of(previous, document), hash) && document.endsWith("\"number\":" + number + "}");
    }

    /** Whether these are its lines, by their digest in hexadecimal digits. */
    public boolean seals(String lines) {
        return document.contains("\"digest\":\"" + lines + "\"");
    }

    /** When it was made, as its document says. */
    public Instant at() {
        return Instant.parse(String.valueOf(Json.object(document).get("at")));
    }

    /** The hash in hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(hash);
    }

    /** As it is noted down: {@code <number>:<hash>}. */
    public String noted() {
        return number + ":" + hex();
    }
}
