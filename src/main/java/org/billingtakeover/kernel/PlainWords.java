package org.billingtakeover.kernel;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form in which words are searched and compared, the same as the database's {@code plain_words}: without case, accents, ligatures and
 * width, with one space for whatever stands between letters and digits. {@code Crèmerie « Vieux-Four »} is {@code cremerie vieux four}.
 */
public final class PlainWords {

    private static final Pattern MARKS =
            Pattern.compile("[\\u0300-\\u036F\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{Nd}]+");

    private PlainWords() {}

    public static String of(String text) {
        String letters = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT)
                .replace("œ", "oe")
                .replace("æ", "ae")
                .replace("ø", "o")
                .replace("đ", "d")
                .replace("ð", "d")
                .replace("ł", "l")
                .replace("þ", "th")
                .replace("ß", "ss")
                .replace('ı', 'i')
                .replace('ς', 'σ');
        return BETWEEN_WORDS.matcher(letters).replaceAll(" ").strip();
    }

    /** What the database's {@code searchable} texts are asked: each word as the beginning of one, in any order. No word finds nothing. */
    public static String beginnings(String text) {
        return Arrays.stream(of(text).split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
    }
}
