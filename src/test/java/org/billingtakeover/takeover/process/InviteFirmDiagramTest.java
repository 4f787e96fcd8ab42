package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("invite-firm.bpmn")
@Deployment(resources = {"processes/invite-firm.bpmn", "stand-ins/stop-integration.bpmn"})
class InviteFirmDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("invites again by table, until the stop comes near")
    void invites() {
        inTurn("seeInvitation", "standing", "invite", "invite", "stopNear", "settled");
        ProcessInstance invitation = started("invite-firm");
        assertThat(invitation).isWaitingAtExactly("EventGateway_WhichFirst").hasPassed("SendTask_InviteFirm");

        fires(invitation, "IntermediateCatchEvent_NextDay");
        assertThat(invitation).isWaitingAtExactly("EventGateway_WhichFirst");

        fires(invitation, "IntermediateCatchEvent_NextDay");
        assertThat(invitation).isWaitingAtExactly("CallActivity_StopIntegration");
        returns(invitation, "stop-integration", Map.of());
        assertThat(invitation).isEnded().hasPassed("EndEvent_Settled");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invitation.updateNow", "client.changed"})
    @DisplayName("looks again when the firm presses Update now, and when the account or its case has changed")
    void looksAgain(String message) {
        inTurn("seeInvitation", "standing", "wait", "settled");
        ProcessInstance invitation = started("invite-firm");
        assertThat(invitation).hasNotPassed("SendTask_InviteFirm");

        happens(invitation, message);
        assertThat(invitation).isEnded().hasNotPassed("SendTask_InviteFirm", "CallActivity_StopIntegration");
    }
}
