package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("stop-integration.bpmn")
@Deployment(resources = "processes/stop-integration.bpmn")
class StopIntegrationDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("waits, tells of the stop date, waits for it, orders the stop, and tells of it once it is confirmed")
    void stops() {
        step("planStop", Map.of("stopStep", "wait"));
        ProcessInstance stop = started("stop-integration");
        assertThat(stop).isWaitingAtExactly("EventGateway_WhichFirst").hasNotPassed("SendTask_TellOfStop");

        // What is due next is seen again after each step.
        step("tellOfStop", Map.of());
        plannedInTurn("warn", "wait");
        fires(stop, "IntermediateCatchEvent_StopDate");
        assertThat(stop)
                .isWaitingAtExactly("EventGateway_WhichFirst")
                .hasPassed("SendTask_TellOfStop")
                .hasNotPassed("ServiceTask_StopIntegration");

        plannedInTurn("stop", "wait");
        fires(stop, "IntermediateCatchEvent_StopDate");
        assertThat(stop)
                .isWaitingAtExactly("EventGateway_WhichFirst")
                .hasPassed("ServiceTask_StopIntegration")
                .hasNotPassed("SendTask_TellStopped");

        happens(stop, "integration.stopConfirmed");
        assertThat(stop).isEnded().hasPassed("SendTask_TellStopped", "EndEvent_IntegrationStopped");
    }

    @Test
    @DisplayName("looks again when the account has changed, and stops nothing where nothing is left to stop")
    void nothingToStop() {
        step("planStop", Map.of("stopStep", "wait"));
        ProcessInstance stop = started("stop-integration");
        step("planStop", Map.of("stopStep", "nothing"));
        happens(stop, "client.changed");

        assertThat(stop)
                .isEnded()
                .hasPassed("EndEvent_NothingToStop")
                .hasNotPassed("ServiceTask_StopIntegration", "SendTask_TellOfStop");
    }

    private void plannedInTurn(String... steps) {
        inTurn("planStop", "stopStep", steps);
    }
}
