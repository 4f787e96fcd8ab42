package org.billingtakeover.takeover;

import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrder.Progress;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.kernel.Actors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells client and case what the platform says of a stop or a restart, in the transaction that keeps it. */
@Component
class FollowIntegrations {

    private final CaseFiles files;
    private final Accounts accounts;
    private final IntegrationOrders orders;
    private final OrderIntegration order;
    private final StopIntegration stop;
    private final TakeoverFlow flow;
    private final TellParties tell;

    FollowIntegrations(
            CaseFiles files,
            Accounts accounts,
            IntegrationOrders orders,
            OrderIntegration order,
            StopIntegration stop,
            TakeoverFlow flow,
            TellParties tell) {
        this.files = files;
        this.accounts = accounts;
        this.orders = orders;
        this.order = order;
        this.stop = stop;
        this.flow = flow;
        this.tell = tell;
    }

    @EventListener
    void on(IntegrationOrder.Told told) {
        flow.byItself(() -> follow(told.order(), told.word()));
    }

    private void follow(IntegrationOrder told, Progress word) {
        told.takeover().ifPresent(files::lock);
        boolean isStop = told.order().status() == IntegrationStatus.STOPPED;
        if (word == Progress.WITHDRAWN) {
            keep(
                    told,
                    new Happening.StopWithdrawn(told.order().key(), told.order().asOf()));
        } else if (isStop) {
            stopped(told);
        } else {
            restarted(told);
        }
    }

    /** As of the stop date, however late we come to it. Where that is no longer right, it starts again at once. */
    private void stopped(IntegrationOrder told) {
        boolean stillRight = orders.find(told.order().key()).orElseThrow().isWanted()
                && accounts.account(told.client().client()).arrangement() == BillingArrangement.SPLIT;
        changes(told, new Integration(IntegrationStatus.STOPPED, told.order().asOf()));
        keep(told, new Happening.IntegrationStopped(told.order().key()));
        if (!stillRight) {
            order.restart(accounts.account(told.client().client()), told.takeover())
                    .ifPresent(restart -> keep(told, new Happening.RestartOrdered(restart)));
        } else if (!flow.stopConfirmed(told)) {
            // Diagrams of earlier versions do not wait for it.
            stop.tell(told.about());
        }
    }

    private void restarted(IntegrationOrder told) {
        Account account = accounts.account(told.client().client());
        Client client = account.client();
        changes(
                told,
                new Integration(
                        IntegrationStatus.ACTIVE,
                        account.arrangement() == BillingArrangement.SPLIT
                                ? client.integration().stopDate()
                                : null));
        keep(told, new Happening.IntegrationRestarted(told.order().key(), order.today(client)));
        tell.integrationRestarted(
                told.about(), accounts.account(client.id()), told.takeover().map(files::read));
    }

    private void changes(IntegrationOrder told, Integration integration) {
        accounts.changeIntegration(told.client().client(), integration);
        told.takeover().map(files::lock).ifPresent(files::withAccountAsItIs);
    }

    private void keep(IntegrationOrder told, Happening what) {
        told.takeover()
                .map(files::lock)
                .ifPresent(file -> files.turn(file, Actors.SYSTEM, new Verdict.Allowed(file.state(), List.of(what))));
    }
}
