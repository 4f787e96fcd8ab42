package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.takeover.Invitations;
import org.billingtakeover.takeover.InviteFirm;
import org.billingtakeover.takeover.WarnInTime;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Invitation;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code invite-firm.bpmn} and {@code watch-stop-dates.bpmn}, by the names that the diagrams call them. */
@Configuration(proxyBeanMethods = false)
class InviteFirmSteps {

    private static final int AT_A_TIME = 100;

    @Bean
    JavaDelegate seeInvitation(InviteFirm invite) {
        return step -> {
            InviteFirm.Seen seen = invite.see((ClientKey) CaseStep.subject(step));
            Var.STANDING.set(step, Invitation.word(seen.standing()));
            Var.LOOK_AT.set(step, Date.from(seen.lookAt()));
        };
    }

    @Bean
    JavaDelegate inviteFirm(InviteFirm invite) {
        return step -> invite.invite((ClientKey) CaseStep.subject(step));
    }

    @Bean
    JavaDelegate findTwoPayers(Invitations invitations, Accounts accounts, TellInvitations tell, Clock clock) {
        return step -> {
            List<UUID> found = invitations.found(clock.instant(), AT_A_TIME);
            found.forEach(client -> tell.twoPayersFound(accounts.account(client).client()));
            Var.MORE.set(step, found.size() == AT_A_TIME);
        };
    }

    @Bean
    JavaDelegate warnInTime(WarnInTime warn) {
        return step -> Var.MORE.set(step, warn.warn(AT_A_TIME) || Var.MORE.in(step));
    }

    /** What diagrams of earlier versions call: the new ones find whom it found. */
    @Bean
    JavaDelegate stopOverdue() {
        return step -> {};
    }
}
