package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("pay-commissions.bpmn")
@Deployment(resources = "processes/pay-commissions.bpmn")
class PayCommissionsDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("settles firm by firm, each in a job of its own, and then hands over what is to be paid")
    void settles() {
        step("settleQuarter", Map.of("more", true));
        ProcessInstance run = started("pay-commissions");
        runs(run);
        runs(run);
        assertThat(run).isWaitingAt("ServiceTask_SettleQuarter").hasNotPassed("ServiceTask_HandOverPayouts");

        step("settleQuarter", Map.of("more", false));
        runs(run);
        assertThat(run).isWaitingAt("ServiceTask_HandOverPayouts");

        runs(run);
        assertThat(run).isEnded().hasPassed("EndEvent_CommissionsPaid");
    }
}
