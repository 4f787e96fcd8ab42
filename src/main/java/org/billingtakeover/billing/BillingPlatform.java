package org.billingtakeover.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/**
 * The platform that bills subscriptions. The embedded ledger is one, what a firm does there by hand another. What books, withdraws or reads a
 * booking is asked in no transaction and with nothing locked, and may fail or lose its answer: any exception means that nobody knows what
 * it did, and the next thing to ask is {@link #standing}.
 */
public interface BillingPlatform {

    /**
     * Until when a change for this date can be booked and withdrawn there: a rule that the platform has published, so that nobody is
     * asked.
     *
     * @param effective local date of the client
     * @param zone the client's
     */
    Instant cutOff(LocalDate effective, ZoneId zone);

    /** Books a change ahead. A key that it knows is answered as before, and nothing is booked twice. */
    Answer book(Order order);

    /** Takes a booking back, if it is not too late. One that it does not know it will not book either, should the order still arrive. */
    Withdrawal withdraw(Order order);

    /** What became of a booking, as the platform's books have it now. */
    Standing standing(BookingKey key);

    /** What it would say to this order as things are now; asking changes nothing. */
    Preview preview(Order order);

    /** Who pays for a company's product on a day; empty for a day before the platform knew it. */
    Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day);

    /** Every payer that the platform knows of a company's product, earliest first; each day from the first on has exactly one. */
    List<PayerPeriod> history(CompanyId companyId, Product product);

    /** The bills that it has made; empty where it cannot tell, which is then not known here and never computed. */
    default Optional<PlatformBills> bills() {
        return Optional.empty();
    }

    /**
     * A change of payer to book.
     *
     * @param effective local date of the client from which {@code newPayer} pays
     * @param zone the client's
     */
    record Order(
            BookingKey key,
            CompanyId companyId,
            Product product,
            FirmId firmId,
            Payer newPayer,
            LocalDate effective,
            ZoneId zone) {}

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

    /** To an order. */
    sealed interface Answer {

        record Booked() implements Answer {}

        record Rejected(Rejection reason) implements Answer {}

        /** The cut-off has passed: the bills of that date are made, and nothing is backdated over them. */
        record TooLate() implements Answer {}
    }

    /** What would become of an order. */
    sealed interface Preview {

        record Accepts() implements Preview {}

        record Refuses(Rejection reason) implements Preview {}

        /** The platform cannot be asked; nothing is computed in its place. */
        record NotKnown() implements Preview {}

        /** Why it would not book, where it says so. */
        default Optional<Rejection> refusal() {
            return this instanceof Refuses refuses ? Optional.of(refuses.reason()) : Optional.empty();
        }
    }

    /** To the wish to withdraw. */
    enum Withdrawal {
        GONE,
        /** The cut-off has passed: the change is made as it was booked. */
        TOO_LATE,
        /** Somebody has to take it back there; {@link #standing} tells when that is done. */
        UNDER_WAY
    }

    /** Where a booking stands. */
    sealed interface Standing {

        /** No booking with this key was ever made. */
        record Unknown() implements Standing {}

        record Booked() implements Standing {}

        record Withdrawn() implements Standing {}

        /** Whoever was to pay has paid from this local date on. */
        record Effective(LocalDate from) implements Standing {}

        /** It was booked, and could not be made when the bills of its date were. */
        record Lapsed(Rejection reason) implements Standing {}
    }

    /** Why the platform would not book a change or make it, and who can mend that. */
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
        /** Somebody took the booking back there. */
        WITHDRAWN_THERE(Mender.BILLING_OPERATIONS),
        /** Whoever is to pay is billed in another currency than the subscription. */
        OTHER_CURRENCY_THERE(Mender.BILLING_OPERATIONS),
        /** Firm and client are in different billing regions. */
        OTHER_REGION_THERE(Mender.BILLING_OPERATIONS),
        /** The subscription's plan is not sold to whoever is to pay. */
        PLAN_NOT_SOLD(Mender.BILLING_OPERATIONS),
        /** The platform does not know the subscription. */
        SUBSCRIPTION_UNKNOWN(Mender.BILLING_OPERATIONS),
        /** The firm, who was to make the change itself, has not made it in time. */
        NOT_MADE_BY_HAND(Mender.BILLING_OPERATIONS),
        /** The firm says that it has made the change, and nothing shows it. */
        NOT_PROVED(Mender.BILLING_OPERATIONS);

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
