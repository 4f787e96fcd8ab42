package org.billingtakeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;

/** A case as a test looks at it, whatever its state; what a state has no value for is null. */
public record CaseSeen(
        String key,
        UUID clientId,
        String companyId,
        State state,
        Stage stage,
        Way way,
        @Nullable String quoteNumber,
        @Nullable LocalDate billingDate,
        @Nullable Instant due,
        @Nullable Outcome outcome,
        @Nullable String reason) {

    public static CaseSeen of(Takeover takeover) {
        State state = takeover.state();
        State.Closed closed = state instanceof State.Closed end ? end : null;
        return new CaseSeen(
                takeover.key().text(),
                takeover.clientId(),
                takeover.companyId().text(),
                state,
                state.stage(),
                state.way(),
                state.quote().map(QuoteNumber::text).orElse(null),
                state.billingDate().orElse(null),
                state.due().orElse(null),
                closed == null ? null : closed.outcome(),
                closed == null || closed.reasons().isEmpty() ? null : Ineligibility.written(closed.reasons()));
    }
}
