package org.billingtakeover.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What of an account is another than it was.
 *
 * @param column of the account list, as its code
 * @param before a code, a number, a date as {@code 2026-03-15} or the list's own words; empty for none
 * @param now likewise
 */
public record Difference(String column, String before, String now) {

    private static final String BETWEEN = ",";
    private static final String PARTS_BETWEEN = ":";

    /** Several in one text. */
    public static String written(List<Difference> differences) {
        return differences.stream()
                .map(each -> String.join(
                        PARTS_BETWEEN,
                        each.column,
                        URLEncoder.encode(each.before, UTF_8),
                        URLEncoder.encode(each.now, UTF_8)))
                .collect(Collectors.joining(BETWEEN));
    }

    /** Those that {@link #written} wrote. */
    public static List<Difference> read(String written) {
        return Arrays.stream(written.split(BETWEEN, -1))
                .map(each -> each.split(PARTS_BETWEEN, -1))
                .map(parts -> new Difference(
                        parts[0], URLDecoder.decode(parts[1], UTF_8), URLDecoder.decode(parts[2], UTF_8)))
                .toList();
    }
}
