package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * The payer switch of one subscription; a case has at most one.
 *
 * @param billingDate local date of the client from which {@code to} pays
 */
public record BillingChange(
        TakeoverKey takeover,
        Way way,
        UUID subscription,
        QuoteNumber quote,
        Payer from,
        Payer to,
        LocalDate billingDate,
        Instant switchedAt) {

    /** The stored changes. */
    public interface Changes {

        /** @throws org.springframework.dao.DuplicateKeyException if the case has switched already */
        void add(BillingChange change);

        Optional<BillingChange> of(TakeoverKey takeover);
    }
}
