package org.billingtakeover.audit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/** Cases as an auditor looks for them. */
public interface AuditedCases {

    /** Newest first, at most {@code limit}. */
    List<AuditedCase> find(Search search, int limit);

    /** The keys of all cases of a firm. */
    Set<String> ofFirm(FirmId firmId);

    /**
     * What to look for; null or empty where it does not matter.
     *
     * @param text a case's key; or the beginnings of words of a client's name or company number, in any order, whatever their accents
     * @param actor somebody who did something in the case
     * @param from the first day on which the case was opened, in UTC
     * @param to the last one
     * @param stop why a case ended or turned: a reason against a take-over, why nothing was left to take over, or what happened
     * @param least the least amount that the case is about, in the currency of the case: what the new payer pays a month after the
     *     change with taxes, or a commission balance paid out
     * @param most the most
     * @param after the last case of the page before
     */
    record Search(
            @Nullable String text,
            @Nullable String firm,
            @Nullable String outcome,
            @Nullable String actor,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            @Nullable String stop,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable String after) {}

    /** What happened in a case that ended or turned it, and that {@link Search#stop} can name. */
    List<String> STOPS = List.of(
            "FIRM_LEAVES_BILLS_SEPARATE",
            "REVIEW_LAPSED",
            "CLIENT_DECLINED",
            "CLIENT_DID_NOT_ANSWER",
            "COST_CHANGED",
            "NOT_POSSIBLE",
            "NOT_OFFERED",
            "CHECK_FAILED",
            "SWITCH_REJECTED",
            "CHANGE_CANCELLED",
            "WITHDRAWN",
            "MAIL_UNDELIVERABLE",
            "INCIDENT_OPENED");

    /** @param outcome null while the case is open */
    record AuditedCase(
            TakeoverKey key,
            String client,
            String firm,
            String stage,
            @Nullable String outcome,
            Instant openedAt,
            @Nullable Instant closedAt) {}
}
