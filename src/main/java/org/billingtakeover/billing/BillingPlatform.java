package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/** The platform that bills subscriptions. The embedded ledger is one; a remote platform would be another. */
public interface BillingPlatform {

    /**
     * Changes the payer from {@code request.effective()} on. Once it has switched, it answers the same request key the same and
     * changes nothing more; a rejected request can be tried again.
     */
    Answer switchPayer(SwitchRequest request);

    /** Why it would not switch as things are now, if it were asked to; asking changes nothing. */
    Optional<Rejection> whyNot(SwitchRequest request);

    /** Who pays for a company's product on a day; empty for a day before the platform knew it. */
    Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day);

    /** Every payer that the platform knows of a company's product, earliest first; each day from the first on has exactly one. */
    List<PayerPeriod> history(CompanyId companyId, Product product);

    /** Which change is asked for, over all attempts at it. */
    record RequestKey(String text) {}

    /**
     * @param key the same for every attempt at the same change
     * @param effective local date of the client
     */
    record SwitchRequest(
            RequestKey key, CompanyId companyId, Product product, FirmId firmId, Payer newPayer, LocalDate effective) {}

    /** @param firmId the firm that pays; the firm that keeps the books where the client pays */
    record PayerOfDay(Payer payer, FirmId firmId) {}

    /**
     * The days on which one payer pays.
     *
     * @param firmId as in {@link PayerOfDay}
     * @param until the first day of the next payer; null while nothing else is known
     */
    record PayerPeriod(
            Payer payer,
            FirmId firmId,
            LocalDate from,
            @Nullable LocalDate until) {}

    sealed interface Answer {
        record Switched(LocalDate effective) implements Answer {}

        record Rejected(Rejection reason) implements Answer {}
    }

    /** Why the platform would not switch. */
    enum Rejection {
        /** The firm, who is to pay, has no payment method on file. */
        FIRM_PAYMENT_METHOD,
        /** On the effective day it is not the client who pays and is to be relieved, or not this firm; or nobody knows who pays. */
        PAYER_NOT_AS_EXPECTED
    }
}
