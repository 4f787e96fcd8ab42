package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.OfTransaction;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Pays the firm what it has earned by the time it takes a subscription over. */
@Component
public class PayCommission {

    private final CaseFiles files;
    private final Commissions commissions;
    private final TellParties tell;
    private final Clock clock;
    private final OfTransaction<Set<FirmId>> askedAbout = new OfTransaction<>(HashSet::new);

    PayCommission(CaseFiles files, Commissions commissions, TellParties tell, Clock clock) {
        this.files = files;
        this.commissions = commissions;
        this.tell = tell;
        this.clock = clock;
    }

    /**
     * From the billing date on, what the firm has taken over earns it nothing. Of a firm's changes that are recorded in one transaction the
     * first is asked whether the firm is owed something, and pays for all of them.
     *
     * @return whether this case is to pay what the firm is owed; false too where nobody knows what was earned (S13)
     */
    @Transactional
    public boolean isToPay(TakeoverKey key) {
        CaseFile file = files.read(key);
        if (!(file.state() instanceof State.Done done) || done.way() != Way.FIRM_TAKES_TIME) {
            return false;
        }
        endAccrual(file, done);
        FirmId firm = file.takeover().firmId();
        return askedAbout.get().add(firm) && isOwed(firm);
    }

    private boolean isOwed(FirmId firm) {
        return commissions
                .balance(firm)
                .filter(balance -> balance.amount().signum() > 0)
                .isPresent();
    }

    private void endAccrual(CaseFile file, State.Done done) {
        commissions.end(file.account().time().id(), done.change().billingDate());
    }

    /**
     * Pays the firm's whole balance, once, for a switch that was made, and tells the firm; from the billing date on the subscription
     * earns nothing. Says false where nothing is to be paid, or nobody knows what was earned (S12, S13).
     */
    @Transactional
    public Attempt<Boolean> pay(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (!(file.state() instanceof State.Done done)) {
            return Attempt.refused(Verdict.denied("noSwitch"));
        }
        if (file.state().way() != Way.FIRM_TAKES_TIME) {
            return Attempt.done(false);
        }
        if (commissions.paidFor(key).isPresent()) {
            return Attempt.done(true);
        }
        endAccrual(file, done);
        Optional<CommissionPayout> paid =
                commissions.payWholeBalance(file.takeover().firmId(), key, clock.instant());
        paid.ifPresent(payout -> {
            CaseFile told = files.turn(
                    file,
                    Actors.SYSTEM,
                    new Verdict.Allowed(file.state(), List.of(new Happening.CommissionPaid(payout))));
            tell.commissionPaid(told, payout.amount());
        });
        return Attempt.done(paid.isPresent());
    }
}
