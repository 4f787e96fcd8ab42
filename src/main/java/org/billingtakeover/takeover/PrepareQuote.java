package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.MakeQuote;
import org.billingtakeover.pricing.NoQuote;
import org.billingtakeover.pricing.Quote;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Works out the new cost of a case; whatever was quoted or asked before no longer binds. */
@Component
public class PrepareQuote {

    private final CaseFiles files;
    private final Quotes quotes;
    private final MakeQuote makeQuote;
    private final CalendarOfDeadlines calendar;
    private final CheckEligibility eligibility;
    private final TellParties tell;
    private final Clock clock;

    PrepareQuote(
            CaseFiles files,
            Quotes quotes,
            MakeQuote makeQuote,
            CalendarOfDeadlines calendar,
            CheckEligibility eligibility,
            TellParties tell,
            Clock clock) {
        this.files = files;
        this.quotes = quotes;
        this.makeQuote = makeQuote;
        this.calendar = calendar;
        this.eligibility = eligibility;
        this.tell = tell;
        this.clock = clock;
    }

    /** For the firm to review; the time that the accountant has goes on if it already ran. */
    @Transactional
    public Attempt<ToReview> forReview(TakeoverKey key) {
        CaseFile file = files.lock(key);
        Instant reviewDue = calendar.endOfAnswers(
                calendar.overdueOn(Deadlines.Step.REVIEW, file.account().client()),
                file.account().client());
        return prepare(file, Way.FIRM_TAKES_TIME, quote -> file.state().quoted(quote, reviewDue))
                .map(quoted -> new ToReview(
                        quoted.quote().orElseThrow().validUntil(),
                        quoted.state().due().orElse(reviewDue)));
    }

    /**
     * For the client, who is asked whether it takes over QuickBooks Online, unless it has been or the table of that way is against it.
     *
     * @return whether it is to be asked
     */
    @Transactional
    public Attempt<Boolean> forClient(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (file.state() instanceof State.Separate separate && !separate.isClientToBeOffered()) {
            return Attempt.done(false);
        }
        List<Ineligibility> reasons = eligibility.reasonsAgainst(file, Way.CLIENT_TAKES_ONLINE, Moment.OPENING);
        return reasons.isEmpty()
                ? prepare(file, Way.CLIENT_TAKES_ONLINE, file.state()::offered).map(offered -> true)
                : files.attempt(file, Actors.SYSTEM, file.state().notOffered(reasons))
                        .map(separate -> {
                            tell.notPossible(separate, reasons);
                            return false;
                        });
    }

    private Attempt<CaseFile> prepare(CaseFile file, Way way, Function<Quote, Verdict> transition) {
        Account account = file.account();
        LocalDate overdueOn = calendar.overdueOn(Deadlines.Step.QUOTE_VALIDITY, account.client());
        Quote quote;
        try {
            quote = quoteNow(account, way, calendar.endOfAnswers(overdueOn, account.client()));
        } catch (NoQuote e) {
            if (file.quotes().isEmpty()) {
                throw e;
            }
            return Attempt.refused(Verdict.denied(e.code()));
        }
        // The state is asked before a number is used up; nobody sees the unnumbered one.
        if (transition.apply(quote) instanceof Verdict.Denied denied) {
            return Attempt.refused(denied);
        }
        Verdict.Allowed allowed =
                transition.apply(quote.numbered(quotes.next())).orRefuse();
        return Attempt.done(
                files.turn(file, Actors.SYSTEM, allowed, file.questionEnded(ConsentRequest.Status.SUPERSEDED)));
    }

    private Quote quoteNow(Account account, Way way, Instant validUntil) {
        LocalDate billingDate = BillingDates.next(account.subscription(way.moving()), calendar.today(account.client()));
        return quoteFor(account, way, billingDate, validUntil);
    }

    /**
     * What a way would cost as of its next billing date, without a case.
     *
     * @throws NoQuote if the price list or the table of taxes lacks a row
     */
    public Quote estimate(Account account, Way way) {
        return quoteNow(account, way, clock.instant());
    }

    private Quote quoteFor(Account account, Way way, LocalDate billingDate, Instant validUntil) {
        return makeQuote.quote(account, way.moving(), way.newPayer(), billingDate, clock.instant(), validUntil);
    }

    /** What the case costs by now beside {@code quoted}, for its next billing date. */
    CostNow costNow(CaseFile file, Quote quoted) {
        Account account = file.account();
        Way way = file.state().way();
        return costOn(
                file, quoted, BillingDates.next(account.subscription(way.moving()), calendar.today(account.client())));
    }

    /** What the case costs by now beside {@code quoted}, for this billing date. */
    CostNow costOn(CaseFile file, Quote quoted, LocalDate billingDate) {
        Quote now;
        try {
            now = quoteFor(file.account(), file.state().way(), billingDate, quoted.validUntil());
        } catch (NoQuote e) {
            return new CostNow.Unknown(e.code());
        }
        if (!now.isInCurrencyOf(quoted)) {
            return new CostNow.Unknown("OTHER_CURRENCY");
        }
        if (now.costsMoreThan(quoted)) {
            return new CostNow.Risen();
        }
        return quoted.costsMoreThan(now) ? new CostNow.Fallen(now) : new CostNow.Same();
    }

    /**
     * @param validUntil when the quote expires
     * @param reviewDue when the accountant's time for the review is up
     */
    public record ToReview(Instant validUntil, Instant reviewDue) {

        /** Until when the review waits at this cost. */
        public Instant until() {
            return validUntil.isBefore(reviewDue) ? validUntil : reviewDue;
        }
    }
}
