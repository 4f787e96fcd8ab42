package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.SwitchRequest;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes the payer, once, and plans what follows when the platform will not. */
@Component
public class SwitchBilling {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final BillingPlatform platform;
    private final BillingChange.Changes changes;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final CaseEvents events;
    private final Clock clock;

    SwitchBilling(
            Accounts accounts,
            Takeovers takeovers,
            BillingPlatform platform,
            BillingChange.Changes changes,
            CalendarOfDeadlines calendar,
            TellParties tell,
            CaseEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.platform = platform;
        this.changes = changes;
        this.calendar = calendar;
        this.tell = tell;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Switches as promised for the billing date of the case, however late it is asked to.
     *
     * @return why the platform would not; empty when it did
     */
    @Transactional
    public Optional<Rejection> switchPayer(String key) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        Subscription moving = account.subscription(takeover.way().moving());
        LocalDate date = Objects.requireNonNull(takeover.billingDate());
        Answer answer = platform.switchPayer(new SwitchRequest(
                key + "/" + takeover.way() + "/" + date,
                takeover.companyId(),
                moving.product(),
                takeover.firmId(),
                takeover.way().newPayer(),
                date));
        if (answer instanceof Answer.Rejected rejected) {
            events.add(
                    key,
                    Actors.SYSTEM,
                    CaseEvents.What.SWITCH_REJECTED,
                    rejected.reason().name());
            return Optional.of(rejected.reason());
        }
        record(takeover, account, moving, date);
        return Optional.empty();
    }

    private void record(Takeover takeover, Account account, Subscription moving, LocalDate effective) {
        changes.add(new BillingChange(
                takeover.key(),
                takeover.way(),
                moving.id(),
                String.valueOf(takeover.quoteNumber()),
                moving.payer(),
                takeover.way().newPayer(),
                effective,
                clock.instant()));
        accounts.changePayer(
                moving.id(),
                takeover.way().newPayer(),
                PriceBasis.of(moving.product(), takeover.way().newPayer()));
        accounts.changeIntegration(account.client().id(), new Integration(IntegrationStatus.ACTIVE, null));
        events.add(takeover.key(), Actors.SYSTEM, CaseEvents.What.SWITCHED, effective.toString());
    }

    /** After a rejection: when to try again, as the table says; empty when billing operations must look into it. */
    @Transactional
    public Optional<Instant> planRetry(String key) {
        Takeover takeover = takeovers.lock(key);
        Account account = accounts.account(takeover.clientId());
        LocalDate today = calendar.today(account.client());
        List<Integer> retryDays = calendar.retryDays(today);
        List<String> rejections = rejectionsSinceScheduledOrRetried(key);
        if (rejections.size() <= retryDays.size()) {
            LocalDate next = today.plusDays(retryDays.get(rejections.size() - 1));
            return Optional.of(BillingDates.startOf(next, account.client().timeZone()));
        }
        takeovers.update(takeover.inTrouble());
        tell.problem(key, rejections.get(rejections.size() - 1));
        return Optional.empty();
    }

    /** The platform's reasons, oldest first. */
    private List<String> rejectionsSinceScheduledOrRetried(String key) {
        List<String> rejections = new ArrayList<>();
        for (CaseEvents.CaseEvent event : events.of(key)) {
            switch (event.what()) {
                case CHANGE_SCHEDULED, BILLING_DATE_MOVED, PROBLEM_RETRIED -> rejections.clear();
                case SWITCH_REJECTED -> rejections.add(String.valueOf(event.detail()));
                default -> {}
            }
        }
        return rejections;
    }

    /** Tells firm and client from when who pays. */
    @Transactional
    public void tell(String key) {
        tell.both(key, MailKind.SWITCHED);
    }
}
