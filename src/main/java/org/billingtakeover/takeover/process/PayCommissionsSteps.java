package org.billingtakeover.takeover.process;

import org.billingtakeover.commission.HandOverPayouts;
import org.billingtakeover.commission.PayQuarters;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code pay-commissions.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class PayCommissionsSteps {

    @Bean
    JavaDelegate settleQuarter(PayQuarters quarters) {
        return step -> Var.MORE.set(step, quarters.settleNext());
    }

    /** What is left over goes with the next run. */
    @Bean
    JavaDelegate handOverPayouts(HandOverPayouts payouts) {
        return step -> payouts.handOver();
    }
}
