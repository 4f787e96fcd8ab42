package org.billingtakeover.trail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256, as the chains use it. */
public final class Sha256 {

    public static final int LENGTH = 32;

    private Sha256() {}

    /** What the first entry of a chain follows. */
    public static byte[] nothingBefore() {
        return new byte[LENGTH];
    }

    /** The digest of {@code before}, followed by {@code text} in UTF-8. */
    public static byte[] of(byte[] before, String text) {
        MessageDigest digest = digest();
        digest.update(before);
        return digest.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The digest of {@code text} in UTF-8. */
    public static byte[] of(String text) {
        return of(new byte[0], text);
    }

    /** A digest to be fed in pieces. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
