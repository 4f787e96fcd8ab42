package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("watch-stop-dates.bpmn")
@Deployment(resources = "processes/watch-stop-dates.bpmn")
class WatchStopDatesDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("looks once and ends; its next run does not hang on the last one")
    void looksOnce() {
        assertThat(started("watch-stop-dates")).isEnded().hasPassed("ServiceTask_StopOverdue", "EndEvent_Watched");
    }
}
