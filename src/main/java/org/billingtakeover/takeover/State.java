package org.billingtakeover.takeover;

import static org.billingtakeover.takeover.Verdict.allowed;
import static org.billingtakeover.takeover.Verdict.denied;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Happening.Withdrawn.By;

/**
 * Where a case stands, with exactly the values that it has there. Each state says itself what it allows, and asks for the proof; what
 * it does not say, it refuses.
 */
public sealed interface State {

    default Stage stage() {
        return Stage.of(this);
    }

    /** The way that is being tried, or was tried last. */
    Way way();

    /** The quote in force: under review, asked about, or agreed. */
    default Optional<QuoteNumber> quote() {
        return Optional.empty();
    }

    /** The local date of the client on which the payer changes or has changed. */
    default Optional<LocalDate> billingDate() {
        return Optional.empty();
    }

    /** When what the case waits for happens or is overdue. */
    default Optional<Instant> due() {
        return Optional.empty();
    }

    default boolean mayBeWithdrawnByFirm(Instant now) {
        return withdrawnByFirm(now) instanceof Verdict.Allowed;
    }

    default boolean mayBeWithdrawnByClient(Instant now) {
        return withdrawnByClient(now) instanceof Verdict.Allowed;
    }

    /** Whether the firm can have the client asked about its own way instead. */
    default boolean mayBeOfferedInstead(Instant now) {
        return offeredInstead(now) instanceof Verdict.Allowed;
    }

    /** Until when the platform can be told otherwise; empty where it has been told nothing. */
    default Optional<Instant> withdrawableUntil() {
        return Optional.empty();
    }

    default boolean mayBeReconsidered() {
        return reconsidered() instanceof Verdict.Allowed;
    }

    /** Whether the payer changes, or has changed, because the client agreed. */
    default boolean isAgreedOrDone() {
        return false;
    }

    /** Whether the integration runs on beyond its stop date because something was agreed, or stops by the case itself. */
    default boolean seesToTheStop() {
        return stage() == Stage.SCHEDULED || stage() == Stage.PROBLEM || stage() == Stage.STOPPING;
    }

    /** @param reviewDue when a review that begins now is overdue; one that runs keeps its own time */
    default Verdict quoted(Quote quote, Instant reviewDue) {
        return denied("notHere");
    }

    /** @param quote for the client's way */
    default Verdict offered(Quote quote) {
        return denied("notHere");
    }

    /** The table of the client's way is against it: it is not offered, and bills stay separate. */
    default Verdict notOffered(List<Ineligibility> reasons) {
        return denied("notHere");
    }

    /** @param question about the offer that the case has to make */
    default Verdict asked(ConsentRequest question, Instant answerDue, List<Instant> reminders) {
        return denied("nothingToAsk");
    }

    default Verdict scheduled(Consent consent, Appointment appointment) {
        return denied("noConsent");
    }

    /** The cost is no longer what was reviewed, asked about or agreed. */
    default Verdict costChanged() {
        return denied("notHere");
    }

    /** What it costs now cannot be told, or not in the currency that was quoted. */
    default Verdict costUnknown() {
        return costChanged();
    }

    default Verdict withdrawnByFirm(Instant now) {
        return denied("tooLateToWithdraw");
    }

    default Verdict withdrawnByClient(Instant now) {
        return denied("tooLateToWithdraw");
    }

    /** The firm would rather have the client pay for both: what is asked or was agreed is taken back, and the client's way is offered. */
    default Verdict offeredInstead(Instant now) {
        return denied("nothingToOfferInstead");
    }

    default Verdict reconsidered() {
        return denied("nothingToReconsider");
    }

    /** The end that the case itself has come to. */
    default Verdict closed(Account account, Instant now) {
        return denied("notEnded");
    }

    /** A subscription was cancelled, or both have one payer by now without our doing. */
    default Verdict nothingLeft(Account account, Instant now) {
        Optional<String> reason = nothingLeftOf(account);
        return reason.isEmpty()
                ? denied("somethingLeft")
                : close(this, Outcome.NOTHING_TO_TAKE_OVER, List.of(new Ineligibility(reason.get(), null)), now);
    }

