package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("agree.bpmn")
@Deployment(resources = "processes/agree.bpmn")
class AgreeDiagramTest extends DiagramEngine {

    @ParameterizedTest
    @CsvSource({
        "agreed, EndEvent_Agreed, ServiceTask_ScheduleChange SendTask_TellScheduled, Gateway_WhyNot EndEvent_ReviewAgain",
        "reviewAgain, EndEvent_ReviewAgain, Gateway_Agreed, ServiceTask_ScheduleChange Gateway_WhyNot",
        "lapsed, EndEvent_NotAgreed, ServiceTask_RecordReviewLapsed, SendTask_TellWithdrawn ServiceTask_ScheduleChange",
        "withdrawn, EndEvent_NotAgreed, SendTask_TellWithdrawn, ServiceTask_RecordReviewLapsed ServiceTask_ScheduleChange",
        "none, EndEvent_NotAgreed, Gateway_WhyNot, SendTask_TellWithdrawn ServiceTask_RecordReviewLapsed"
    })
    @DisplayName("does what follows from where the case stands, and nothing else")
    void everyStanding(String agreement, String end, String passed, String notPassed) {
        step("seeAgreement", Map.of("agreement", agreement));

        assertThat(started("agree"))
                .isEnded()
                .hasPassed(end)
                .hasPassed(passed.split(" "))
                .hasNotPassed(notPassed.split(" "));
    }
}
