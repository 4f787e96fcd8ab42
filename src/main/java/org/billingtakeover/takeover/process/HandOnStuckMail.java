package org.billingtakeover.takeover.process;

import java.util.Map;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails.MailStuck;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has a person look at each mail that did not reach its recipient, by a process of its own, so that it never holds up a case. */
@Component
class HandOnStuckMail {

    private final CaseFiles files;
    private final Accounts accounts;
    private final Processes processes;

    HandOnStuckMail(CaseFiles files, Accounts accounts, Processes processes) {
        this.files = files;
        this.accounts = accounts;
        this.processes = processes;
    }

    @EventListener
    void on(MailStuck stuck) {
        Firm firm = firmOf(stuck.about());
        processes.start(
                BillingTakeoverProcess.DELIVER_MAIL,
                stuck.about(),
                firm.id(),
                Map.of(Var.MAIL_ID.name(), stuck.mailId().toString()));
    }

    private Firm firmOf(Subject about) {
        if (about instanceof FirmKey key) {
            return accounts.firm(key.firm());
        }
        return about instanceof TakeoverKey key
                ? files.read(key).account().firm()
                : accounts.account(((ClientKey) about).client()).firm();
    }
}
