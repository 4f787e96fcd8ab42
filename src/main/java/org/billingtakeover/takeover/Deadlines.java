package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.List;

/** How long things may take; a process owner keeps them in {@code processes/deadlines.dmn}. */
public interface Deadlines {

    /** How long {@code step} may take when it begins on this day. */
    Allowance of(Step step, LocalDate on);

    /** What has a deadline. */
    enum Step {
        REVIEW,
        CLIENT_ANSWER,
        QUOTE_VALIDITY,
        /** From the day on which a split arrangement is detected to the day on which its integration stops. */
        STOP_DATE,
        /** Before the stop date: when firm and client are told of it, and how long before it both have to know. */
        STOP_WARNING,
        STOP_NOTICE,
        /** Between two invitations of a firm that has not decided about a client with two payers. */
        INVITATION,
        /** Before a review lapses, an answer expires, a payer changes: when those are told who can still do something. */
        REVIEW_WARNING,
        ANSWER_WARNING,
        CHANGE_WARNING,
        /** Before a change: from when on it is looked every day for what would keep it from being made. */
        LOOK_AHEAD,
        /** Between two attempts at a switch that the platform rejected; the reminder days say after how many days each follows. */
        SWITCH_RETRY,
        /** Before a billing date: by when a firm must have made a change by hand; and between two reminders until then. */
        CHANGE_BY_HAND,
        CHANGE_BY_HAND_REMINDER,
        /** After a billing date: by when a change made by hand is proved; the reminder days say when the firm is reminded of that. */
        PROOF_BY_HAND,
        /** After the bill dates of both parties: by when the first bills after a change are there; and from then on, until a refund is. */
        FIRST_BILLS,
        REFUND,
        /** How long a firm has to turn an integration off or on by hand; the reminder days say when it is reminded of that. */
        INTEGRATION_BY_HAND;

        /** Whether reminder days mean anything to it. */
        public boolean isRepeated() {
            return this == CLIENT_ANSWER
                    || this == SWITCH_RETRY
                    || this == PROOF_BY_HAND
                    || this == INTEGRATION_BY_HAND;
        }
    }

    /** @param reminderDays days after the beginning, ascending; empty for none */
    record Allowance(int days, List<Integer> reminderDays) {}
}
