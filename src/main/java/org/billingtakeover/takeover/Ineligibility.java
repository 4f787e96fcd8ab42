package org.billingtakeover.takeover;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reason why no take-over can be opened for a client now, or why nothing was left of one.
 *
 * @param reason the code of a row in {@code processes/takeover-eligibility.dmn}; {@code ineligible.<reason>} in the messages
 * @param possibleFrom the local date of the client from which time cures it; null where time does not
 */
public record Ineligibility(String reason, @Nullable LocalDate possibleFrom) implements Serializable {

    /** Reasons as a case keeps them: codes, each with the date that cures it if there is one. */
    public static String written(List<Ineligibility> reasons) {
        return reasons.stream()
                .map(each -> each.possibleFrom == null ? each.reason : each.reason + "@" + each.possibleFrom)
                .collect(Collectors.joining(","));
    }

    /** The reasons that {@link #written} wrote. */
    public static List<Ineligibility> read(String written) {
        return Arrays.stream(written.split(",", -1))
                .filter(part -> !part.isEmpty())
                .map(Ineligibility::readOne)
                .toList();
    }

    private static Ineligibility readOne(String part) {
        int at = part.indexOf('@');
        return at < 0
                ? new Ineligibility(part, null)
                : new Ineligibility(part.substring(0, at), LocalDate.parse(part.substring(at + 1)));
    }
}
