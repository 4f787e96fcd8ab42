package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("integration-by-hand.bpmn")
@Deployment(resources = "processes/integration-by-hand.bpmn")
class IntegrationByHandDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("asks the firm in a transaction of its own, and ends once the accountant has set it")
    void setByFirm() {
        ProcessInstance integration = begun(true);
        completes(integration, "UserTask_SetIntegration", Map.of());
        assertThat(integration).isEnded().hasPassed("EndEvent_SetByFirm").hasNotPassed("UserTask_SeeToIntegration");
    }

    @Test
    @DisplayName(
            "reminds as long as there is a reminder to come, and has billing operations see to it after the last day")
    void seenTo() {
        ProcessInstance integration = begun(true);
        fires(integration, "StartEvent_FirstReminder");
        step("askToSetIntegration", Map.of("moreReminders", false));
        fires(integration, "IntermediateCatchEvent_NextReminder");
        assertThat(integration)
                .hasPassed("EndEvent_NoMoreReminders")
                .isWaitingAt("UserTask_SetIntegration")
                .isNotWaitingAt("IntermediateCatchEvent_NextReminder");

        fires(integration, "BoundaryEvent_NotSetInTime");
        assertThat(integration).isNotWaitingAt("UserTask_SetIntegration");
        completes(integration, "UserTask_SeeToIntegration", Map.of());
        assertThat(integration).isEnded().hasPassed("EndEvent_SeenTo");
    }

    @Test
    @DisplayName("ends by itself once a list shows it or nobody wants it any more, while reminders are still to come")
    void settled() {
        ProcessInstance integration = begun(true);
        fires(integration, "StartEvent_FirstReminder");
        happens(integration, "integrationByHand.settled");
        assertThat(integration).isEnded().hasPassed("EndEvent_Settled");
    }

    private ProcessInstance begun(boolean moreReminders) {
        ProcessInstance integration = started(
                "integration-by-hand",
                Map.of("setUntil", LATER, "integrationOrder", "C-1/STOP/1", "moreReminders", moreReminders));
        assertThat(integration).isWaitingAt("SendTask_AskToSet");
        runs(integration);
        assertThat(integration).isWaitingAt("UserTask_SetIntegration");
        return integration;
    }
}
