package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.Commissions.CommissionPayout;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Settles and ends a case. */
@Component
public class CloseTakeover {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final ConsentRequests requests;
    private final Commissions commissions;
    private final TellParties tell;
    private final CaseEvents events;
    private final Clock clock;

    CloseTakeover(
            Accounts accounts,
            Takeovers takeovers,
            ConsentRequests requests,
            Commissions commissions,
            TellParties tell,
            CaseEvents events,
            Clock clock) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.requests = requests;
        this.commissions = commissions;
        this.tell = tell;
        this.events = events;
        this.clock = clock;
    }

    /** Pays the firm's whole commission balance; false where there is nothing to pay (S12, S13). */
    @Transactional
    public boolean payCommission(String key) {
        Optional<CommissionPayout> payout =
                commissions.payWholeBalance(takeovers.takeover(key).firmId(), key, clock.instant());
        payout.ifPresent(paid -> events.add(
                key,
                Actors.SYSTEM,
                CaseEvents.What.COMMISSION_PAID,
                paid.amount().amount() + " " + paid.amount().currency()));
        return payout.isPresent();
    }

    /** Tells the firm what it was paid. */
    @Transactional
    public void tellCommissionPaid(String key) {
        commissions
                .payWholeBalance(takeovers.takeover(key).firmId(), key, clock.instant())
                .ifPresent(paid -> tell.commissionPaid(key, paid.amount()));
    }

    /** The case never began: the table refused it. */
    @Transactional
    public void refuse(String key, List<Ineligibility> reasons) {
        String written = CheckEligibility.written(reasons);
        events.add(key, Actors.SYSTEM, CaseEvents.What.REFUSED, written);
        close(key, Outcome.NOT_ELIGIBLE, written);
    }

    @Transactional
    public void close(String key, Outcome outcome, @Nullable String reason) {
        Takeover takeover = takeovers.lock(key);
        requests.openOf(key).ifPresent(open -> requests.update(open.ended(ConsentRequest.Status.WITHDRAWN)));
        takeovers.update(takeover.closed(outcome, reason, clock.instant()));
        events.add(key, Actors.SYSTEM, CaseEvents.What.CLOSED, outcome.name());
    }

    /** Ends the case because a subscription was cancelled or both have one payer by now. */
    @Transactional
    public void nothingLeft(String key) {
        Account account = accounts.account(takeovers.takeover(key).clientId());
        String reason = "alreadyOnePayer";
        if (account.time().status() == SubscriptionStatus.CANCELLED) {
            reason = "timeCancelled";
        } else if (account.online().status() == SubscriptionStatus.CANCELLED) {
            reason = "onlineCancelled";
        }
        close(key, Outcome.NOTHING_TO_TAKE_OVER, reason);
    }

    @Transactional
    public void tellNothingLeft(String key) {
        tell.both(key, MailKind.NOTHING_TO_TAKE_OVER);
    }
}
