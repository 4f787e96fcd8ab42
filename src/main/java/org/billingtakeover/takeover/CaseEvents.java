package org.billingtakeover.takeover;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in each case, in the words of the business. */
public interface CaseEvents {

    void add(String takeoverKey, String actor, What what, @Nullable String detail);

    /** Oldest first. */
    List<CaseEvent> of(String takeoverKey);

    /** @param detail codes, dates and numbers, never personal data */
    record CaseEvent(
            Instant at, String actor, What what, @Nullable String detail) {}

    /** Published in the transaction in which it happens. */
    record Happened(String takeoverKey, CaseEvent event) {}

    /** What can happen in a case. */
    enum What {
        OPENED,
        REFUSED,
        QUOTE_MADE,
        FIRM_TAKES_OVER,
        FIRM_PREFERS_CLIENT_TAKES_OVER,
        FIRM_LEAVES_BILLS_SEPARATE,
        REVIEW_LAPSED,
        CLIENT_ASKED,
        CLIENT_REMINDED,
        CLIENT_CONFIRMED,
        CLIENT_DECLINED,
        CLIENT_DID_NOT_ANSWER,
        CHANGE_SCHEDULED,
        BILLING_DATE_MOVED,
        COST_CHANGED,
        CHECK_FAILED,
        SWITCH_REJECTED,
        PROBLEM_RETRIED,
        CHANGE_CANCELLED,
        SWITCHED,
        COMMISSION_PAID,
        WITHDRAWN,
        RECONSIDERED,
        STOP_PLANNED,
        INTEGRATION_STOPPED,
        MAIL_UNDELIVERABLE,
        CLOSED
    }
}
