package org.billingtakeover.verifier;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A seal that somebody noted down elsewhere, from the log or a page.
 *
 * @param hash in hexadecimal digits
 */
public record NotedSeal(int number, String hash) {

    private static final Pattern NOTED = Pattern.compile("([1-9][0-9]{0,8}):([0-9a-f]{64})");

    /** @param text {@code <number>:<hash>}, however it is spaced */
    public static Optional<NotedSeal> read(String text) {
        Matcher seal = NOTED.matcher(text.replaceAll("\\s", "").toLowerCase(Locale.ROOT));
        return seal.matches()
                ? Optional.of(new NotedSeal(Integer.parseInt(seal.group(1)), seal.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return number + ":" + hash;
    }
}
