package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("billing-takeover.bpmn")
@Deployment(
        resources = {
            "processes/billing-takeover.bpmn",
            "stand-ins/ask-client.bpmn",
            "stand-ins/agree.bpmn",
            "stand-ins/change-payer.bpmn",
            "stand-ins/stop-integration.bpmn"
        })
class BillingTakeoverDiagramTest extends DiagramEngine {

    private static final String REVIEW = "UserTask_ReviewNewCost";

    @BeforeEach
    void eligible() {
        step("checkEligibility", Map.of("eligible", true));
        step("prepareOnlineQuote", Map.of("eligible", true));
    }

    @Test
    @DisplayName("goes straight: reviewed, confirmed, agreed, on the billing date switched, one payer")
    void happyPath() {
        ProcessInstance takeover = agreed();
        assertThat(takeover).isWaitingAt("EventGateway_UntilBillingDate");

        fires(takeover, "IntermediateCatchEvent_BillingDate");
        returns(takeover, "change-payer", Map.of("outcome", "switched"));

        assertThat(takeover)
                .isEnded()
                .hasPassed("EndEvent_OnePayer")
                .hasNotPassed("ServiceTask_PrepareOnlineQuote", "CallActivity_StopIntegration", "EndEvent_NotEligible");
    }

    @Test
    @DisplayName("ends before anybody is asked where the table is against it")
    void notEligible() {
        step("checkEligibility", Map.of("eligible", false));

        assertThat(started("billing-takeover"))
                .isEnded()
                .hasPassed("EndEvent_NotEligible")
                .hasNotPassed("ServiceTask_PrepareQuote", REVIEW);
    }

    @Test
    @DisplayName("offers the client's way where the firm does not take over, and asks the client about that")
    void firmDoesNotTakeOver() {
        ProcessInstance takeover = started("billing-takeover");
        completes(takeover, REVIEW, Map.of("decision", "leaveSeparate"));
        assertThat(takeover).isWaitingAt("CallActivity_AskClient").hasNotPassed("CallActivity_Agree");

        returns(takeover, "ask-client", Map.of());
        returns(takeover, "agree", Map.of("agreement", "agreed", "switchAt", LATER));

        assertThat(takeover)
                .isWaitingAt("EventGateway_UntilBillingDate")
                .hasPassed("ServiceTask_PrepareOnlineQuote")
                .hasNotPassed("CallActivity_StopIntegration");
    }

    @Test
    @DisplayName("goes the way “integration stops” where nothing is agreed and nothing more is offered")
    void integrationStops() {
        step("prepareOnlineQuote", Map.of("eligible", false));
        ProcessInstance takeover = asked();
        returns(takeover, "ask-client", Map.of());
        returns(takeover, "agree", Map.of("agreement", "none"));
        assertThat(takeover).isWaitingAt("CallActivity_StopIntegration");

        returns(takeover, "stop-integration", Map.of());

        assertThat(takeover)
                .isEnded()
                .hasPassed("EndEvent_IntegrationStopped")
                .hasNotPassed("CallActivity_ChangePayer", "EndEvent_OnePayer");
    }

    @Test
    @DisplayName(
            "reviews again where something changed while it was reviewed, asked or agreed, and where its time was up")
    void reviewsAgain() {
        ProcessInstance takeover = started("billing-takeover");
        happens(takeover, "takeover.changed");
        returns(takeover, "agree", Map.of("agreement", "reviewAgain"));
        fires(takeover, "BoundaryEvent_ReviewOver");
        returns(takeover, "agree", Map.of("agreement", "reviewAgain"));
        completes(takeover, REVIEW, Map.of("decision", "takeOver"));
        returns(takeover, "ask-client", Map.of());
        returns(takeover, "agree", Map.of("agreement", "reviewAgain"));
        completes(takeover, REVIEW, Map.of("decision", "takeOver"));
        returns(takeover, "ask-client", Map.of());
        returns(takeover, "agree", Map.of("agreement", "agreed", "switchAt", LATER));
        happens(takeover, "takeover.changed");
        returns(takeover, "agree", Map.of("agreement", "reviewAgain"));

        assertThat(takeover).isWaitingAt(REVIEW).hasNotPassed("CallActivity_ChangePayer", "Gateway_NotAgreed");
    }

    @Test
    @DisplayName("looks again where the payer did not change, and ends where nothing was left")
    void notSwitched() {
        ProcessInstance takeover = agreed();
        fires(takeover, "IntermediateCatchEvent_BillingDate");
        returns(takeover, "change-payer", Map.of("outcome", "changed"));
        assertThat(takeover).isWaitingAt("CallActivity_Agree").hasNotPassed("EndEvent_OnePayer");

        returns(takeover, "agree", Map.of("agreement", "agreed", "switchAt", LATER));
        fires(takeover, "IntermediateCatchEvent_BillingDate");
        returns(takeover, "change-payer", Map.of("outcome", "gone"));

        assertThat(takeover).isEnded().hasPassed("EndEvent_NothingToTakeOver").hasNotPassed("EndEvent_OnePayer");
    }

    @Test
    @DisplayName("looks again where somebody reconsiders before the integration stops")
    void reconsidered() {
        step("prepareOnlineQuote", Map.of("eligible", false));
        ProcessInstance takeover = started("billing-takeover");
        completes(takeover, REVIEW, Map.of("decision", "leaveSeparate"));

        happens(takeover, "takeover.changed");
        returns(takeover, "agree", Map.of("agreement", "reviewAgain"));

        assertThat(takeover).isWaitingAt(REVIEW).hasNotPassed("EndEvent_IntegrationStopped");
    }

    @Test
    @DisplayName("ends early from wherever it waits")
    void endedEarly() {
        for (ProcessInstance takeover : new ProcessInstance[] {started("billing-takeover"), asked(), agreed()}) {
            happens(takeover, "takeover.endedEarly");

            assertThat(takeover).isEnded().hasPassed("EndEvent_EndedEarly").hasNotPassed("EndEvent_OnePayer");
        }
    }

    private ProcessInstance asked() {
        ProcessInstance takeover = started("billing-takeover");
        completes(takeover, REVIEW, Map.of("decision", "takeOver"));
        assertThat(takeover).isWaitingAt("CallActivity_AskClient").hasNotPassed("Gateway_NotAgreed");
        return takeover;
    }

    private ProcessInstance agreed() {
        ProcessInstance takeover = asked();
        returns(takeover, "ask-client", Map.of());
        returns(takeover, "agree", Map.of("agreement", "agreed", "switchAt", LATER));
        return takeover;
    }
}