    /** Billing operations end a case whose process went astray. */
    default Verdict givenUp(Account account, Instant now) {
        return withdraw(this, By.BILLING_OPERATIONS, now);
    }

    private static Verdict close(
            State from, Outcome outcome, List<Ineligibility> reasons, Instant now, Happening... before) {
        List<Happening> happened = new ArrayList<>(List.of(before));
        happened.add(new Happening.Closed(outcome, reasons));
        return new Verdict.Allowed(new Closed(from.way(), outcome, reasons, now), happened);
    }

    private static Verdict withdraw(State from, By by, Instant now) {
        return close(from, Outcome.WITHDRAWN, List.of(), now, new Happening.Withdrawn(by));
    }

    private static Verdict offerInstead(State from, QuoteNumber quote) {
        return from.way() == Way.FIRM_TAKES_TIME
                ? separate(
                        from,
                        Separate.Why.FIRM_DOES_NOT_TAKE_OVER,
                        new Happening.Withdrawn(By.FIRM),
                        new Happening.FirmPrefersClientTakesOver(quote))
                : denied("nothingToOfferInstead");
    }

    private static Verdict separate(State from, Separate.Why why, Happening... happened) {
        return allowed(new Separate(from.way(), why), happened);
    }

    /** What was agreed no longer counts: the firm reviews its way anew, the client is asked anew about its own. */
    private static Verdict startOver(State from, QuoteNumber before) {
        Happening changed = new Happening.CostChanged(before);
        return from.way() == Way.FIRM_TAKES_TIME
                ? allowed(new Requested(), changed)
                : separate(from, Separate.Why.COST_CHANGED, changed);
    }

    private static Verdict leaveSeparate(List<Ineligibility> reasons) {
        return allowed(
                new Separate(Way.CLIENT_TAKES_ONLINE, Separate.Why.NOT_ELIGIBLE), new Happening.NotOffered(reasons));
    }

    private static Verdict notBefore(Instant due, Instant now, Supplier<Verdict> then) {
        return now.isBefore(due) ? denied("notYet") : then.get();
    }

    private static Optional<String> nothingLeftOf(Account account) {
        if (account.time().isCancelled()) {
            return Optional.of("timeCancelled");
        }
        if (account.online().isCancelled()) {
            return Optional.of("onlineCancelled");
        }
        return account.arrangement() == BillingArrangement.SPLIT ? Optional.empty() : Optional.of("alreadyOnePayer");
    }

    /** A take-over was requested; what it costs is still to be worked out. */
    record Requested() implements State {

        @Override
        public Way way() {
            return Way.FIRM_TAKES_TIME;
        }

        public Verdict notEligible(List<Ineligibility> reasons, Instant now) {
            return close(this, Outcome.NOT_ELIGIBLE, reasons, now, new Happening.Refused(reasons));
        }

        /** The firm leaves its own way aside and has the client asked about the client's own at once. */
        public Verdict beginsWithClientsWay() {
            return allowed(
                    new Separate(Way.CLIENT_TAKES_ONLINE, Separate.Why.CLIENTS_WAY_FIRST),
                    new Happening.FirmOffersClientsWay());
        }

        @Override
        public Verdict quoted(Quote quote, Instant reviewDue) {
            return allowed(new UnderReview(quote.number(), reviewDue), new Happening.QuoteMade(quote));
        }

        @Override
        public Verdict withdrawnByFirm(Instant now) {
            return withdraw(this, By.FIRM, now);
        }
    }

    /** The accountant reviews the new cost. */
    record UnderReview(QuoteNumber reviewed, Instant reviewDue) implements State {

        @Override
        public Way way() {
            return Way.FIRM_TAKES_TIME;
        }

        @Override
        public Optional<QuoteNumber> quote() {
            return Optional.of(reviewed);
        }

        @Override
        public Optional<Instant> due() {
            return Optional.of(reviewDue);
        }

        @Override
        public Verdict quoted(Quote quote, Instant ignored) {
            return allowed(new UnderReview(quote.number(), reviewDue), new Happening.QuoteMade(quote));
        }

