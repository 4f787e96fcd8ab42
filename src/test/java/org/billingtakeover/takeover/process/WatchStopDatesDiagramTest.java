package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("watch-stop-dates.bpmn")
@Deployment(resources = "processes/watch-stop-dates.bpmn")
class WatchStopDatesDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("looks hundred by hundred until nothing is left, and ends; its next run does not hang on the last one")
    void looks() {
        step("findTwoPayers", Map.of("more", true));
        ProcessInstance watch = started("watch-stop-dates");
        runs(watch);
        runs(watch);
        assertThat(watch).isNotEnded().hasPassed("ServiceTask_FindTwoPayers", "ServiceTask_WarnInTime");

        step("findTwoPayers", Map.of("more", false));
        runs(watch);
        runs(watch);
        assertThat(watch).isEnded().hasPassed("EndEvent_Watched");
    }
}
