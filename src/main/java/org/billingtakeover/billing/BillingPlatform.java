package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Payer;
import org.billingtakeover.account.Product;

/** The platform that bills subscriptions. The embedded ledger is one; a remote platform would be another. */
public interface BillingPlatform {

    /**
     * Changes the payer from {@code request.effective()} on. Asked again with the same request key, it answers the same and
     * changes nothing more.
     */
    Answer switchPayer(SwitchRequest request);

    /** Who pays for a company's product on a day; empty for a day before the platform knew it. */
    Optional<PayerOfDay> payerOn(String companyId, Product product, LocalDate day);

    /**
     * @param key the same for every attempt at the same change
     * @param effective local date of the client
     */
    record SwitchRequest(
            String key, String companyId, Product product, String firmId, Payer newPayer, LocalDate effective) {}

    /** @param firmId the firm that pays; the firm that keeps the books where the client pays */
    record PayerOfDay(Payer payer, String firmId) {}

    sealed interface Answer {
        record Switched(LocalDate effective) implements Answer {}

        record Rejected(Rejection reason) implements Answer {}
    }

    /** Why the platform would not switch. */
    enum Rejection {
        FIRM_PAYMENT_METHOD,
        PAYER_NOT_AS_EXPECTED
    }
}
