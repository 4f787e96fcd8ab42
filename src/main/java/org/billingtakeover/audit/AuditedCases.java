package org.billingtakeover.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cases as an auditor looks for them. */
public interface AuditedCases {

    /** Newest first, at most {@code limit}. */
    List<AuditedCase> find(Search search, int limit);

    /**
     * What to look for; null or empty where it does not matter.
     *
     * @param text a case's key, or part of a client's name
     * @param actor somebody who did something in the case
     * @param from the first day on which the case was opened, in UTC
     * @param to the last one
     * @param after the last case of the page before
     */
    record Search(
            @Nullable String text,
            @Nullable String firm,
            @Nullable String outcome,
            @Nullable String actor,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String after) {}

    /** @param outcome null while the case is open */
    record AuditedCase(
            String key,
            String client,
            String firm,
            String stage,
            @Nullable String outcome,
            Instant openedAt,
            @Nullable Instant closedAt) {}
}