        /** The firm takes over, and understands at what cost. */
        public Verdict acknowledged(Acknowledgement acknowledgement) {
            return allowed(
                    new Acknowledged(new Offer.FirmTakesTime(reviewed, acknowledgement)),
                    new Happening.FirmTakesOver(reviewed));
        }

        public Verdict firmPrefersClientTakesOver() {
            return separate(
                    this, Separate.Why.FIRM_DOES_NOT_TAKE_OVER, new Happening.FirmPrefersClientTakesOver(reviewed));
        }

        public Verdict firmLeavesBillsSeparate() {
            return separate(
                    this, Separate.Why.FIRM_DOES_NOT_TAKE_OVER, new Happening.FirmLeavesBillsSeparate(reviewed));
        }

        public Verdict reviewLapsed(Instant now) {
            return notBefore(
                    reviewDue,
                    now,
                    () -> separate(this, Separate.Why.FIRM_DOES_NOT_TAKE_OVER, new Happening.ReviewLapsed()));
        }

        /** The review goes on, at the new cost. */
        @Override
        public Verdict costChanged() {
            return allowed(this, new Happening.CostChanged(reviewed));
        }

        /** There is nothing to review until it can be told again. */
        @Override
        public Verdict costUnknown() {
            return allowed(new Requested(), new Happening.CostChanged(reviewed));
        }

        @Override
        public Verdict withdrawnByFirm(Instant now) {
            return withdraw(this, By.FIRM, now);
        }
    }

    /** With an offer that is made, is open or was agreed to. */
    sealed interface WithOffer extends State {

        Offer offer();

        @Override
        default Way way() {
            return offer().way();
        }

        @Override
        default Optional<QuoteNumber> quote() {
            return Optional.of(offer().quote());
        }

        @Override
        default Verdict withdrawnByFirm(Instant now) {
            return withdraw(this, By.FIRM, now);
        }
    }

    /** The firm takes over if the client agrees, who is asked next. */
    record Acknowledged(Offer.FirmTakesTime offer) implements WithOffer {

        @Override
        public Verdict asked(ConsentRequest question, Instant answerDue, List<Instant> reminders) {
            return Asking.about(offer, question, answerDue, reminders);
        }
    }

    /** What it costs the client to take over is worked out; it is asked next. */
    record Offered(Offer.ClientTakesOnline offer) implements WithOffer {

        @Override
        public Verdict offered(Quote quote) {
            return Separate.offer(quote);
        }

        @Override
        public Verdict notOffered(List<Ineligibility> reasons) {
            return leaveSeparate(reasons);
        }

        @Override
        public Verdict asked(ConsentRequest question, Instant answerDue, List<Instant> reminders) {
            return Asking.about(offer, question, answerDue, reminders);
        }
    }

    /**
     * The client has been asked to confirm or decline.
     *
     * @param answerDue from when an answer no longer counts
     * @param reminders those that are still to come, as the table had them when the client was asked, earliest first
     */
    record Asking(Offer offer, Instant answerDue, List<Instant> reminders) implements WithOffer {

        static Verdict about(Offer offer, ConsentRequest question, Instant answerDue, List<Instant> reminders) {
            return question.isAbout(offer) && question.status() == ConsentRequest.Status.OPEN
                    ? allowed(new Asking(offer, answerDue, reminders), new Happening.ClientAsked(question))
                    : denied("nothingToAsk");
        }

        @Override
        public Optional<Instant> due() {
            return Optional.of(answerDue);
        }

        public Verdict reminded(ConsentRequest question, Instant now) {
            List<Instant> toCome =
                    reminders.stream().filter(at -> at.isAfter(now)).toList();
            return toCome.size() == reminders.size() || !question.isAbout(offer)
                    ? denied("notYet")
                    : allowed(new Asking(offer, answerDue, toCome), new Happening.ClientReminded(question));
        }

        /** A reminder's time has come, and nobody was to be written to. */
        public Verdict reminderPassed(Instant now) {
            List<Instant> toCome =
                    reminders.stream().filter(at -> at.isAfter(now)).toList();
            return toCome.size() == reminders.size() ? denied("notYet") : allowed(new Asking(offer, answerDue, toCome));
        }

