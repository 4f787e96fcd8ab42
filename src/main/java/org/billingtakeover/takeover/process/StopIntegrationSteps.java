package org.billingtakeover.takeover.process;

import java.util.Date;
import org.billingtakeover.takeover.StopIntegration;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code stop-integration.bpmn} and {@code watch-stop-dates.bpmn}, by the names that the diagrams call them. */
@Configuration(proxyBeanMethods = false)
class StopIntegrationSteps {

    @Bean
    CaseStep planStop(RefusedSteps refused, StopIntegration stop) {
        return CaseStep.about(refused, stop::plan, (step, stopAt) -> Var.STOP_AT.set(step, Date.from(stopAt)));
    }

    @Bean
    CaseStep stopIntegration(RefusedSteps refused, StopIntegration stop) {
        return CaseStep.about(refused, stop::stop, Var.STOPPED::set);
    }

    @Bean
    JavaDelegate tellStopped(StopIntegration stop) {
        return step -> {
            if (Var.STOPPED.in(step)) {
                stop.tell(CaseStep.subject(step));
            }
        };
    }

    @Bean
    JavaDelegate stopOverdue(StopIntegration stop, CamundaTakeoverFlow flow) {
        return step -> stop.overdue().forEach(flow::stopDateReached);
    }
}
