package org.billingtakeover.takeover.process;

import java.util.Date;
import java.util.Map;
import org.billingtakeover.takeover.CheckAgain;
import org.billingtakeover.takeover.CheckAgain.Finding;
import org.billingtakeover.takeover.ResolveProblem;
import org.billingtakeover.takeover.ResolveProblem.Resolution;
import org.billingtakeover.takeover.ScheduleChange;
import org.billingtakeover.takeover.SwitchBilling;
import org.billingtakeover.takeover.Withdraw;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Error;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code change-payer.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class ChangePayerSteps {

    private static final Map<String, Resolution> RESOLUTIONS =
            Map.of("retry", Resolution.RETRY, "cancel", Resolution.CANCEL);

    @Bean
    JavaDelegate scheduleChange(ScheduleChange schedule) {
        return step -> Var.SWITCH_AT.set(step, Date.from(schedule.schedule(step.getProcessBusinessKey())));
    }

    @Bean
    JavaDelegate tellScheduled(ScheduleChange schedule) {
        return step -> schedule.tell(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate checkAgain(CheckAgain check) {
        return step -> Var.CHECK.set(step, inWord(check.check(step.getProcessBusinessKey())));
    }

    @Bean
    JavaDelegate switchBilling(SwitchBilling billing) {
        return step -> {
            var rejection = billing.switchPayer(step.getProcessBusinessKey());
            if (rejection.isPresent()) {
                throw new BpmnError(Error.SWITCH_REJECTED, rejection.get().name());
            }
        };
    }

    @Bean
    JavaDelegate tellSwitched(SwitchBilling billing) {
        return step -> billing.tell(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate planRetry(SwitchBilling billing) {
        return step -> {
            var retryAt = billing.planRetry(step.getProcessBusinessKey());
            Var.TRY_AGAIN.set(step, retryAt.isPresent());
            retryAt.ifPresent(at -> Var.RETRY_AT.set(step, Date.from(at)));
        };
    }

    @Bean
    TaskListener showProblem(FormContent content, ShowInForm form) {
        return task -> form.show(
                task,
                "problem",
                content.problem(task.getExecution().getProcessBusinessKey(), ShowInForm.languageOf(task)));
    }

    @Bean
    TaskListener resolveProblem(ResolveProblem problem) {
        return task -> problem.resolve(
                task.getExecution().getProcessBusinessKey(),
                Actor.of(task),
                Var.RESOLUTION.find(task).map(RESOLUTIONS::get).orElse(null));
    }

    @Bean
    JavaDelegate recordChangeWithdrawn(Withdraw withdraw) {
        return step -> withdraw.endChange(step.getProcessBusinessKey());
    }

    private static String inWord(Finding finding) {
        return switch (finding) {
            case DUE -> "due";
            case COST_CHANGED -> "costChanged";
            case GONE -> "gone";
            case PROBLEM -> "problem";
        };
    }
}
