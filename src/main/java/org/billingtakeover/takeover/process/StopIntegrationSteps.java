package org.billingtakeover.takeover.process;

import java.util.Date;
import org.billingtakeover.takeover.StopIntegration;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Stop;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code stop-integration.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class StopIntegrationSteps {

    @Bean
    CaseStep planStop(RefusedSteps refused, StopIntegration stop) {
        return CaseStep.about(refused, stop::plan, (step, due) -> {
            Var.STOP_STEP.set(step, Stop.word(due.step()));
            Var.LOOK_AT.set(step, Date.from(due.lookAt()));
            Var.STOP_AT.set(step, Date.from(due.stopAt()));
        });
    }

    @Bean
    CaseStep tellOfStop(RefusedSteps refused, StopIntegration stop) {
        return CaseStep.about(refused, stop::warn, (step, warned) -> {});
    }

    @Bean
    CaseStep stopIntegration(RefusedSteps refused, StopIntegration stop) {
        return CaseStep.about(refused, stop::stop, (step, ordered) -> Var.STOPPED.set(step, false));
    }

    /** Diagrams of earlier versions come here when the stop is ordered only: it is told once it is confirmed. */
    @Bean
    JavaDelegate tellStopped(StopIntegration stop) {
        return step -> {
            if (Var.STOPPED.in(step)) {
                stop.tell(CaseStep.subject(step));
            }
        };
    }
}
