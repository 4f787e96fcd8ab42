package org.billingtakeover.takeover.process;

import java.util.UUID;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.UndeliverableMail;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Error;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code deliver-mail.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class DeliverMailSteps {

    @Bean
    JavaDelegate deliverMail(Mails mails) {
        return step -> {
            try {
                mails.deliver(UUID.fromString(Var.MAIL_ID.in(step)));
            } catch (UndeliverableMail e) {
                throw new BpmnError(Error.MAIL_UNDELIVERABLE, e);
            }
        };
    }
}
