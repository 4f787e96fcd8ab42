package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("stop-integration.bpmn")
@Deployment(resources = "processes/stop-integration.bpmn")
class StopIntegrationDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("looks up the stop date, waits for it, stops and tells")
    void stops() {
        ProcessInstance stop = started("stop-integration");
        assertThat(stop)
                .isWaitingAtExactly("IntermediateCatchEvent_StopDate")
                .hasPassed("ServiceTask_PlanStop")
                .hasNotPassed("ServiceTask_StopIntegration", "SendTask_TellStopped");

        fires(stop, "IntermediateCatchEvent_StopDate");

        assertThat(stop).isEnded().hasPassed("ServiceTask_StopIntegration", "SendTask_TellStopped");
    }
}
