package org.billingtakeover.takeover.process;

import java.util.Date;
import java.util.List;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.CloseTakeover;
import org.billingtakeover.takeover.DecideReview;
import org.billingtakeover.takeover.DecideReview.Decision;
import org.billingtakeover.takeover.EligibilityTable;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.PrepareQuote;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.takeover.Withdraw;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code billing-takeover.bpmn} and {@code client-takes-over-qbo.bpmn}, by the names that the diagrams call them. */
@Configuration(proxyBeanMethods = false)
class MainSteps {

    /** The columns of the eligibility table, put where the table finds them and nowhere else: they leave no history rows. */
    @Bean
    ExecutionListener gatherEligibilityFacts(CheckEligibility check, Takeovers takeovers, Accounts accounts) {
        return step -> {
            var account = accounts.account(
                    takeovers.takeover(step.getProcessBusinessKey()).clientId());
            check.factsOfOwnCase(account)
                    .columns()
                    .forEach((name, value) -> step.setVariableLocal(name, Variables.untypedValue(value, true)));
        };
    }

    @Bean
    ExecutionListener recordEligibility(EligibilityTable table, CloseTakeover close) {
        return step -> {
            List<Ineligibility> reasons = Var.DECISION_RESULT.in(step).getResultList().stream()
                    .map(table::reason)
                    .toList();
            Var.ELIGIBLE.set(step, reasons.isEmpty());
            if (!reasons.isEmpty()) {
                close.refuse(step.getProcessBusinessKey(), reasons);
            }
        };
    }

    @Bean
    JavaDelegate prepareQuote(PrepareQuote prepare) {
        return step -> {
            Var.WAY.set(step, Way.FIRM_TAKES_TIME.name());
            PrepareQuote.Prepared prepared = prepare.prepare(step.getProcessBusinessKey(), Way.FIRM_TAKES_TIME);
            Var.QUOTE_VALID_UNTIL.set(step, Date.from(prepared.quote().validUntil()));
            Var.REVIEW_DUE.set(step, Date.from(prepared.reviewDue()));
        };
    }

    @Bean
    JavaDelegate prepareOnlineQuote(PrepareQuote prepare) {
        return step -> {
            Var.WAY.set(step, Way.CLIENT_TAKES_ONLINE.name());
            prepare.prepare(step.getProcessBusinessKey(), Way.CLIENT_TAKES_ONLINE);
        };
    }

    @Bean
    TaskListener showQuote(FormContent content, ShowInForm form) {
        return task -> form.show(
                task, "quote", content.quote(task.getExecution().getProcessBusinessKey(), ShowInForm.languageOf(task)));
    }

    @Bean
    TaskListener decideReview(DecideReview decide) {
        return task -> decide.decide(
                task.getExecution().getProcessBusinessKey(),
                Actor.of(task),
                Var.DECISION.find(task).map(MainSteps::decision).orElse(null),
                Var.ACKNOWLEDGED.find(task).orElse(false),
                Var.QUOTE_NUMBER.find(task).orElse(null));
    }

    @Bean
    JavaDelegate recordReviewLapsed(DecideReview decide) {
        return step -> decide.lapsed(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate payCommission(CloseTakeover close) {
        return step -> Var.COMMISSION_PAID.set(step, close.payCommission(step.getProcessBusinessKey()));
    }

    @Bean
    JavaDelegate tellCommissionPaid(CloseTakeover close) {
        return step -> close.tellCommissionPaid(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate reconsider(Reconsider reconsider) {
        return step -> reconsider.startOver(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate closeWithdrawn(CloseTakeover close) {
        return step -> close.close(step.getProcessBusinessKey(), Outcome.WITHDRAWN, null);
    }

    @Bean
    JavaDelegate tellWithdrawn(Withdraw withdraw) {
        return step -> withdraw.tell(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate closeNothingLeft(CloseTakeover close) {
        return step -> close.nothingLeft(step.getProcessBusinessKey());
    }

    @Bean
    JavaDelegate tellNothingLeft(CloseTakeover close) {
        return step -> close.tellNothingLeft(step.getProcessBusinessKey());
    }

    @Bean
    ExecutionListener closeTakeover(CloseTakeover close) {
        return step -> close.close(
                step.getProcessBusinessKey(), BillingTakeoverProcess.outcomeAt(step.getCurrentActivityId()), null);
    }

    @Bean
    ExecutionListener handOutOutcome() {
        return step -> Var.OUTCOME.set(step, BillingTakeoverProcess.handedOutAt(step.getCurrentActivityId()));
    }

    private static Decision decision(String text) {
        return switch (text) {
            case "takeOver" -> Decision.TAKE_OVER;
            case "clientTakesOver" -> Decision.CLIENT_TAKES_OVER;
            case "leaveSeparate" -> Decision.LEAVE_SEPARATE;
            default -> throw new Refusal("decisionMissing");
        };
    }
}
