package org.billingtakeover.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A drawing in SVG.
 *
 * @param body everything inside the {@code svg} element
 */
record Picture(double x, double y, double width, double height, String body) {

    private static final int MARGIN = 20;

    /** The picture's file: on white, with a margin, and marked with the text that it was drawn from. */
    String file(String title, String source) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!-- Drawn from %1$s. %2$s -->
                <svg xmlns="http://www.w3.org/2000/svg" width="%5$.0f" height="%6$.0f" viewBox="%3$.0f %4$.0f %5$.0f %6$.0f" role="img">
                <title>%1$s</title>
                <rect x="%3$.0f" y="%4$.0f" width="%5$.0f" height="%6$.0f" fill="white"/>%7$s
                </svg>
                """.formatted(
                        title, mark(source), x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN, body);
    }

    /** Tells a picture of this source from one of an older version. */
    static String mark(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return "SHA-256 " + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