        /** @param question about the offer that is open, with its answer */
        public Verdict answered(ConsentRequest question, ConsentRequest.Answer answer) {
            if (!question.isAbout(offer)) {
                return denied("requestSuperseded");
            }
            return answer.confirmed()
                    ? allowed(new Agreed(offer), new Happening.ClientConfirmed(question.answered(answer), answer))
                    : separate(
                            this,
                            Separate.Why.CLIENT_DID_NOT_AGREE,
                            new Happening.ClientDeclined(question.answered(answer), answer));
        }

        /** The client would say yes, but the table is against it by now: it is led on as after a no, and nothing is scheduled. */
        public Verdict notPossible(ConsentRequest question, List<Ineligibility> reasons) {
            return question.isAbout(offer) && !reasons.isEmpty()
                    ? separate(
                            this,
                            Separate.Why.NOT_ELIGIBLE,
                            new Happening.QuestionEnded(question.ended(ConsentRequest.Status.SUPERSEDED)),
                            new Happening.NotPossible(reasons))
                    : denied("notHere");
        }

        /** The question was asked by a version that could not tell these days: it gets them once, and what it told the client stays. */
        public Verdict remindersAre(List<Instant> toCome) {
            return allowed(new Asking(offer, answerDue, toCome));
        }

        /** The client's time zone was corrected: its last day ends there, and it is reminded in its own morning. */
        public Verdict endsAt(Instant newDue) {
            Duration later = Duration.between(answerDue, newDue);
            return later.isZero()
                    ? allowed(this)
                    : allowed(
                            new Asking(
                                    offer,
                                    newDue,
                                    reminders.stream().map(at -> at.plus(later)).toList()),
                            new Happening.TimeZoneChanged());
        }

        /** Somebody else is the client's primary admin by now, and is asked instead. */
        public Verdict askedSomebodyElse(ConsentRequest question, String email) {
            return question.isAbout(offer) && !question.isTo(email)
                    ? allowed(offer.toBeAsked(), new Happening.PrimaryAdminChanged())
                    : denied("nothingToAsk");
        }

        /** Whoever was asked is the firm itself; the client is still to be asked. */
        public Verdict askedTheFirm() {
            return allowed(offer.toBeAsked());
        }

        /** Whoever was asked says that they are not the person to ask; the client is still to be asked. */
        public Verdict askedTheWrongPerson(ConsentRequest question) {
            return question.isAbout(offer)
                    ? allowed(
                            offer.toBeAsked(),
                            new Happening.QuestionEnded(question.ended(ConsentRequest.Status.DISOWNED)),
                            new Happening.WrongPersonAsked())
                    : denied("requestSuperseded");
        }

        @Override
        public Verdict offeredInstead(Instant now) {
            return offerInstead(this, offer.quote());
        }

        public Verdict unanswered(ConsentRequest question, Instant now) {
            return notBefore(
                    answerDue,
                    now,
                    () -> separate(
                            this,
                            Separate.Why.CLIENT_DID_NOT_AGREE,
                            new Happening.ClientDidNotAnswer(question.ended(ConsentRequest.Status.EXPIRED))));
        }

        @Override
        public Verdict costChanged() {
            return startOver(this, offer.quote());
        }

        @Override
        public Verdict reconsidered() {
            return way() == Way.CLIENT_TAKES_ONLINE
                    ? allowed(new Requested(), new Happening.Reconsidered())
                    : WithOffer.super.reconsidered();
        }
    }

    /** The client said yes; the billing date is set next. */
    record Agreed(Offer offer) implements WithOffer {

        @Override
        public boolean isAgreedOrDone() {
            return true;
        }

        @Override
        public Verdict scheduled(Consent consent, Appointment appointment) {
            return consent.covers(offer)
                    ? allowed(
                            Scheduled.on(appointment, new Change(offer, offer.quote(), appointment.date()), 0),
                            new Happening.ChangeScheduled(appointment.date()))
                    : denied("noConsent");
        }

        @Override
        public Verdict withdrawnByClient(Instant now) {
            return separate(this, Separate.Why.CHANGE_WITHDRAWN, new Happening.Withdrawn(By.CLIENT));
        }
    }

    /** With a change that was agreed, made or not. */
    sealed interface WithChange extends State {

        Change change();

