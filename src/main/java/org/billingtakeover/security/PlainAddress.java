package org.billingtakeover.security;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses mean to everybody who reads them what they say: what guards a path, and what serves it, would otherwise read another one each.
 * Only what has to be encoded is encoded, and no part leads elsewhere.
 */
final class PlainAddress {

    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
    private static final Pattern PARTS = Pattern.compile("/");
    private static final String NEED_NO_CODE = "-._~/\\%";
    private static final List<String> ELSEWHERE = List.of(".", "..");

    private PlainAddress() {}

    /**
     * Whether an address is one, and not the riddle of one.
     *
     * @param path as it was sent
     * @param query as it was sent; null for none
     */
    static boolean isPlain(String path, @Nullable String query) {
        return !path.contains(";")
                && !path.contains("//")
                && path.indexOf('\\') < 0
                && PARTS.splitAsStream(path).noneMatch(ELSEWHERE::contains)
                && isEncoded(path)
                && ENCODED.matcher(path).results().allMatch(code -> mayBeEncoded(code.group(1)))
                && isText(path)
                && (query == null || isEncoded(query));
    }

    private static boolean isEncoded(String text) {
        return ENCODED.matcher(text).replaceAll("").indexOf('%') < 0;
    }

    private static boolean mayBeEncoded(String code) {
        int value = HexFormat.fromHexDigits(code);
        boolean letterOrDigit = value < 0x80 && Character.isLetterOrDigit(value);
        return !letterOrDigit && value >= ' ' && value != 0x7f && NEED_NO_CODE.indexOf(value) < 0;
    }

    private static boolean isText(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length() * 4);
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '%') {
                bytes.put((byte) HexFormat.fromHexDigits(path, i + 1, i + 3));
                i += 2;
            } else {
                bytes.put(path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
