package org.billingtakeover.commission;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands payouts to whoever pays, each once by its key. Where nobody knows whether an order arrived, they are asked before it is repeated.
 * No transaction is
 * open and nothing is locked while they are talked to.
 */
@Component
public class HandOverPayouts {

    private static final Logger LOG = LoggerFactory.getLogger(HandOverPayouts.class);

    private static final int AT_A_TIME = 100;

    /** A node that stopped on the way gives nothing back. */
    private static final Duration IN_HAND = Duration.ofMinutes(5);

    private final Payouts payouts;
    private final Payments payments;
    private final Accounts accounts;
    private final Clock clock;

    HandOverPayouts(Payouts payouts, Payments payments, Accounts accounts, Clock clock) {
        this.payouts = payouts;
        this.payments = payments;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Hands over what waits, some at a time. One that fails keeps no other from leaving.
     *
     * @throws RuntimeException the first failure, once all were tried
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void handOver() {
        Instant askedBefore = clock.instant().minus(IN_HAND);
        RuntimeException failure = null;
        for (UUID payout : payouts.waiting(askedBefore, AT_A_TIME)) {
            failure = first(failure, handOver(payout, askedBefore));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private @Nullable RuntimeException handOver(UUID payout, Instant askedBefore) {
        try {
            payouts.take(payout, askedBefore, clock.instant()).ifPresent(taken -> {
                if (!taken.askedBefore() || !payments.has(taken.payout().key())) {
                    payments.pay(order(taken.payout()));
                }
                payouts.handedOver(payout, clock.instant());
            });
            return null;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The payout {} could not be handed over: {}",
                    payout,
                    e.getClass().getName());
            return e;
        }
    }

    private Payments.Order order(CommissionPayout payout) {
        Firm firm = accounts.firm(payout.firmId());
        return new Payments.Order(
                payout.key(),
                firm.id(),
                firm.name(),
                payout.amount(),
                LocalDate.ofInstant(payout.paidAt(), firm.timeZone()),
                payout.occasion().text());
    }

    private static @Nullable RuntimeException first(@Nullable RuntimeException one, @Nullable RuntimeException other) {
        return one == null ? other : one;
    }
}
