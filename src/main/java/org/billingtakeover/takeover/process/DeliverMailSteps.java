package org.billingtakeover.takeover.process;

import java.util.UUID;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.UndeliverableMail;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.ResolveUndeliverableMail;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Error;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code deliver-mail.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class DeliverMailSteps {

    @Bean
    JavaDelegate deliverMail(Mails mails) {
        return step -> {
            try {
                mails.deliver(mailId(step));
            } catch (UndeliverableMail e) {
                throw new BpmnError(Error.MAIL_UNDELIVERABLE, e);
            }
        };
    }

    @Bean
    TaskListener showMail(ResolveUndeliverableMail resolve, ShowInForm form) {
        return task -> {
            resolve.refused(mailId(task));
            form.show(task);
        };
    }

    @Bean
    TaskListener resolveMail(ResolveUndeliverableMail resolve) {
        return task -> {
            switch (Var.RESOLUTION.find(task).orElse("")) {
                case "retry" ->
                    resolve.sendTo(mailId(task), Var.CORRECTED_EMAIL.find(task).orElse(null));
                case "giveUp" -> {}
                default -> throw new Refusal("resolutionMissing");
            }
        };
    }

    private static UUID mailId(VariableScope scope) {
        return UUID.fromString(Var.MAIL_ID.in(scope));
    }
}
