package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;

/**
 * All that is known of a case, read once for whoever works on it.
 *
 * @param quotes oldest first
 * @param questions put to the client, oldest first
 * @param happened in the running transaction, oldest first
 */
public record CaseFile(
        Takeover takeover,
        Account account,
        List<Quotes.Kept> quotes,
        List<ConsentRequest> questions,
        List<Happening> happened) {

    public TakeoverKey key() {
        return takeover.key();
    }

    public State state() {
        return takeover.state();
    }

    /** The newest quote: the one under review, asked about or agreed, or the last of a case that has ended. */
    public Optional<Quote> quote() {
        return quotes.isEmpty()
                ? Optional.empty()
                : Optional.of(quotes.get(quotes.size() - 1).quote());
    }

    /** @throws java.util.NoSuchElementException if the case has no such quote */
    public Quote quote(QuoteNumber number) {
        return kept(number).quote();
    }

    public Optional<ConsentRequest> openQuestion() {
        return questions.stream()
                .filter(each -> each.status() == ConsentRequest.Status.OPEN)
                .findFirst();
    }

    /** @throws java.util.NoSuchElementException if it is no question of this case */
    public ConsentRequest question(UUID id) {
        return questions.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What a question has come to, as whoever opens its link reads it. */
    public enum Standing {
        OPEN,
        CONFIRMED,
        DECLINED,
        EXPIRED,
        WITHDRAWN,
        SUPERSEDED,
        /** Whoever was asked is not the primary admin. */
        DISOWNED,
        /** It was confirmed, and that was taken back or overtaken. */
        LAPSED
    }

    public Standing standing(ConsentRequest question, Instant now) {
        return switch (question.status()) {
            case OPEN -> today(now).isAfter(question.lastDay()) ? Standing.EXPIRED : Standing.OPEN;
            case CONFIRMED -> counts(question) ? Standing.CONFIRMED : Standing.LAPSED;
            case DECLINED -> Standing.DECLINED;
            case EXPIRED -> Standing.EXPIRED;
            case WITHDRAWN -> Standing.WITHDRAWN;
            case SUPERSEDED -> Standing.SUPERSEDED;
            case DISOWNED -> Standing.DISOWNED;
        };
    }

    /** @throws Refusal with what has become of a question that can be answered no more */
    void refuseUnlessOpen(ConsentRequest question, Instant now) {
        switch (question.status()) {
            case OPEN -> {}
            case CONFIRMED, DECLINED -> throw new Refusal("alreadyDecided");
            case EXPIRED -> throw new Refusal("requestExpired");
            case WITHDRAWN -> throw new Refusal("requestWithdrawn");
            case SUPERSEDED -> throw new Refusal("requestSuperseded");
            case DISOWNED -> throw new Refusal("requestDisowned");
        }
        if (today(now).isAfter(question.lastDay())) {
            throw new Refusal("requestExpired");
        }
    }

    /** Whether the client can take back the yes that it gave to this question. */
    public boolean mayBeWithdrawn(ConsentRequest question, Instant now) {
        return counts(question) && state().mayBeWithdrawnByClient(now);
    }

    /** Whether the client can ask to be asked again, having left this question without a yes that counts. */
    public boolean mayBeReconsidered(ConsentRequest question, Instant now) {
        return switch (standing(question, now)) {
            case DECLINED, EXPIRED, LAPSED -> state().mayBeReconsidered();
            case OPEN, CONFIRMED, WITHDRAWN, SUPERSEDED, DISOWNED -> false;
        };
    }

    /** Whether the payer changes, or has changed, because of this question. */
    private boolean counts(ConsentRequest question) {
        boolean isNewest = questions.get(questions.size() - 1).id().equals(question.id());
        return question.status() == ConsentRequest.Status.CONFIRMED && isNewest && state().isAgreedOrDone();
    }

    /** The yes to what the case is about to do. */
    Optional<Consent> consent() {
        if (state() instanceof State.Agreed agreed) {
            return Consent.to(agreed.offer(), questions);
        }
        if (state() instanceof State.Pending pending) {
            return Consent.to(pending.change().agreed(), questions)
                    .filter(consent -> follows(
                            pending.change().current(),
                            pending.change().agreed().quote()));
        }
        return Optional.empty();
    }

    /** What the platform is to book, as the case stands; once for each time that it is to be booked anew. */
    Optional<Booking.Wish> wish() {
        return state() instanceof State.Scheduled scheduled
                ? Optional.of(new Booking.Wish(
                        scheduled.way().name(),
                        account.firm().platform(),
                        takeover.companyId(),
                        scheduled.way().moving(),
                        takeover.firmId(),
                        scheduled.way().newPayer(),
                        scheduled.change().billingDate(),
                        account.client().timeZone(),
                        scheduled.cutOff()))
                : Optional.empty();
    }

    /** What is asked of the platform ahead: what would be booked if firm and client agreed today, or what is to be booked. */
    Optional<Order> prospect(Instant now) {
        boolean isMade = state() instanceof State.Scheduled scheduled && scheduled.isBeyondRecall(now);
        return isBeforeItsChange() && !isMade ? Optional.of(order(state().way(), now)) : Optional.empty();
    }

    boolean isBeforeItsChange() {
        return state() instanceof State.UnderReview
                || state() instanceof State.WithOffer
                || state() instanceof State.Scheduled;
    }

    private Order order(Way way, Instant now) {
        LocalDate date = state().billingDate()
                .orElseGet(() -> BillingDates.next(account.subscription(way.moving()), today(now)));
        return new Order(
                BookingKey.unbooked(key(), way.name(), date),
                takeover.companyId(),
                way.moving(),
                takeover.firmId(),
                way.newPayer(),
                date,
                account.client().timeZone());
    }

    /** The local date of the client. */
    public LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, account.client().timeZone());
    }

    <H extends Happening> Optional<H> justHappened(Class<H> what) {
        return happened.stream().filter(what::isInstance).map(what::cast).reduce((earlier, later) -> later);
    }

    /** Asks the case what only this state allows; in any other it is denied {@code otherwise}. */
    <S extends State> Verdict ask(Class<S> state, String otherwise, Function<S, Verdict> transition) {
        return state.isInstance(state()) ? transition.apply(state.cast(state())) : Verdict.denied(otherwise);
    }

    /** The file once this has happened. */
    CaseFile after(State next, List<Happening> more) {
        List<Quotes.Kept> allQuotes = new ArrayList<>(quotes);
        List<ConsentRequest> allQuestions = new ArrayList<>(questions);
        List<Happening> allHappened = new ArrayList<>(happened);
        for (Happening what : more) {
            allHappened.add(what);
            if (what instanceof Happening.QuoteKept kept) {
                allQuotes.add(kept.kept());
            } else if (what instanceof Happening.QuestionKept kept) {
                allQuestions.removeIf(each -> each.id().equals(kept.request().id()));
                allQuestions.add(kept.request());
            }
        }
        return new CaseFile(
                takeover.in(next),
                account,
                List.copyOf(allQuotes),
                List.copyOf(allQuestions),
                List.copyOf(allHappened));
    }

    /** The open question, if there is one, ended: it no longer wants an answer. */
    Happening[] questionEnded(ConsentRequest.Status why) {
        return openQuestion()
                .map(open -> new Happening[] {new Happening.QuestionEnded(open.ended(why))})
                .orElseGet(() -> new Happening[0]);
    }

    /** Whether {@code number} is the agreed quote, or a lower one that came to take its place. */
    private boolean follows(QuoteNumber number, QuoteNumber agreed) {
        for (QuoteNumber each = number; !each.equals(agreed); ) {
            QuoteNumber before = kept(each).follows();
            if (before.equals(each)) {
                return false;
            }
            each = before;
        }
        return true;
    }

    private Quotes.Kept kept(QuoteNumber number) {
        return quotes.stream()
                .filter(each -> each.quote().number().equals(number))
                .findFirst()
                .orElseThrow();
    }
}
