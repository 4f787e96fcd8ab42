package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Arrays;
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

    /** Why the platform would not switch, and who can mend that. */
    enum Rejection {
        /** The firm, who is to pay, has no payment method on file. */
        FIRM_PAYMENT_METHOD(Mender.FIRM),
        FIRM_PAYMENT_METHOD_EXPIRED(Mender.FIRM),
        /** The firm's bank or card issuer refuses its payment method. */
        FIRM_PAYMENT_DECLINED(Mender.FIRM),
        /** The firm owes the platform for an earlier consolidated bill. */
        FIRM_PAST_DUE(Mender.FIRM),
        /** The firm's account lacks what its bills need, such as an address or a tax number. */
        FIRM_ACCOUNT_INCOMPLETE(Mender.FIRM),
        /** The firm, who is to pay, has no wholesale billing any more. */
        NO_WHOLESALE_BILLING(Mender.FIRM),
        /** The client, who is to pay, has no payment method on file. */
        CLIENT_PAYMENT_METHOD(Mender.CLIENT),
        CLIENT_PAYMENT_METHOD_EXPIRED(Mender.CLIENT),
        /** The client's bank or card issuer refuses its payment method. */
        CLIENT_PAYMENT_DECLINED(Mender.CLIENT),
        /** The client owes the platform for an earlier bill. */
        CLIENT_PAST_DUE(Mender.CLIENT),
        /** Whoever is to pay pays already; somebody changed it elsewhere. */
        ALREADY_MOVED(Mender.BILLING_OPERATIONS),
        /** On the effective day it is not who was expected that pays and is to be relieved; or nobody knows who pays. */
        PAYER_NOT_AS_EXPECTED(Mender.BILLING_OPERATIONS),
        /** Another change of the same subscription is under way there. */
        CHANGE_RUNNING(Mender.BILLING_OPERATIONS),
        /** Whoever is to pay is billed in another currency than the subscription. */
        OTHER_CURRENCY_THERE(Mender.BILLING_OPERATIONS),
        /** Firm and client are in different billing regions. */
        OTHER_REGION_THERE(Mender.BILLING_OPERATIONS),
        /** The subscription's plan is not sold to whoever is to pay. */
        PLAN_NOT_SOLD(Mender.BILLING_OPERATIONS),
        /** The platform does not know the subscription. */
        SUBSCRIPTION_UNKNOWN(Mender.BILLING_OPERATIONS);

        private final Mender mender;

        Rejection(Mender mender) {
            this.mender = mender;
        }

        public Mender mender() {
            return mender;
        }

        /** Who can mend what has this code, where it is one of the platform's. */
        public static Optional<Mender> menderOf(String code) {
            return Arrays.stream(values())
                    .filter(each -> each.name().equals(code))
                    .findFirst()
                    .map(Rejection::mender);
        }
    }

    /** Who can mend what the platform refuses. */
    enum Mender {
        FIRM,
        CLIENT,
        BILLING_OPERATIONS
    }
}
