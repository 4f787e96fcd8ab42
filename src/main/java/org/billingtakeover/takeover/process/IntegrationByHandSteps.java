package org.billingtakeover.takeover.process;

import java.time.Duration;
import java.util.Date;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.takeover.SetIntegrationByHand;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code integration-by-hand.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class IntegrationByHandSteps {

    @Bean
    JavaDelegate askToSetIntegration(SetIntegrationByHand byHand) {
        return step -> step.setVariables(reminders(byHand.ask(order(step))));
    }

    @Bean
    TaskListener showIntegration(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener integrationSetByHand(SetIntegrationByHand byHand) {
        return task -> byHand.done(order(task), Actor.of(task));
    }

    /** All that the diagram waits for. */
    static VariableMap times(SetIntegrationByHand.Plan plan) {
        return reminders(plan).putValue(Var.SET_UNTIL.name(), Date.from(plan.until()));
    }

    /** A timer needs a date: without a reminder to come it gets one on which nobody is reminded any more. */
    private static VariableMap reminders(SetIntegrationByHand.Plan plan) {
        return Variables.createVariables()
                .putValue(
                        Var.NEXT_REMINDER.name(),
                        Date.from(plan.nextReminder().orElse(plan.until().plus(Duration.ofDays(1)))))
                .putValue(Var.MORE_REMINDERS.name(), plan.nextReminder().isPresent());
    }

    static IntegrationKey order(VariableScope scope) {
        return new IntegrationKey(Var.INTEGRATION_ORDER.in(scope));
    }
}
