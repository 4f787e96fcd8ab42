package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One case.
 *
 * @param key the business key, {@code TKO-<year>-<number>}
 * @param reason why it ended so, in codes; null where the outcome says it all
 * @param openedBy the user who asked for it
 * @param way the way that is being tried
 * @param quoteNumber the quote that is being reviewed or was agreed to; null before the first
 * @param billingDate the local date of the client on which the payer changes; null unless scheduled
 * @param acknowledgedBy who acknowledged the quote for the firm; null before
 * @param due when what the case waits for now is overdue or happens; null where it waits for nothing
 * @param outcome null while the case is open
 */
public record Takeover(
        String key,
        String firmId,
        UUID clientId,
        String companyId,
        Way way,
        Stage stage,
        @Nullable String quoteNumber,
        @Nullable LocalDate billingDate,
        String openedBy,
        Instant openedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant due,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable Instant closedAt) {

    public boolean isOpen() {
        return stage != Stage.CLOSED;
    }
}
