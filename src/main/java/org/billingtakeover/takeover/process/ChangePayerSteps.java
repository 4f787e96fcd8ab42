package org.billingtakeover.takeover.process;

import java.time.LocalDate;
import java.util.Date;
import org.billingtakeover.takeover.CheckAgain;
import org.billingtakeover.takeover.PayCommission;
import org.billingtakeover.takeover.ResolveProblem;
import org.billingtakeover.takeover.ScheduleChange;
import org.billingtakeover.takeover.SwitchBilling;
import org.billingtakeover.takeover.Withdraw;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Check;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Error;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Resolution;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code change-payer.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class ChangePayerSteps {

    @Bean
    CaseStep scheduleChange(RefusedSteps refused, ScheduleChange schedule) {
        return CaseStep.asking(
                refused, schedule::schedule, (step, switchAt) -> Var.SWITCH_AT.set(step, Date.from(switchAt)));
    }

    @Bean
    JavaDelegate tellScheduled(ScheduleChange schedule) {
        return step -> schedule.tell(CaseStep.key(step));
    }

    @Bean
    CaseStep checkAgain(RefusedSteps refused, CheckAgain check) {
        return CaseStep.asking(refused, check::check, (step, finding) -> Var.CHECK.pass(step, Check.word(finding)));
    }

    @Bean
    CaseStep switchBilling(RefusedSteps refused, SwitchBilling billing) {
        return CaseStep.asking(refused, billing::switchPayer, (step, isSwitched) -> raiseUnless(isSwitched));
    }

    private static void raiseUnless(boolean isSwitched) {
        if (!isSwitched) {
            throw new BpmnError(Error.SWITCH_REJECTED);
        }
    }

    @Bean
    JavaDelegate endCommission(PayCommission commission) {
        return step -> Var.PAYOUT_DUE.pass(step, commission.isToPay(CaseStep.key(step)));
    }

    @Bean
    JavaDelegate tellSwitched(SwitchBilling billing) {
        return step -> billing.tell(CaseStep.key(step));
    }

    @Bean
    CaseStep planRetry(RefusedSteps refused, SwitchBilling billing) {
        return CaseStep.asking(refused, billing::retryAt, (step, retryAt) -> {
            Var.TRY_AGAIN.pass(step, retryAt.isPresent());
            retryAt.ifPresent(at -> Var.RETRY_AT.pass(step, Date.from(at)));
        });
    }

    @Bean
    TaskListener showProblem(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener resolveProblem(ResolveProblem problem) {
        return task -> problem.resolve(
                CaseStep.key(task.getExecution()),
                Actor.of(task),
                Var.RESOLUTION.find(task).map(Resolution.OF_PROBLEM::get).orElse(null),
                TaskForms.kept(task, "problem", "retryDate")
                        .map(LocalDate::parse)
                        .orElse(null));
    }

    @Bean
    CaseStep recordChangeWithdrawn(RefusedSteps refused, Withdraw withdraw) {
        return CaseStep.asking(refused, withdraw::confirmByClient);
    }
}