        @Override
        default Way way() {
            return change().agreed().way();
        }

        @Override
        default Optional<QuoteNumber> quote() {
            return Optional.of(change().current());
        }

        @Override
        default Optional<LocalDate> billingDate() {
            return Optional.of(change().billingDate());
        }

        @Override
        default boolean isAgreedOrDone() {
            return true;
        }
    }

    /** What a change that was agreed and not yet made allows, wherever it waits. */
    sealed interface Pending extends WithChange {

        @Override
        default Verdict costChanged() {
            return startOver(this, change().current());
        }

        @Override
        default Verdict withdrawnByClient(Instant now) {
            return separate(this, Separate.Why.CHANGE_WITHDRAWN, new Happening.Withdrawn(By.CLIENT));
        }

        @Override
        default Verdict offeredInstead(Instant now) {
            return offerInstead(this, change().current());
        }

        /** One payer that is not our doing is an obstacle that somebody looks into, not an end. */
        @Override
        default Verdict nothingLeft(Account account, Instant now) {
            return account.lacksOne() ? WithChange.super.nothingLeft(account, now) : denied("somethingLeft");
        }

        @Override
        default Verdict withdrawnByFirm(Instant now) {
            return withdraw(this, By.FIRM, now);
        }
    }

    /** What a change whose time comes by itself allows then. */
    sealed interface Coming extends Pending {

        Instant at();

        /** How often the platform has rejected it in a row. */
        int rejections();

        Coming with(Change change);

        @Override
        default Optional<Instant> due() {
            return Optional.of(at());
        }

        /** Whether the time has come for the change that was agreed. */
        default Verdict dueAt(Instant now) {
            return notBefore(at(), now, () -> allowed(this));
        }

        /** @param lower what the agreed change costs by now */
        default Verdict costFell(Quote lower) {
            return allowed(with(change().at(lower.number())), new Happening.QuoteLowered(lower, change().current()));
        }

        /** It is booked for a billing date that can still be. */
        default Verdict putOff(Appointment appointment) {
            Scheduled next = Scheduled.on(appointment, change().on(appointment.date()), rejections());
            return appointment.date().equals(change().billingDate())
                    ? allowed(next)
                    : allowed(next, new Happening.BillingDateMoved(appointment.date()));
        }

        /** @param obstacle the code of what stands in the way, on the billing date or before it */
        default Verdict checkFailed(String obstacle) {
            return allowed(new InTrouble(change(), obstacle), new Happening.CheckFailed(obstacle));
        }

        /** @param retryAt when to try again; empty where somebody must look into it first */
        default Verdict rejected(Rejection reason, Optional<Instant> retryAt) {
            State next = retryAt.<State>map(at -> new Rejected(change(), reason.name(), rejections() + 1, at))
                    .orElseGet(() -> new InTrouble(change(), reason.name()));
            return allowed(next, new Happening.SwitchRejected(reason));
        }
    }

    /**
     * The payer changes at a billing date, as the platform is told.
     *
     * @param at when everything is checked once more
     * @param cutOff until when the platform can be told otherwise; what it has booked by then, it makes
     * @param rejections how often the platform has rejected it in a row
     */
    record Scheduled(Change change, Instant at, Instant cutOff, int rejections) implements Coming {

        private static final Duration BILLS_MADE = Duration.ofMinutes(5);

        static Scheduled on(Appointment appointment, Change change, int rejections) {
            return new Scheduled(change, appointment.checkedAt(), appointment.cutOff(), rejections);
        }

        @Override
        public Optional<Instant> withdrawableUntil() {
            return Optional.of(cutOff);
        }

        @Override
        public Scheduled with(Change other) {
            return new Scheduled(other, at, cutOff, rejections);
        }

        /** When the platform is expected to have made it: it makes its bills moments after the cut-off. */
        public Instant expectedMade() {
            return cutOff.plus(BILLS_MADE);
        }

        /** Whether the platform makes it, whatever anybody wishes by now. */
        public boolean isBeyondRecall(Instant now) {
            return !now.isBefore(cutOff);
        }

        private Verdict unlessBeyondRecall(Instant now, Supplier<Verdict> then) {
            return isBeyondRecall(now) ? denied("tooLateToWithdraw") : then.get();
        }

