package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.pricing.MakeQuote;
import org.billingtakeover.pricing.Quote;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Works out the new cost of a case; whatever was quoted or asked before no longer binds. */
@Component
public class PrepareQuote {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final ConsentRequests requests;
    private final MakeQuote makeQuote;
    private final CalendarOfDeadlines calendar;
    private final CaseEvents events;
    private final Clock clock;

    PrepareQuote(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            ConsentRequests requests,
            MakeQuote makeQuote,
            CalendarOfDeadlines calendar,
            CaseEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.requests = requests;
        this.makeQuote = makeQuote;
        this.calendar = calendar;
        this.events = events;
        this.clock = clock;
    }

    /** A fresh quote; the time that the accountant has for the review goes on if it already ran. */
    @Transactional
    public Prepared prepare(String key, Way way) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        requests.openOf(key).ifPresent(open -> requests.update(open.ended(ConsentRequest.Status.SUPERSEDED)));

        LocalDate overdueOn = calendar.overdueOn(Deadlines.Step.QUOTE_VALIDITY, account.client());
        Quote quote = quotes.add(key, quoteNow(account, way, calendar.endOfAnswers(overdueOn, account.client())));
        events.add(key, Actors.SYSTEM, CaseEvents.What.QUOTE_MADE, quote.number());

        Instant running = takeover.stage() == Stage.REVIEW ? takeover.due() : null;
        Instant reviewDue = running != null
                ? running
                : calendar.endOfAnswers(calendar.overdueOn(Deadlines.Step.REVIEW, account.client()), account.client());
        takeovers.update(takeover.quoted(way, quote.number(), reviewDue));
        return new Prepared(quote, reviewDue);
    }

    /** What the case would cost if it were quoted now, for its next billing date. Keeps nothing. */
    Quote quoteNow(Account account, Way way, Instant validUntil) {
        LocalDate billingDate = BillingDates.next(account.subscription(way.moving()), calendar.today(account.client()));
        return quoteFor(account, way, billingDate, validUntil);
    }

    Quote quoteFor(Account account, Way way, LocalDate billingDate, Instant validUntil) {
        return makeQuote.quote(account, way.moving(), way.newPayer(), billingDate, clock.instant(), validUntil);
    }

    /** @param reviewDue when the accountant's time for the review is up */
    public record Prepared(Quote quote, Instant reviewDue) {}
}
