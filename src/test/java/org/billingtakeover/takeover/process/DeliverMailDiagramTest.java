package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("deliver-mail.bpmn")
@Deployment(resources = "processes/deliver-mail.bpmn")
class DeliverMailDiagramTest extends DiagramEngine {

    @ParameterizedTest
    @CsvSource({
        "retry, EndEvent_MailPostedAgain, EndEvent_MailGivenUp",
        "giveUp, EndEvent_MailGivenUp, EndEvent_MailPostedAgain"
    })
    @DisplayName("asks a person first, and ends as that person decided")
    void resolved(String resolution, String end, String other) {
        ProcessInstance mail = started("deliver-mail");
        assertThat(mail).isWaitingAtExactly("UserTask_ResolveUndeliverableMail");

        completes(mail, "UserTask_ResolveUndeliverableMail", Map.of("resolution", resolution));

        assertThat(mail).isEnded().hasPassed(end).hasNotPassed(other);
    }
}