        @Override
        public Verdict withdrawnByFirm(Instant now) {
            return unlessBeyondRecall(now, () -> Coming.super.withdrawnByFirm(now));
        }

        @Override
        public Verdict withdrawnByClient(Instant now) {
            return unlessBeyondRecall(now, () -> Coming.super.withdrawnByClient(now));
        }

        @Override
        public Verdict offeredInstead(Instant now) {
            return unlessBeyondRecall(now, () -> Coming.super.offeredInstead(now));
        }

        @Override
        public Verdict nothingLeft(Account account, Instant now) {
            return unlessBeyondRecall(now, () -> Coming.super.nothingLeft(account, now));
        }

        @Override
        public Verdict givenUp(Account account, Instant now) {
            return unlessBeyondRecall(now, () -> Coming.super.givenUp(account, now));
        }

        /** The billing date has moved, or begins at another hour since the client's time zone was corrected. */
        @Override
        public Verdict scheduled(Consent consent, Appointment appointment) {
            if (!consent.covers(change.agreed())) {
                return denied("noConsent");
            }
            return appointment.date().equals(change.billingDate())
                            && !appointment.checkedAt().equals(at)
                    ? allowed(on(appointment, change, rejections), new Happening.TimeZoneChanged())
                    : putOff(appointment);
        }

        /** The platform has booked it; what it rejects from now on is told anew. */
        public Verdict booked(Booking booking) {
            BookingKey key = booking.order().key();
            return allowed(
                    new Scheduled(change, at, cutOff, 0),
                    booking.platform() == PlatformName.BY_HAND
                            ? new Happening.FirmToChangeByHand(key, change.billingDate(), cutOff)
                            : new Happening.ChangeBooked(key, change.billingDate(), cutOff));
        }

        /** @param proof that the platform has changed the payer as {@code made} says */
        public Verdict switched(Consent consent, Booking proof, BillingChange made) {
            boolean asAgreed = consent.covers(change.agreed())
                    && made.way() == way()
                    && made.quote().equals(change.current())
                    && made.billingDate().equals(change.billingDate());
            if (!asAgreed) {
                return denied("noConsent");
            }
            boolean confirmed = proof.progress() == Progress.CONFIRMED
                    && proof.takeover().equals(made.takeover())
                    && proof.order().newPayer() == made.to()
                    && proof.order().effective().equals(made.billingDate());
            return confirmed
                    ? notBefore(
                            cutOff,
                            made.switchedAt(),
                            () -> allowed(
                                    new Done(change),
                                    new Happening.Switched(made, proof.order().key())))
                    : denied("notConfirmed");
        }
    }

    /**
     * The change could not be made; it is tried again by itself, on its billing date while that day lasts, after that for the next one:
     * nothing is backdated over bills that were made.
     *
     * @param obstacle the code of what stood in the way
     * @param at when it is tried again
     */
    record Rejected(Change change, String obstacle, int rejections, Instant at) implements Coming {
        @Override
        public Rejected with(Change other) {
            return new Rejected(other, obstacle, rejections, at);
        }
    }

    /**
     * The change could not be made; billing operations look into it.
     *
     * @param obstacle the code of what stands in the way
     */
    record InTrouble(Change change, String obstacle) implements Pending {

        /** It is tried at once, for the billing date for which that can still be. */
        public Verdict retried(Instant now) {
            return allowed(new Rejected(change, obstacle, 1, now), new Happening.ProblemRetried());
        }

        public Verdict cancelled() {
            return separate(this, Separate.Why.CHANGE_CANCELLED, new Happening.ChangeCancelled());
        }
    }

    /** The payer has changed; what the firm has earned is settled next. */
    record Done(Change change) implements WithChange {

        @Override
        public Verdict closed(Account account, Instant now) {
            return close(
                    this,
                    way().newPayer() == Payer.FIRM ? Outcome.FIRM_PAYS_ALL : Outcome.CLIENT_PAYS_ALL,
                    List.of(),
                    now);
        }

        @Override
        public Verdict nothingLeft(Account account, Instant now) {
            return denied("somethingLeft");
        }

