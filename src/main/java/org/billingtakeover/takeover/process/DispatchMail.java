package org.billingtakeover.takeover.process;

import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails.MailPosted;
import org.billingtakeover.takeover.CaseFiles;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Lets each posted mail leave by a process of its own, so that a mail that cannot leave never holds up a case. */
@Component
class DispatchMail {

    private final CaseFiles files;
    private final Accounts accounts;
    private final CamundaTakeoverFlow flow;

    DispatchMail(CaseFiles files, Accounts accounts, CamundaTakeoverFlow flow) {
        this.files = files;
        this.accounts = accounts;
        this.flow = flow;
    }

    @EventListener
    void on(MailPosted posted) {
        Account account = accountOf(posted.about());
        flow.mailPosted(
                posted.about(),
                account.firm().id(),
                posted.mailId().toString(),
                account.firm().language().code());
    }

    private Account accountOf(Subject about) {
        return about instanceof TakeoverKey key
                ? files.read(key).account()
                : accounts.account(((ClientKey) about).client());
    }
}
