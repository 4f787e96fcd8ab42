package org.billingtakeover.takeover.process;

import java.util.Date;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Attempt;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.CloseTakeover;
import org.billingtakeover.takeover.DecideReview;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.PayCommission;
import org.billingtakeover.takeover.PrepareQuote;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.SeeAgreement;
import org.billingtakeover.takeover.Withdraw;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Agreement;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.ReviewDecision;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of {@code billing-takeover.bpmn} and {@code agree.bpmn}, by the names that the diagrams call them. */
@Configuration(proxyBeanMethods = false)
class MainSteps {

    /** A case that has begun is beyond that question: the next step then says that it does not belong here. */
    @Bean
    JavaDelegate checkEligibility(CheckEligibility check, OpenTakeover open) {
        return step -> checkEligibility(step, check, open);
    }

    private static void checkEligibility(DelegateExecution step, CheckEligibility check, OpenTakeover open) {
        TakeoverKey key = CaseStep.key(step);
        List<Ineligibility> reasons = check.reasonsAgainst(key);
        Var.ELIGIBLE.pass(step, reasons.isEmpty() || !open.refuse(key, reasons));
    }

    /**
     * Diagrams of before ask the engine for the table of their own deployment. It gets its columns, put where it finds them and nowhere
     * else, so that they leave no history rows; what it answers counts for nothing.
     */
    @Bean
    ExecutionListener gatherEligibilityFacts(CheckEligibility check) {
        return step -> check.factsOfOwnCase(CaseStep.key(step))
                .columns()
                .forEach((name, value) -> step.setVariableLocal(name, Variables.untypedValue(value, true)));
    }

    /** What counts in those diagrams too is the table in force. */
    @Bean
    ExecutionListener recordEligibility(CheckEligibility check, OpenTakeover open) {
        return step -> checkEligibility(step, check, open);
    }

    @Bean
    CaseStep prepareQuote(RefusedSteps refused, PrepareQuote prepare) {
        return CaseStep.asking(refused, prepare::forReview, (step, review) -> {
            Var.QUOTE_VALID_UNTIL.pass(step, Date.from(review.validUntil()));
            Var.REVIEW_DUE.pass(step, Date.from(review.reviewDue()));
            Var.REVIEW_UNTIL.pass(step, Date.from(review.until()));
        });
    }

    @Bean
    CaseStep prepareOnlineQuote(RefusedSteps refused, PrepareQuote prepare) {
        return CaseStep.asking(refused, prepare::forClient, (step, isOffered) -> {
            Var.ELIGIBLE.pass(step, isOffered);
        });
    }

    @Bean
    TaskListener showQuote(ShowInForm form) {
        return form::show;
    }

    @Bean
    TaskListener decideReview(DecideReview decide) {
        return task -> {
            decide.decide(
                    CaseStep.key(task.getExecution()),
                    Actor.of(task),
                    Var.DECISION.find(task).map(ReviewDecision.WORDS::get).orElse(null),
                    Var.ACKNOWLEDGED.find(task).orElse(false),
                    Var.QUOTE_NUMBER.find(task).orElse(null));
            // The case has them now, and the diagram never reads them.
            task.getExecution().removeVariables(List.of(Var.ACKNOWLEDGED.name(), Var.QUOTE_NUMBER.name()));
        };
    }

    @Bean
    CaseStep seeAgreement(RefusedSteps refused, SeeAgreement agreement) {
        return CaseStep.asking(
                refused, agreement::see, (step, finding) -> Var.AGREEMENT.set(step, Agreement.word(finding)));
    }

    @Bean
    CaseStep recordReviewLapsed(RefusedSteps refused, DecideReview decide) {
        return CaseStep.asking(refused, decide::lapsed);
    }

    @Bean
    CaseStep payCommission(RefusedSteps refused, PayCommission commission) {
        return CaseStep.asking(refused, commission::pay, Var.COMMISSION_PAID::pass);
    }

    /** Diagrams of before have a step for it; by now whoever pays has told. */
    @Bean
    JavaDelegate tellCommissionPaid() {
        return step -> {};
    }

    @Bean
    CaseStep reconsider(RefusedSteps refused, Reconsider reconsider) {
        return CaseStep.asking(refused, reconsider::confirm);
    }

    /** Whoever ended it told the case before. */
    @Bean
    CaseStep closeEarly(RefusedSteps refused, CloseTakeover close, Withdraw withdraw) {
        return CaseStep.asking(refused, key -> {
            if (withdraw.confirmByFirm(key) instanceof Attempt.Done<CaseFile> withdrawn) {
                withdraw.tell(key);
                return withdrawn;
            }
            return close.nothingLeft(key).map(closed -> {
                close.tellNothingLeft(key);
                return closed;
            });
        });
    }

    @Bean
    CaseStep closeWithdrawn(RefusedSteps refused, Withdraw withdraw) {
        return CaseStep.asking(refused, withdraw::confirmByFirm);
    }

    @Bean
    JavaDelegate tellWithdrawn(Withdraw withdraw) {
        return step -> withdraw.tell(CaseStep.key(step));
    }

    @Bean
    CaseStep closeNothingLeft(RefusedSteps refused, CloseTakeover close) {
        return CaseStep.asking(refused, close::nothingLeft);
    }

    @Bean
    JavaDelegate tellNothingLeft(CloseTakeover close) {
        return step -> close.tellNothingLeft(CaseStep.key(step));
    }

    /** An end cannot wait: where the case has not ended, its process is put back as soon as somebody has looked into it. */
    @Bean
    ExecutionListener closeTakeover(RefusedSteps refused, CloseTakeover close) {
        return step -> {
            if (close.close(CaseStep.key(step)) instanceof Attempt.Refused<?> notEnded) {
                refused.refused(step, notEnded.why());
            }
        };
    }

    @Bean
    ExecutionListener handOutOutcome() {
        return step -> Var.OUTCOME.set(step, BillingTakeoverProcess.handedOutAt(step.getCurrentActivityId()));
    }
}
