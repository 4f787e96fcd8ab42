package org.billingtakeover.takeover.process;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.takeover.ResolveRefusedStep;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Resolution;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code resolve-refused-step.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class RefusedStepSteps {

    @Bean
    JavaDelegate putBack(ResolveRefusedStep resolve) {
        return step -> resolve.resolve(CaseStep.key(step), Actors.SYSTEM, ResolveRefusedStep.Resolution.PUT_BACK);
    }

    @Bean
    TaskListener showRefusedStep(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener resolveRefusedStep(ResolveRefusedStep resolve) {
        return task -> resolve.resolve(
                CaseStep.key(task.getExecution()),
                Actor.of(task),
                Var.RESOLUTION.find(task).map(Resolution.OF_REFUSED_STEP::get).orElse(null));
    }
}
