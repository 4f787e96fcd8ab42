package org.billingtakeover.takeover;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.kernel.QuoteNumber;
import org.jspecify.annotations.Nullable;

/**
 * Where a case stood when somebody was shown it. A form sends it along, so that nobody acts on what they did not see (S84).
 *
 * @param outcome of a case that had ended; null of one that was open
 * @param quote the quote in force; null where there was none
 * @param billingDate the local date of the client on which the payer changes; null where there was none
 */
public record Seen(
        Stage stage,
        @Nullable Outcome outcome,
        Way way,
        @Nullable QuoteNumber quote,
        @Nullable LocalDate billingDate) {

    private static final String NOTHING = "";
    private static final String BETWEEN = "~";
    private static final int PARTS = 5;

    public static Seen of(Takeover takeover) {
        State state = takeover.state();
        return new Seen(
                state.stage(),
                state instanceof State.Closed closed ? closed.outcome() : null,
                state.way(),
                state.quote().orElse(null),
                state.billingDate().orElse(null));
    }

    /** What {@link #text} wrote; empty for anything else. */
    public static Optional<Seen> read(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split(BETWEEN, -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Seen(
                    Stage.valueOf(parts[0]),
                    parts[1].equals(NOTHING) ? null : Outcome.valueOf(parts[1]),
                    Way.valueOf(parts[2]),
                    parts[3].equals(NOTHING) ? null : new QuoteNumber(parts[3]),
                    parts[4].equals(NOTHING) ? null : LocalDate.parse(parts[4])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** In one word, for a hidden field. */
    public String text() {
        return String.join(
                BETWEEN,
                stage.name(),
                outcome == null ? NOTHING : outcome.name(),
                way.name(),
                quote == null ? NOTHING : quote.text(),
                billingDate == null ? NOTHING : billingDate.toString());
    }
}
