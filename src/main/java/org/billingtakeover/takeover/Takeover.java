package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.account.Account;
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

    static Takeover opened(String key, Account account, String actor, Instant now) {
        return new Takeover(
                key,
                account.firm().id(),
                account.client().id(),
                account.client().companyId(),
                Way.FIRM_TAKES_TIME,
                Stage.REVIEW,
                null,
                null,
                actor,
                now,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public boolean isOpen() {
        return stage != Stage.CLOSED;
    }

    /** A new quote wants reviewing; whatever was acknowledged before no longer counts. */
    Takeover quoted(Way newWay, String number, @Nullable Instant newDue) {
        return new Takeover(
                key,
                firmId,
                clientId,
                companyId,
                newWay,
                Stage.REVIEW,
                number,
                null,
                openedBy,
                openedAt,
                null,
                null,
                newDue,
                outcome,
                reason,
                closedAt);
    }

    Takeover acknowledged(String by, Instant at) {
        return new Takeover(
                key,
                firmId,
                clientId,
                companyId,
                way,
                stage,
                quoteNumber,
                billingDate,
                openedBy,
                openedAt,
                by,
                at,
                due,
                outcome,
                reason,
                closedAt);
    }

    Takeover asking(Instant answerDue) {
        return with(way, Stage.ASKING, quoteNumber, null, answerDue);
    }

    Takeover scheduled(LocalDate date, Instant at) {
        return with(way, Stage.SCHEDULED, quoteNumber, date, at);
    }

    Takeover agreedAtLowerCost(String number) {
        return with(way, stage, number, billingDate, due);
    }

    Takeover inTrouble() {
        return with(way, Stage.PROBLEM, quoteNumber, billingDate, null);
    }

    Takeover unscheduled() {
        return with(way, Stage.REVIEW, quoteNumber, null, null);
    }

    Takeover stopping(Instant stopAt) {
        return with(way, Stage.STOPPING, quoteNumber, null, stopAt);
    }

    Takeover closed(Outcome newOutcome, @Nullable String newReason, Instant at) {
        return new Takeover(
                key,
                firmId,
                clientId,
                companyId,
                way,
                Stage.CLOSED,
                quoteNumber,
                billingDate,
                openedBy,
                openedAt,
                acknowledgedBy,
                acknowledgedAt,
                null,
                newOutcome,
                newReason,
                at);
    }

    private Takeover with(
            Way newWay,
            Stage newStage,
            @Nullable String newQuote,
            @Nullable LocalDate newBillingDate,
            @Nullable Instant newDue) {
        return new Takeover(
                key,
                firmId,
                clientId,
                companyId,
                newWay,
                newStage,
                newQuote,
                newBillingDate,
                openedBy,
                openedAt,
                acknowledgedBy,
                acknowledgedAt,
                newDue,
                outcome,
                reason,
                closedAt);
    }
}
