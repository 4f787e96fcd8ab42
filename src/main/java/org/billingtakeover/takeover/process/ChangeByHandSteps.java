package org.billingtakeover.takeover.process;

import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.ByHand;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code change-by-hand.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class ChangeByHandSteps {

    @Bean
    JavaDelegate askToChangeByHand(MakeByHand byHand) {
        return step -> step.setVariables(reminders(byHand.ask(booking(step))));
    }

    @Bean
    JavaDelegate recordNotMadeByHand(MakeByHand byHand) {
        return step -> byHand.notMade(booking(step));
    }

    @Bean
    JavaDelegate askForOtherProof(MakeByHand byHand) {
        return step -> Var.PROVE_UNTIL.set(step, Date.from(byHand.askForOtherProof(booking(step))));
    }

    @Bean
    TaskListener showChangeByHand(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener changeMadeByHand(MakeByHand byHand) {
        return task -> byHand.answer(
                booking(task),
                Actor.of(task),
                Var.CHANGE_MADE.find(task).map(ByHand.ANSWERS::get).orElse(null),
                reason(task).orElse(null));
    }

    private static Optional<Rejection> reason(VariableScope task) {
        return Var.WHY_NOT
                .find(task)
                .flatMap(why -> ByHand.REASONS.stream()
                        .filter(reason -> reason.name().equals(why))
                        .findFirst());
    }

    @Bean
    TaskListener proofLookedFor(MakeByHand byHand) {
        return task -> byHand.judge(
                booking(task), Var.PROOF.find(task).map(ByHand.FINDINGS::get).orElse(null));
    }

    @Bean
    TaskListener takenBackByHand(MakeByHand byHand) {
        return task -> byHand.takenBack(booking(task), Actor.of(task));
    }

    /** All that the diagram waits for. */
    static VariableMap times(MakeByHand.Plan plan) {
        return reminders(plan)
                .putValue(Var.MAKE_UNTIL.name(), Date.from(plan.makeUntil()))
                .putValue(Var.PROVE_UNTIL.name(), Date.from(plan.proveUntil()));
    }

    /** A timer needs a date: without a reminder to come it gets one on which nobody is reminded any more. */
    private static VariableMap reminders(MakeByHand.Plan plan) {
        return Variables.createVariables()
                .putValue(
                        Var.NEXT_REMINDER.name(),
                        Date.from(plan.nextReminder().orElse(plan.proveUntil().plus(Duration.ofDays(1)))))
                .putValue(Var.MORE_REMINDERS.name(), plan.nextReminder().isPresent());
    }

    static BookingKey booking(VariableScope scope) {
        return new BookingKey(Var.BOOKING.in(scope));
    }
}
