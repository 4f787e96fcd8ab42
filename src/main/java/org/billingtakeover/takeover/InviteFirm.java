package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.NoQuote;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Deadlines.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Invites the firm of a client with two payers to decide, again by table, until it does or the stop comes near. */
@Component
public class InviteFirm {

    /** So late that what the mail says still holds when it leaves, and early enough that it leaves as one with the others. */
    private static final Duration BEFORE_IT_LEAVES = Duration.ofHours(1);

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Holds holds;
    private final Invitations invitations;
    private final TellOfStop notices;
    private final PrepareQuote quotes;
    private final CheckEligibility eligibility;
    private final Postbox postbox;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final Clock clock;

    InviteFirm(
            Accounts accounts,
            Takeovers takeovers,
            Holds holds,
            Invitations invitations,
            TellOfStop notices,
            PrepareQuote quotes,
            CheckEligibility eligibility,
            Postbox postbox,
            CalendarOfDeadlines calendar,
            TellParties tell,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.holds = holds;
        this.invitations = invitations;
        this.notices = notices;
        this.quotes = quotes;
        this.eligibility = eligibility;
        this.postbox = postbox;
        this.calendar = calendar;
        this.tell = tell;
        this.clock = clock;
    }

    /** Where a client with two payers stands. */
    public enum Standing {
        TO_INVITE,
        /** The firm was invited, has a case under way, or cannot be helped now. */
        WAITING,
        /** It is time to tell of the stop. */
        STOP_NEAR,
        /** One payer, or the integration has stopped. */
        SETTLED
    }

    /** @param lookAt when to look again, if nothing is heard before */
    public record Seen(Standing standing, Instant lookAt) {}

    /** Where the client stands now; one that is settled is forgotten, and found again if it comes to two payers again. */
    @Transactional
    public Seen see(ClientKey key) {
        Account account = accounts.account(key.client());
        Client client = account.client();
        Instant now = clock.instant();
        if (!account.hasTwoPayers() || client.integration().status() != IntegrationStatus.ACTIVE) {
            invitations.ended(client.id());
            return new Seen(Standing.SETTLED, now);
        }
        Instant tomorrow = calendar.morningOf(calendar.today(client).plusDays(1), client);
        if (holds.isInDoubt(account)) {
            return new Seen(Standing.WAITING, tomorrow);
        }
        Optional<Takeover> open = takeovers.openOfCompany(client.companyId());
        boolean leftToTheCase =
                open.filter(each -> each.state().seesToTheStop()).isPresent();
        LocalDate stopDate = client.integration().stopDate();
        Optional<Instant> invitedAt = invitations.of(client.id()).map(Invitations.Invitation::invitedAt);
        Instant warnAt = stopDate == null ? now : notices.dueAt(client, stopDate);
        Instant writeAt = postbox.nextMorning(account.firm().timeZone()).minus(BEFORE_IT_LEAVES);
        if (open.isEmpty() && invitedAt.isEmpty() && !now.isBefore(earlier(writeAt, warnAt))) {
            return new Seen(Standing.TO_INVITE, now);
        }
        if (!leftToTheCase && !now.isBefore(warnAt)) {
            return new Seen(Standing.STOP_NEAR, now);
        }
        if (open.isPresent()) {
            return new Seen(Standing.WAITING, leftToTheCase ? afterChange(open.get(), client, tomorrow) : warnAt);
        }
        Instant inviteAt = invitedAt.map(last -> again(account, last)).orElse(now);
        Instant at = now.isBefore(inviteAt) ? inviteAt : writeAt;
        return now.isBefore(at) ? new Seen(Standing.WAITING, earlier(at, warnAt)) : new Seen(Standing.TO_INVITE, now);
    }

    /** The morning after the payer is to change; whoever turns the case away from that before has it looked at once more. */
    private Instant afterChange(Takeover open, Client client, Instant tomorrow) {
        return open.state()
                .billingDate()
                .map(date -> calendar.morningOf(date.plusDays(1), client))
                .filter(tomorrow::isBefore)
                .orElse(tomorrow);
    }

    /** The day on which it is invited again begins. */
    private Instant again(Account account, Instant last) {
        ZoneId zone = account.firm().timeZone();
        LocalDate on = LocalDate.ofInstant(last, zone);
        return BillingDates.startOf(on.plusDays(calendar.days(Step.INVITATION, account.client())), zone);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Writes to the firm what each way would cost, or why it is not possible, and when the integration stops; the mail waits for its
     * morning with others of its kind.
     */
    @Transactional
    public void invite(ClientKey key) {
        Account account = accounts.account(key.client());
        Invitations.Cost cost = new Invitations.Cost(
                difference(account, Way.FIRM_TAKES_TIME), difference(account, Way.CLIENT_TAKES_ONLINE));
        invitations.invited(account.client().id(), clock.instant(), cost);
        tell.invited(
                key,
                asToBeTold(account),
                cost,
                eligibility.reasonsAgainst(account),
                eligibility.reasonsAgainst(account, Way.CLIENT_TAKES_ONLINE));
    }

    /** With the day on which the integration can stop, if it is told now: one that comes too early is moved when both are told of it. */
    private Account asToBeTold(Account account) {
        LocalDate stopDate = account.client().integration().stopDate();
        return stopDate == null ? account : account.stoppingOn(notices.possible(account.client(), stopDate));
    }

    private Invitations.@Nullable Difference difference(Account account, Way way) {
        try {
            Quote quote = quotes.estimate(account, way);
            return new Invitations.Difference(quote.difference(Payer.FIRM), quote.difference(Payer.CLIENT));
        } catch (NoQuote e) {
            return null;
        }
    }
}
