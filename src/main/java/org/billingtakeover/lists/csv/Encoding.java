package org.billingtakeover.lists.csv;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** In which of the ways that spreadsheets write a file does not say how it is written, told by a part of it. */
final class Encoding {

    /** What spreadsheets write that do not write Unicode. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Signs that stand beside letters in text of older systems alone, where they are accented letters. */
    private static final String NEVER_BESIDE_LETTERS = "\u0192\u2020\u2021\u02C6\u2030\u02DC\u201A\u201E\uFFFD";

    private static final String NEVER_BETWEEN_LETTERS =
            "\u20AC\u2026\u2039\u203A\u2018\u201C\u201D\u2022\u2122\u00A1\u00A2\u00A3"
                    + "\u00A4\u00A5\u00A6\u00A7\u00A8\u00A9\u00AC\u00AE\u00AF\u00B1\u00B6\u00B8\u00BF\u00D7\u00F7";

    private Encoding() {}

    /** {@code part} begins with a byte that is not ASCII. Whatever the charset cannot decode is damaged. */
    static Charset of(ByteBuffer part) {
        int damaged = 0;
        int whole = 0;
        ByteBuffer left = part.duplicate();
        CharBuffer text = CharBuffer.allocate(1024);
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CoderResult result;
        do {
            result = utf8.decode(left, text.clear(), false);
            whole += (int) text.flip().chars().filter(sign -> sign > 127).count();
            if (result.isMalformed()) {
                damaged++;
                left.position(left.position() + result.length());
            }
        } while (!result.isUnderflow());
        if (whole > damaged) {
            return StandardCharsets.UTF_8;
        }
        return looksLikeWindows(part.duplicate()) ? WINDOWS : StandardCharsets.US_ASCII;
    }

    /** Text of MS-DOS or an old Macintosh, or a damaged sign, reads under Windows' own set as what nobody writes. */
    private static boolean looksLikeWindows(ByteBuffer part) {
        CharsetDecoder decoder = WINDOWS.newDecoder().onUnmappableCharacter(CodingErrorAction.REPLACE);
        String text = decode(decoder.onMalformedInput(CodingErrorAction.REPLACE), part);
        int likely = 0;
        int unlikely = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign > 127) {
                char before = i == 0 ? ' ' : text.charAt(i - 1);
                char after = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
                if (isUnlikely(before, sign, after)) {
                    unlikely++;
                } else if (Character.isLetter(sign)) {
                    likely++;
                }
            }
        }
        return unlikely == 0 || likely > unlikely;
    }

    private static boolean isUnlikely(char before, char sign, char after) {
        boolean behindLetter = Character.isLetter(before);
        boolean beforeLetter = Character.isLetter(after);
        if (Character.isUpperCase(sign)) {
            return Character.isLowerCase(before);
        }
        return sign == '\uFFFD'
                || (NEVER_BESIDE_LETTERS.indexOf(sign) >= 0 && (behindLetter || beforeLetter))
                || (NEVER_BETWEEN_LETTERS.indexOf(sign) >= 0 && behindLetter && beforeLetter);
    }

    private static String decode(CharsetDecoder decoder, ByteBuffer part) {
        CharBuffer text = CharBuffer.allocate(part.remaining());
        decoder.decode(part, text, true);
        return text.flip().toString();
    }
}
