package org.billingtakeover.takeover.process;

import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.notification.Mails.MailPosted;
import org.billingtakeover.takeover.StopIntegration;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets each posted mail leave by a process of its own, so that a mail that cannot leave never holds up a case. */
@Component
class DispatchMail {

    private final StopIntegration stopIntegration;
    private final Accounts accounts;
    private final CamundaTakeoverFlow flow;

    DispatchMail(StopIntegration stopIntegration, Accounts accounts, CamundaTakeoverFlow flow) {
        this.stopIntegration = stopIntegration;
        this.accounts = accounts;
        this.flow = flow;
    }

    @EventListener
    void on(MailPosted posted) {
        Client client =
                accounts.account(stopIntegration.clientId(posted.takeoverKey())).client();
        Firm firm = accounts.firm(client.firmId());
        flow.mailPosted(
                posted.takeoverKey(),
                firm.id(),
                posted.mailId().toString(),
                firm.language().code());
    }
}
