package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.task;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ask-client.bpmn")
@Deployment(resources = "processes/ask-client.bpmn")
class AskClientDiagramTest extends DiagramEngine {

    private static final String CLIENT = "UserTask_AnswerQuestion";
    private static final String SUPPORT = "UserTask_RecordClientAnswer";

    @Test
    @DisplayName("ends when the client answers; nobody else has a task meanwhile")
    void answered() {
        ProcessInstance question = started("ask-client");
        assertThat(question).isWaitingAtExactly(CLIENT);
        assertThat(question).task(CLIENT).isAssignedTo("client");
        assertThat(task(CLIENT, question).getDueDate()).isNull();

        completes(question, CLIENT, Map.of());

        assertThat(question)
                .isEnded()
                .hasPassed("SendTask_AskClient", "EndEvent_ClientAnswered")
                .hasNotPassed("SendTask_RemindClient", "ServiceTask_RecordNoAnswer", SUPPORT);
    }

    @Test
    @DisplayName("ends when an answer given by phone is recorded, and goes on where the client answers later")
    void byPhone() {
        ProcessInstance question = started("ask-client");
        happens(question, "question.clientTelephones");
        assertThat(question).isWaitingAtExactly(CLIENT, SUPPORT);
        step("recordClientAnswer", Map.of("answerTaken", false));
        completes(question, SUPPORT, Map.of());
        assertThat(question).isWaitingAtExactly(CLIENT).hasPassed("EndEvent_AnswersLater");

        happens(question, "question.clientTelephones");
        step("recordClientAnswer", Map.of("answerTaken", true));
        completes(question, SUPPORT, Map.of());

        assertThat(question).isEnded().hasPassed("EndEvent_AnswerRecorded").hasNotPassed("EndEvent_ClientAnswered");
    }

    @Test
    @DisplayName("the task of whoever records a call ends by itself when the client answers first")
    void clientIsFirst() {
        ProcessInstance question = started("ask-client");
        happens(question, "question.clientTelephones");

        completes(question, CLIENT, Map.of());

        assertThat(question).isEnded().hasPassed("EndEvent_ClientAnswered").hasNotPassed("Gateway_AnswerRecorded");
    }

    @Test
    @DisplayName("reminds as often as there are reminders, and the client can still answer")
    void reminded() {
        ProcessInstance question = started("ask-client");
        step("remindClient", Map.of("moreReminders", true));
        fires(question, "BoundaryEvent_FirstReminder");
        assertThat(question).isWaitingAtExactly(CLIENT, "IntermediateCatchEvent_NextReminder");
        step("remindClient", Map.of("moreReminders", false));
        fires(question, "IntermediateCatchEvent_NextReminder");
        assertThat(question).isWaitingAtExactly(CLIENT).hasPassed("EndEvent_Reminded");

        completes(question, CLIENT, Map.of());

        assertThat(question).isEnded().hasNotPassed("ServiceTask_RecordNoAnswer");
    }

    @Test
    @DisplayName("ends unanswered at the deadline, and when something changed, whoever is at it")
    void unanswered() {
        ProcessInstance late = started("ask-client");
        happens(late, "question.clientTelephones");
        fires(late, "BoundaryEvent_AnswerDeadline");
        assertThat(late)
                .isEnded()
                .hasPassed("ServiceTask_RecordNoAnswer", "EndEvent_NoAnswer")
                .hasNotPassed("EndEvent_ClientAnswered");

        ProcessInstance changed = started("ask-client");
        happens(changed, "question.clientTelephones");
        happens(changed, "takeover.changed");
        assertThat(changed).isEnded().hasPassed("EndEvent_QuestionDropped").hasNotPassed("ServiceTask_RecordNoAnswer");
    }
}
