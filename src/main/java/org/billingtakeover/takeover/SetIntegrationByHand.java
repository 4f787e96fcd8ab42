package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.ConfirmByHand;
import org.billingtakeover.billing.IntegrationByHand;
import org.billingtakeover.billing.IntegrationByHand.Step;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.billing.IntegrationsByHand;
import org.billingtakeover.kernel.Actors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A firm turns an integration off or on itself at the platform: it is asked and reminded, then billing operations are. Whoever says that it
 * is done, or a list that shows it, confirms it.
 */
@Component
public class SetIntegrationByHand {

    private final CaseFiles files;
    private final Accounts accounts;
    private final IntegrationOrders orders;
    private final IntegrationsByHand byHand;
    private final ConfirmByHand confirm;
    private final CalendarOfDeadlines calendar;
    private final TellParties tell;
    private final TakeoverFlow flow;
    private final Clock clock;

    SetIntegrationByHand(
            CaseFiles files,
            Accounts accounts,
            IntegrationOrders orders,
            IntegrationsByHand byHand,
            ConfirmByHand confirm,
            CalendarOfDeadlines calendar,
            TellParties tell,
            TakeoverFlow flow,
            Clock clock) {
        this.files = files;
        this.accounts = accounts;
        this.orders = orders;
        this.byHand = byHand;
        this.confirm = confirm;
        this.calendar = calendar;
        this.tell = tell;
        this.flow = flow;
        this.clock = clock;
    }

    /**
     * @param until when billing operations see to it
     * @param nextReminder when the firm is reminded; empty where no reminder is to come
     */
    public record Plan(Instant until, Optional<Instant> nextReminder) {}

    @EventListener
    void on(IntegrationByHand.Wanted wanted) {
        IntegrationOrder order = order(wanted.change().order().key());
        Account account = account(order);
        flow.integrationToBeSet(order, account, plan(wanted.change(), account.client()));
    }

    @EventListener
    void on(IntegrationByHand.Shown shown) {
        keep(
                order(shown.change().order().key()),
                Actors.SYSTEM,
                new Happening.IntegrationShown(
                        shown.change().order().key(), shown.change().shownOn().orElseThrow()));
    }

    @EventListener
    void on(IntegrationByHand.Settled settled) {
        flow.integrationSettled(order(settled.change().order().key()));
    }

    /** Asks the firm to do it, as long as it has time for that. */
    @Transactional
    public Plan ask(IntegrationKey key) {
        IntegrationByHand change = byHand.find(key).orElseThrow();
        IntegrationOrder order = order(key);
        Account account = account(order);
        Plan plan = plan(change, account.client());
        if (change.step() == Step.TO_SET && clock.instant().isBefore(plan.until())) {
            tell.toSetIntegration(
                    order.about(),
                    account,
                    order.takeover().map(files::read),
                    order.order().status() == IntegrationStatus.ACTIVE,
                    lastDay(change, account.client()));
        }
        return plan;
    }

    private Plan plan(IntegrationByHand change, Client client) {
        Instant now = clock.instant();
        LocalDate asked = askedOn(change, client);
        return new Plan(
                BillingDates.startOf(lastDay(change, client).plusDays(1), client.timeZone()),
                calendar.integrationByHand(asked).reminderDays().stream()
                        .map(days -> calendar.morningOf(asked.plusDays(days), client))
                        .filter(at -> at.isAfter(now))
                        .findFirst());
    }

    private LocalDate lastDay(IntegrationByHand change, Client client) {
        LocalDate asked = askedOn(change, client);
        return asked.plusDays(calendar.integrationByHand(asked).days());
    }

    private static LocalDate askedOn(IntegrationByHand change, Client client) {
        return LocalDate.ofInstant(change.askedAt(), client.timeZone());
    }

    /**
     * Keeps that a member of staff has done it, or seen that it is done.
     *
     * @throws Refusal {@code notPossibleNow} if it is not to be done any more
     */
    @Transactional
    public void done(IntegrationKey key, String actor) {
        IntegrationOrder order = order(key);
        order.takeover().ifPresent(files::lock);
        if (!confirm.said(key, actor)) {
            throw new Refusal("notPossibleNow");
        }
        keep(
                order,
                actor,
                order.order().status() == IntegrationStatus.STOPPED
                        ? new Happening.IntegrationTurnedOff(key)
                        : new Happening.IntegrationTurnedOn(key));
    }

    private IntegrationOrder order(IntegrationKey key) {
        return orders.find(key).orElseThrow();
    }

    private Account account(IntegrationOrder order) {
        return accounts.account(order.client().client());
    }

    private void keep(IntegrationOrder order, String actor, Happening what) {
        order.takeover()
                .map(files::lock)
                .ifPresent(file -> files.turn(file, actor, new Verdict.Allowed(file.state(), List.of(what))));
    }
}
