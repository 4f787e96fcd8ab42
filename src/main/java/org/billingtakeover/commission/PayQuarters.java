package org.billingtakeover.commission;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.commission.CommissionTerms.Terms;
import org.billingtakeover.commission.Quarters.Next;
import org.billingtakeover.commission.Quarters.Settled;
import org.billingtakeover.kernel.Money;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Settles the quarters of firms once they have ended in the firm's own time zone: from the threshold on the balance is paid, below it, it
 * is carried over. What was missed while no server ran is made up for, one quarter after the other.
 */
@Component
public class PayQuarters {

    private static final Logger LOG = LoggerFactory.getLogger(PayQuarters.class);

    private final Quarters quarters;
    private final CommissionTerms terms;
    private final Accounts accounts;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    PayQuarters(
            Quarters quarters,
            CommissionTerms terms,
            Accounts accounts,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.quarters = quarters;
        this.terms = terms;
        this.accounts = accounts;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * Settles one quarter of one firm. A firm for whose currency the table has no row keeps nobody else waiting.
     *
     * @return false if none is left that could be settled
     */
    @Transactional
    public boolean settleNext() {
        for (Next next : quarters.next()) {
            Firm firm = accounts.firm(next.firm());
            if (!clock.instant().isBefore(endOf(next.quarter(), firm)) && settle(firm, next.quarter())) {
                return true;
            }
        }
        return false;
    }

    /** When the next quarter of a firm ends that is under way. */
    public Optional<Instant> nextEnd() {
        return quarters.next().stream()
                .map(next -> accounts.firm(next.firm()))
                .map(firm -> endOf(Quarter.of(LocalDate.ofInstant(clock.instant(), firm.timeZone())), firm))
                .min(Comparator.naturalOrder());
    }

    private static Instant endOf(Quarter quarter, Firm firm) {
        return quarter.lastDay().plusDays(1).atStartOfDay(firm.timeZone()).toInstant();
    }

    private boolean settle(Firm firm, Quarter quarter) {
        Optional<Terms> inForce = terms.of(firm.currency(), quarter.lastDay());
        if (inForce.isEmpty()) {
            LOG.warn(
                    "The quarter {} of firm {} cannot be settled: the table commissions has no row for {} on {}. Add one.",
                    quarter,
                    firm.id(),
                    firm.currency(),
                    quarter.lastDay());
            return false;
        }
        return quarters.lockPayable(firm.id(), quarter)
                .map(balance -> settle(firm, quarter, balance, inForce.get().threshold()))
                .isPresent();
    }

    private Settled settle(Firm firm, Quarter quarter, Money balance, Money threshold) {
        Instant now = clock.instant();
        boolean pays = balance.isPositive() && !threshold.isMoreThan(balance);
        Settled settled = new Settled(
                firm.id(), quarter, balance, threshold, now, pays ? quarters.pay(firm.id(), quarter, now) : null);
        quarters.settled(settled);
        publisher.publishEvent(settled);
        return settled;
    }
}
