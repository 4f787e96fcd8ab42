package org.billingtakeover.commission;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;

/** The commission balances of firms. */
public interface Commissions {

    /** What the firm has earned and not been paid. */
    Money balance(FirmId firmId);

    /** Adds a share earned on one subscription on one day; a firm-paid subscription earns none and the call changes nothing. */
    void accrue(FirmId firmId, Subscription subscription, Money share, LocalDate day);

    /**
     * Pays the firm's whole balance because a take-over moved a subscription, whatever its size (the ordinary threshold does not
     * apply). Called again for the same take-over it answers with the same payout and pays nothing more.
     *
     * @return the payout, or empty where the balance is nothing
     */
    Optional<CommissionPayout> payWholeBalance(FirmId firmId, TakeoverKey takeover, Instant now);

    /** What was paid because of this take-over. */
    Optional<CommissionPayout> paidFor(TakeoverKey takeover);

    /** One payment of a firm's balance. */
    record CommissionPayout(FirmId firmId, TakeoverKey takeover, Money amount, Instant paidAt) {}
}
