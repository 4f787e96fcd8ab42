package org.billingtakeover.demo;

import java.time.ZoneId;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What both pages of the demo show. */
@ControllerAdvice(assignableTypes = {DemoDesk.class, MailboxPage.class})
@Profile("demo")
class EveryDemoPage {

    private final Accounts accounts;

    EveryDemoPage(Accounts accounts) {
        this.accounts = accounts;
    }

    /** The zone whose time of day is shown: the first firm's, since the machine's own often is UTC. */
    @ModelAttribute("zone")
    ZoneId zone() {
        return accounts.firms().stream().findFirst().map(Firm::timeZone).orElseGet(ZoneId::systemDefault);
    }
}
