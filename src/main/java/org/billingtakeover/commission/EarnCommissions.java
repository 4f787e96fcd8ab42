package org.billingtakeover.commission;

import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.commission.CommissionTerms.Terms;
import org.billingtakeover.commission.Commissions.Source;
import org.billingtakeover.kernel.Money;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what firms earn, by the platform's bills or else by what their lists say. Each source counts once, and what was paid is never
 * brought back.
 */
@Component
public class EarnCommissions {

    private final Commissions commissions;
    private final CommissionTerms terms;
    private final Accounts accounts;

    EarnCommissions(Commissions commissions, CommissionTerms terms, Accounts accounts) {
        this.commissions = commissions;
        this.terms = terms;
        this.accounts = accounts;
    }

    /**
     * The firm's share of a bill that its client pays, by the terms in force on the day of the bill.
     *
     * @throws java.util.NoSuchElementException if there is no such firm
     */
    @Transactional
    public Accrual earnedOn(ClientBill bill) {
        Currency currency = accounts.firm(bill.firmId()).currency();
        if (!bill.net().currency().equals(currency)) {
            return Accrual.OTHER_CURRENCY;
        }
        Optional<Terms> inForce = terms.of(currency, bill.day());
        if (inForce.isEmpty()) {
            return Accrual.NO_TERMS;
        }
        if (!inForce.get().cover(bill.day(), bill.clientPaysSince())) {
            return Accrual.NOT_IN_TERM;
        }
        commissions.lock(bill.firmId(), bill.day());
        Source source = commissions.source(bill.subscription().id());
        if (source.hasEndedBy(bill.day())) {
            return Accrual.ENDED;
        }
        if (source.isToldByList(bill.day())) {
            return Accrual.PART_OF_LIST;
        }
        return commissions.add(bill, inForce.get().percent(), inForce.get().share(bill.net()))
                ? Accrual.EARNED
                : Accrual.COUNTED_BEFORE;
    }

    /** What a list says is unpaid as of its day takes the place of what an earlier list said. */
    @EventListener
    @Transactional
    public void on(CommissionsListed listed) {
        if (listed.unpaid().isEmpty()) {
            return;
        }
        commissions.lock(listed.firmId(), listed.asOf());
        // What was paid that day may be in the list or not, and nobody is to be paid twice.
        if (commissions
                .lastPaidOn(listed.firmId())
                .filter(day -> !listed.asOf().isAfter(day))
                .isPresent()) {
            return;
        }
        List<UUID> subscriptions =
                listed.unpaid().stream().map(Unpaid::subscription).toList();
        Map<UUID, Source> sources = commissions.sources(subscriptions);
        Map<UUID, Money> known = commissions.unpaid(listed.firmId(), subscriptions);
        Money nothing = Money.zero(accounts.firm(listed.firmId()).currency());
        Map<UUID, Money> differences = new LinkedHashMap<>();
        for (Unpaid each : listed.unpaid()) {
            UUID id = each.subscription();
            if (isToTell(Objects.requireNonNull(sources.get(id)), listed.asOf())) {
                differences.put(id, each.amount().minus(known.getOrDefault(id, nothing)));
            }
        }
        commissions.add(listed.firmId(), differences, listed.asOf());
    }

    private static boolean isToTell(Source source, LocalDate asOf) {
        return !source.hasEndedBy(asOf) && !source.isToldByBill(asOf) && !source.isToldByNewerList(asOf);
    }
}
