package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("change-payer.bpmn")
@Deployment(resources = "processes/change-payer.bpmn")
class ChangePayerDiagramTest extends DiagramEngine {

    private static final String PROBLEM = "UserTask_ResolveProblem";
    private static final String RETRY = "IntermediateCatchEvent_RetryDue";

    @BeforeEach
    void due() {
        step("checkAgain", Map.of("check", "due"));
        step("endCommission", Map.of("payoutDue", false));
    }

    @Test
    @DisplayName("checks, switches and tells without a stop where nothing is owed to the firm")
    void switched() {
        assertThat(started("change-payer"))
                .isEnded()
                .hasPassed("ServiceTask_SwitchBilling", "SendTask_TellSwitched", "EndEvent_Switched")
                .hasNotPassed("ServiceTask_PayCommission", PROBLEM, "ServiceTask_PlanRetry");
    }

    @Test
    @DisplayName("pays out what is owed in a transaction of its own")
    void paidOut() {
        step("endCommission", Map.of("payoutDue", true));
        ProcessInstance change = started("change-payer");
        assertThat(change)
                .isWaitingAt("ServiceTask_PayCommission")
                .hasPassed("ServiceTask_SwitchBilling", "SendTask_TellSwitched");

        runs(change);

        assertThat(change).isEnded().hasPassed("EndEvent_PaidOut").hasNotPassed(PROBLEM, "ServiceTask_PlanRetry");
    }

    @Test
    @DisplayName("does not switch what is no longer as agreed")
    void noLongerAgreed() {
        step("checkAgain", Map.of("check", "costChanged"));
        assertThat(started("change-payer"))
                .isEnded()
                .hasPassed("EndEvent_CostRisen")
                .hasNotPassed("ServiceTask_SwitchBilling", "ServiceTask_CloseGone");

        step("checkAgain", Map.of("check", "gone"));
        assertThat(started("change-payer"))
                .isEnded()
                .hasPassed("ServiceTask_CloseGone", "SendTask_TellGone", "EndEvent_Gone")
                .hasNotPassed("ServiceTask_SwitchBilling", "EndEvent_CostRisen");
    }

    @Test
    @DisplayName("S64 looks again until the platform has confirmed the change")
    void notConfirmedYet() {
        stepFails("switchBilling", "billing.switchRejected");
        ProcessInstance change = started("change-payer");
        assertThat(change).isWaitingAt(RETRY).hasNotPassed("SendTask_TellSwitched", PROBLEM);
        step("switchBilling", Map.of());
        fires(change, RETRY);
        assertThat(change).isEnded().hasPassed("SendTask_TellSwitched");
    }

    @Test
    @DisplayName("leaves a problem to billing operations, who retry or cancel")
    void resolved() {
        step("checkAgain", Map.of("check", "problem"));
        ProcessInstance change = started("change-payer");
        assertThat(change).isWaitingAt(PROBLEM);
        completes(change, PROBLEM, Map.of("resolution", "retry"));
        runs(change);
        assertThat(change).isWaitingAt(PROBLEM).hasNotPassed("EndEvent_Cancelled");

        completes(change, PROBLEM, Map.of("resolution", "cancel"));
        runs(change);

        assertThat(change).isEnded().hasPassed("EndEvent_Cancelled").hasNotPassed("EndEvent_Switched");
    }

    @Test
    @DisplayName("hands a problem to billing operations before the platform is asked")
    void problem() {
        step("checkAgain", Map.of("check", "problem"));

        assertThat(started("change-payer"))
                .isWaitingAt(PROBLEM)
                .hasNotPassed("ServiceTask_SwitchBilling", "Gateway_AnythingLeft");
    }

    @Test
    @DisplayName("ends when what was agreed has changed, wherever it waits")
    void changed() {
        stepFails("switchBilling", "billing.switchRejected");
        ProcessInstance retrying = started("change-payer");
        step("checkAgain", Map.of("check", "problem"));
        ProcessInstance inTrouble = started("change-payer");

        for (ProcessInstance change : new ProcessInstance[] {retrying, inTrouble}) {
            happens(change, "takeover.changed");
            assertThat(change)
                    .isEnded()
                    .hasPassed("EndEvent_Changed")
                    .hasNotPassed("EndEvent_Switched", "EndEvent_Cancelled");
        }
    }
}