        @Override
        public Verdict givenUp(Account account, Instant now) {
            return closed(account, now);
        }
    }

    /** Nothing is agreed: the client is offered to take over, or bills stay separate. */
    record Separate(Way way, Why why) implements State {

        /** What led here. */
        public enum Why {
            FIRM_DOES_NOT_TAKE_OVER,
            CLIENT_DID_NOT_AGREE,
            CHANGE_WITHDRAWN,
            CHANGE_CANCELLED,
            COST_CHANGED,
            /** The case begins with the client's own way. */
            CLIENTS_WAY_FIRST,
            /** The table was against what the client would have agreed to, or against offering it. */
            NOT_ELIGIBLE
        }

        static Verdict offer(Quote quote) {
            return allowed(new Offered(new Offer.ClientTakesOnline(quote.number())), new Happening.QuoteMade(quote));
        }

        /** Whether the client's own way is still to be offered. */
        public boolean isClientToBeOffered() {
            return way == Way.FIRM_TAKES_TIME || why == Why.COST_CHANGED || why == Why.CLIENTS_WAY_FIRST;
        }

        /** The table is against the way that the case begins with: against it, the case never begins. */
        public Verdict notEligible(List<Ineligibility> reasons, Instant now) {
            return why == Why.CLIENTS_WAY_FIRST
                    ? close(this, Outcome.NOT_ELIGIBLE, reasons, now, new Happening.Refused(reasons))
                    : denied("notHere");
        }

        @Override
        public Verdict offered(Quote quote) {
            return isClientToBeOffered() ? offer(quote) : denied("notHere");
        }

        @Override
        public Verdict notOffered(List<Ineligibility> reasons) {
            return isClientToBeOffered() ? leaveSeparate(reasons) : denied("notHere");
        }

        public Verdict stopPlanned(LocalDate stopDate, Instant at) {
            return isClientToBeOffered()
                    ? denied("notHere")
                    : allowed(new Stopping(at), new Happening.StopPlanned(stopDate));
        }
    }

    /**
     * Bills stay separate; the integration stops unless somebody reconsiders.
     *
     * @param stopAt when the stop date begins for the client
     */
    record Stopping(Instant stopAt) implements State {

        @Override
        public Way way() {
            return Way.CLIENT_TAKES_ONLINE;
        }

        @Override
        public Optional<Instant> due() {
            return Optional.of(stopAt);
        }

        /** The stop date begins at another instant by now: on another day, or in another time zone. */
        public Verdict stopPlanned(LocalDate stopDate, Instant at) {
            return at.equals(stopAt) ? allowed(this) : allowed(new Stopping(at), new Happening.StopPlanned(stopDate));
        }

        @Override
        public Verdict reconsidered() {
            return allowed(new Requested(), new Happening.Reconsidered());
        }

        /** Whether the stop date has begun. */
        public Verdict dueAt(Instant now) {
            return notBefore(stopAt, now, () -> allowed(this));
        }

        /** The integration is to be stopped: bills stay separate, the stop date has begun, and both were told of it in time. */
        public Verdict toStop(StopNotice notice, Instant now) {
            return notice.covers(stopAt) ? notBefore(stopAt, now, () -> allowed(this)) : denied("notYet");
        }

        /** Too early until the platform has confirmed the stop. Where both have come to one payer meanwhile, nothing has stopped. */
        @Override
        public Verdict closed(Account account, Instant now) {
            return notBefore(stopAt, now, () -> {
                if (account.client().integration().status() == IntegrationStatus.STOPPED) {
                    return close(this, Outcome.INTEGRATION_STOPPED, List.of(), now);
                }
                return nothingLeftOf(account).isEmpty() ? denied("notYet") : nothingLeft(account, now);
            });
        }
    }

    /** Ended, and what became of the client. */
    record Closed(Way way, Outcome outcome, List<Ineligibility> reasons, Instant at) implements State {

        @Override
        public boolean isAgreedOrDone() {
            return outcome == Outcome.FIRM_PAYS_ALL || outcome == Outcome.CLIENT_PAYS_ALL;
        }

        @Override
        public Verdict nothingLeft(Account account, Instant now) {
            return denied("notHere");
        }
    }
}
