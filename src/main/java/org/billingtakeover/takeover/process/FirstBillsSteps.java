package org.billingtakeover.takeover.process;

import java.time.Instant;
import java.util.Date;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.takeover.FollowFirstBills;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Bills;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code first-bills.bpmn}, by the names that the diagram calls them. */
@Configuration(proxyBeanMethods = false)
class FirstBillsSteps {

    @Bean
    JavaDelegate tellRefunded(FollowFirstBills bills) {
        return step -> bills.tell(ChangeByHandSteps.booking(step));
    }

    @Bean
    TaskListener showFirstBills(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener firstBillsLookedInto(FollowFirstBills bills) {
        return task -> {
            BookingKey booking = ChangeByHandSteps.booking(task);
            Instant refundUntil = bills.answer(
                    booking,
                    Actor.of(task),
                    Var.BILLS.find(task).map(Bills.ANSWERS::get).orElse(null),
                    Var.EXPLANATION.find(task).orElse(null));
            Var.REFUND_UNTIL.set(task, Date.from(refundUntil));
        };
    }

    static VariableMap show(Finding finding, Instant refundUntil) {
        return Variables.createVariables()
                .putValue(Var.BILLS_SHOW.name(), Bills.show(finding))
                .putValue(Var.REFUND_UNTIL.name(), Date.from(refundUntil));
    }
}
