package org.billingtakeover.kernel;

import java.util.regex.Pattern;

/**
 * What somebody else wrote, such as a name, among words of ours: without marks that turn the direction of reading or break the line where
 * one cannot see it, so that it shows as what it is and changes nothing around it.
 */
public final class HarmlessText {

    private static final String TURNS = "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069";
    private static final Pattern UNSEEN = Pattern.compile("[" + TURNS + "\\u000B\\u000C\\u0085\\u2028\\u2029]+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[" + TURNS + "\\p{Cntrl}\\u0085\\u2028\\u2029]+");

    private HarmlessText() {}

    /** As it is but for these marks; line breaks that one sees stay. */
    public static String of(CharSequence text) {
        return UNSEEN.matcher(text).replaceAll(" ");
    }

    /** As {@code of}, in one line. */
    public static String inOneLine(CharSequence text) {
        return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
    }

    /** Whether {@code of} would change something. */
    public static boolean isHarmless(CharSequence text) {
        return !UNSEEN.matcher(text).find();
    }
}
