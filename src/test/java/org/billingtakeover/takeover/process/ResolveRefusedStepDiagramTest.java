package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("resolve-refused-step.bpmn")
@Deployment(resources = "processes/resolve-refused-step.bpmn")
class ResolveRefusedStepDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("puts back by itself what came too early, in a transaction of its own, and asks nobody")
    void tooEarly() {
        ProcessInstance refused = started("resolve-refused-step", Map.of("tooEarly", true));
        assertThat(refused).isWaitingAt("ServiceTask_PutBack");

        runs(refused);

        assertThat(refused).isEnded().hasPassed("EndEvent_PutBack").hasNotPassed("UserTask_ResolveRefusedStep");
    }

    @Test
    @DisplayName("asks billing operations about all else")
    void decided() {
        ProcessInstance refused = started("resolve-refused-step", Map.of("tooEarly", false));

        completes(refused, "UserTask_ResolveRefusedStep", Map.of("resolution", "close"));

        assertThat(refused).isEnded().hasPassed("EndEvent_RefusedStepResolved").hasNotPassed("ServiceTask_PutBack");
    }
}
