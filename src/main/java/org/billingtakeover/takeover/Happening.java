package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.billingtakeover.account.Difference;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.pricing.Quote;

/** What can happen in a case, each with its own values, in the words of the business. */
public sealed interface Happening {

    /** Such as {@code CLIENT_ASKED}: how it is called wherever a text is kept, and in the messages. */
    default String code() {
        return code(getClass());
    }

    static String code(Class<? extends Happening> happening) {
        return happening.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** A code, a date or a number that a line about it adds; never personal data. */
    default Optional<String> detail() {
        return Optional.empty();
    }

    /** Published in the transaction in which it happens. */
    record Happened(TakeoverKey takeover, Instant at, String actor, Happening what) {}

    /** A quote is kept with the case. */
    sealed interface QuoteKept extends Happening {

        Quotes.Kept kept();

        @Override
        default Optional<String> detail() {
            return Optional.of(kept().quote().number().text());
        }
    }

    /** A question is kept with the case, as it stands now. */
    sealed interface QuestionKept extends Happening {
        ConsentRequest request();
    }

    record Opened() implements Happening {}

    /** The case begins with the client's own way, whatever stands against the firm's. */
    record FirmOffersClientsWay() implements Happening {}

    /** The eligibility table was against it. */
    record Refused(List<Ineligibility> reasons) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(Ineligibility.written(reasons));
        }
    }

    /** The table was against what the client would have agreed to. */
    record NotPossible(List<Ineligibility> reasons) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(Ineligibility.written(reasons));
        }
    }

    /** The table was against offering the client its own way. */
    record NotOffered(List<Ineligibility> reasons) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(Ineligibility.written(reasons));
        }
    }

    record QuoteMade(Quote quote) implements QuoteKept {
        @Override
        public Quotes.Kept kept() {
            return new Quotes.Kept(quote, quote.number());
        }
    }

    /** What was agreed has become cheaper: the change goes on at the lower cost. */
    record QuoteLowered(Quote quote, QuoteNumber follows) implements QuoteKept {
        @Override
        public Quotes.Kept kept() {
            return new Quotes.Kept(quote, follows);
        }
    }

    /** The firm decided on the quote that it was shown. */
    sealed interface Decided extends Happening {

        QuoteNumber quote();

        @Override
        default Optional<String> detail() {
            return Optional.of(quote().text());
        }
    }

    record FirmTakesOver(QuoteNumber quote) implements Decided {}

    record FirmPrefersClientTakesOver(QuoteNumber quote) implements Decided {}

    record FirmLeavesBillsSeparate(QuoteNumber quote) implements Decided {}

    record ReviewLapsed() implements Happening {}

    record ClientAsked(ConsentRequest request) implements QuestionKept {
        @Override
        public Optional<String> detail() {
            return Optional.of(request.quote().text());
        }
    }

    record ClientReminded(ConsentRequest request) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(request.quote().text());
        }
    }

    record ClientConfirmed(ConsentRequest request, ConsentRequest.Answer answer) implements QuestionKept {
        @Override
        public Optional<String> detail() {
            return Optional.of(answer.channel().name());
        }
    }

    record ClientDeclined(ConsentRequest request, ConsentRequest.Answer answer) implements QuestionKept {
        @Override
        public Optional<String> detail() {
            return Optional.of(answer.channel().name());
        }
    }

    record ClientDidNotAnswer(ConsentRequest request) implements QuestionKept {
        @Override
        public Optional<String> detail() {
            return Optional.of(request.quote().text());
        }
    }

    /** The question no longer wants an answer. */
    record QuestionEnded(ConsentRequest request) implements QuestionKept {
        @Override
        public Optional<String> detail() {
            return Optional.of(request.status().name());
        }
    }

    /** Whoever was asked is no longer the client's primary admin; the new one is asked. */
    record PrimaryAdminChanged() implements Happening {}

    /** Somebody on our side corrected whom the firm's list names as primary admin. */
    record PrimaryAdminCorrected() implements Happening {}

    /** Whoever reads the address that was asked is not the client's primary admin. */
    record WrongPersonAsked() implements Happening {}

    /** The link of the open question went out once more, because somebody asked for it. */
    record LinkSentAgain(ConsentRequest request) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(request.quote().text());
        }
    }

    /** The change has a billing date, or another one. */
    sealed interface Dated extends Happening {

        LocalDate billingDate();

        @Override
        default Optional<String> detail() {
            return Optional.of(billingDate().toString());
        }
    }

    record ChangeScheduled(LocalDate billingDate) implements Dated {}

    record BillingDateMoved(LocalDate billingDate) implements Dated {}

    /** The client's time zone was corrected: what the case waits for comes by its clock. */
    record TimeZoneChanged() implements Happening {}

    /** @param before the quote that was under review, asked about or agreed */
    record CostChanged(QuoteNumber before) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(before.text());
        }
    }

    record CheckFailed(String obstacle) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(obstacle);
        }
    }

    /** A list, or somebody who settled what it left in doubt, tells of what changed elsewhere; the case then looks at it. */
    record AccountDiffers(List<Difference> differences) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(Difference.written(differences));
        }
    }

    /** The platform says ahead that it would not make the change as things are. */
    record RefusalForeseen(Rejection reason) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(reason.name());
        }
    }

    /** What the platform had said ahead to stand in the way does so no more. */
    record NoRefusalForeseen() implements Happening {}

    record SwitchRejected(Rejection reason) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(reason.name());
        }
    }

    record ProblemRetried() implements Happening {}

    record ChangeCancelled() implements Happening {}

    /**
     * The platform has booked the change.
     *
     * @param cutOff until when it can be withdrawn there
     */
    record ChangeBooked(BookingKey booking, LocalDate billingDate, Instant cutOff) implements Dated {}

    /**
     * Nobody else is let in at the platform: the firm is to change the payer there itself.
     *
     * @param until when it must have done so, and until when it can be withdrawn
     */
    record FirmToChangeByHand(BookingKey booking, LocalDate billingDate, Instant until) implements Dated {}

    /** The firm says that it has changed the payer there; nothing shows that yet. */
    record ChangeMadeByHand(BookingKey booking, LocalDate billingDate) implements Dated {}

    /** A bill was sent in that may show what a firm has changed by hand. */
    record BillSentIn(BookingKey booking, String sha256) implements Happening {}

    /** What a firm has changed by hand has been shown. */
    record ChangeProved(BookingKey booking, ChangeByHand.Proof proof) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(proof.on().toString());
        }
    }

    /** The first bills of both parties were compared with what was agreed, or somebody has looked into what they say. */
    record FirstBillsCompared(BookingKey booking, FirstBills.Finding finding, BillsCompared compared)
            implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(finding.name());
        }
    }

    /** The firm says that it has taken back what it had changed by hand and nobody wants any more. */
    record ChangeTakenBackByHand(BookingKey booking, LocalDate billingDate) implements Dated {}

    /** The platform has taken back what was booked there, or was never told of it. */
    record BookingWithdrawn(BookingKey booking, LocalDate billingDate) implements Dated {}

    /** The platform was asked too late for that date, and has booked nothing. */
    record BookedTooLate(BookingKey booking, LocalDate billingDate) implements Dated {}

    /** @param booking by which the platform changed the payer */
    record Switched(BillingChange change, BookingKey booking) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(change.billingDate().toString());
        }
    }

    record CommissionPaid(CommissionPayout payout) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(payout.amount().amount() + " " + payout.amount().currency());
        }
    }

    /** Taken back, by whom. */
    record Withdrawn(By by) implements Happening {

        /** Who can take a case or an agreement back. */
        public enum By {
            FIRM,
            CLIENT,
            BILLING_OPERATIONS
        }

        @Override
        public Optional<String> detail() {
            return Optional.of(by.name());
        }
    }

    record Reconsidered() implements Happening {}

    record StopPlanned(LocalDate stopDate) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(stopDate.toString());
        }
    }

    /** What the platform is to do, or has done, with the integration. */
    sealed interface OfIntegration extends Happening {
        IntegrationKey order();
    }

    /** The platform is to stop the integration. */
    record StopOrdered(IntegrationKey order, LocalDate stopDate) implements OfIntegration {
        @Override
        public Optional<String> detail() {
            return Optional.of(stopDate.toString());
        }
    }

    /** The stop was ordered, and is no longer wanted before the platform has made it. */
    record StopWithdrawn(IntegrationKey order, LocalDate stopDate) implements OfIntegration {
        @Override
        public Optional<String> detail() {
            return Optional.of(stopDate.toString());
        }
    }

    /** A member of staff says that the integration is turned off at the platform. */
    record IntegrationTurnedOff(IntegrationKey order) implements OfIntegration {}

    /** A member of staff says that the integration is turned on at the platform. */
    record IntegrationTurnedOn(IntegrationKey order) implements OfIntegration {}

    /** A list shows what was to be set by hand. */
    record IntegrationShown(IntegrationKey order, LocalDate asOf) implements OfIntegration {
        @Override
        public Optional<String> detail() {
            return Optional.of(asOf.toString());
        }
    }

    /** The platform has confirmed the stop. */
    record IntegrationStopped(IntegrationKey order) implements OfIntegration {}

    /** The platform is to restart the integration. */
    record RestartOrdered(IntegrationKey order) implements OfIntegration {}

    /**
     * The platform has confirmed the restart.
     *
     * @param on local date of the client on which it did
     */
    record IntegrationRestarted(IntegrationKey order, LocalDate on) implements OfIntegration {
        @Override
        public Optional<String> detail() {
            return Optional.of(on.toString());
        }
    }

    record MailUndeliverable(MailKind kind) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(kind.name());
        }
    }

    /** A diagram asked for a step that the case's own state does not allow; the case is as it was. */
    record StepRefused(String step, String reason) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(step);
        }
    }

    /** The process of the case was put back to where the case's state belongs. */
    record PutBack() implements Happening {}

    record Closed(Outcome outcome, List<Ineligibility> reasons) implements Happening {
        @Override
        public Optional<String> detail() {
            return Optional.of(outcome.name());
        }
    }
}
