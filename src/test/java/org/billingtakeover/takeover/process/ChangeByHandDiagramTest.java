package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("change-by-hand.bpmn")
@Deployment(resources = "processes/change-by-hand.bpmn")
class ChangeByHandDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("asks the firm in a transaction of its own, and waits for a proof of what it says it has made")
    void made() {
        ProcessInstance change = begun(Map.of());
        completes(change, "UserTask_ChangeByHand", Map.of("changeMade", "made"));
        assertThat(change).isWaitingAt("EventGateway_WhichFirst");

        happens(change, "changeByHand.billSentIn");
        completes(change, "UserTask_LookForProof", Map.of("proof", "shown"));

        assertThat(change).isEnded().hasPassed("EndEvent_Changed");
    }

    @Test
    @DisplayName("ends with what the platform answers to the firm")
    void notPossible() {
        ProcessInstance change = begun(Map.of());
        completes(change, "UserTask_ChangeByHand", Map.of("changeMade", "notPossible"));
        assertThat(change).isEnded().hasPassed("EndEvent_NotPossible");
    }

    @Test
    @DisplayName("asks for another proof as often as somebody wants to wait on, and ends where it was not changed")
    void waitsOn() {
        ProcessInstance change = begun(Map.of());
        completes(change, "UserTask_ChangeByHand", Map.of("changeMade", "made"));
        happens(change, "changeByHand.billSentIn");
        completes(change, "UserTask_LookForProof", Map.of("proof", "waitOn"));
        assertThat(change).hasPassed("SendTask_AskForOtherProof").isWaitingAt("EventGateway_WhichFirst");

        happens(change, "changeByHand.billSentIn");
        completes(change, "UserTask_LookForProof", Map.of("proof", "notChanged"));
        assertThat(change).isEnded().hasPassed("EndEvent_NotChanged");
    }

    @Test
    @DisplayName("ends by itself wherever it waits once a list shows the change, and has what was made taken back")
    void settled() {
        ProcessInstance shown = begun(Map.of("toTakeBack", false));
        happens(shown, "changeByHand.settled");
        assertThat(shown).isEnded().hasPassed("EndEvent_Settled").hasNotPassed("UserTask_TakeBackByHand");

        ProcessInstance withdrawn = begun(Map.of("toTakeBack", true));
        completes(withdrawn, "UserTask_ChangeByHand", Map.of("changeMade", "made"));
        happens(withdrawn, "changeByHand.settled");
        completes(withdrawn, "UserTask_TakeBackByHand", Map.of());
        assertThat(withdrawn).isEnded().hasPassed("EndEvent_TakenBack");
    }

    @Test
    @DisplayName("reminds as long as there is a reminder to come, and ends when it is too late to make the change")
    void tooLate() {
        ProcessInstance change = begun(Map.of("moreReminders", true));
        fires(change, "StartEvent_FirstReminder");
        step("askToChangeByHand", Map.of("moreReminders", false));
        fires(change, "IntermediateCatchEvent_NextReminder");
        assertThat(change)
                .hasPassed("EndEvent_NoMoreReminders")
                .isWaitingAt("UserTask_ChangeByHand")
                .isNotWaitingAt("IntermediateCatchEvent_NextReminder");

        fires(change, "BoundaryEvent_TooLate");
        assertThat(change).isEnded().hasPassed("ServiceTask_RecordNotMade", "EndEvent_NotMade");
    }

    @Test
    @DisplayName(
            "has a person look for the proof where nothing shows the change by the last day, while reminders are still to come")
    void nothingShown() {
        ProcessInstance change = begun(Map.of("moreReminders", true));
        fires(change, "StartEvent_FirstReminder");
        completes(change, "UserTask_ChangeByHand", Map.of("changeMade", "made"));
        fires(change, "IntermediateCatchEvent_NothingShown");

        completes(change, "UserTask_LookForProof", Map.of("proof", "shown"));

        assertThat(change).isEnded();
    }

    private ProcessInstance begun(Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(Map.of("makeUntil", LATER, "proveUntil", LATER, "booking", "TKO/1"));
        all.putAll(variables);
        ProcessInstance change = started("change-by-hand", all);
        assertThat(change).isWaitingAt("SendTask_AskToChange");
        runs(change);
        assertThat(change).isWaitingAt("UserTask_ChangeByHand");
        return change;
    }
}
