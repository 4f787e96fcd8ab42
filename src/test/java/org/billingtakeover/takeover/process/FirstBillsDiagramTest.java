package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.Deployment;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("first-bills.bpmn")
@Deployment(resources = "processes/first-bills.bpmn")
class FirstBillsDiagramTest extends DiagramEngine {

    @Test
    @DisplayName("tells both of a refund that is there, in a transaction of its own")
    void refundThere() {
        ProcessInstance bills = begun("right");
        assertThat(bills).isWaitingAt("SendTask_TellRefunded").hasNotPassed("UserTask_CompareFirstBills");
        runs(bills);
        assertThat(bills).isEnded().hasPassed("EndEvent_BillsRight");
    }

    @Test
    @DisplayName("follows a refund until it is there")
    void refundDue() {
        ProcessInstance bills = begun("refundDue");
        assertThat(bills).isWaitingAt("EventGateway_UntilRefund");

        readAgain(bills, "right");
        runs(bills);

        assertThat(bills).isEnded().hasPassed("SendTask_TellRefunded").hasNotPassed("UserTask_CompareFirstBills");
    }

    @Test
    @DisplayName("has a person look into a refund that does not come, and into what differs by then")
    void overdue() {
        ProcessInstance bills = begun("refundDue");
        fires(bills, "IntermediateCatchEvent_Overdue");
        assertThat(bills).isWaitingAt("UserTask_CompareFirstBills");
        completes(bills, "UserTask_CompareFirstBills", Map.of("bills", "toBeCorrected"));
        assertThat(bills).isWaitingAt("EventGateway_UntilRefund").hasNotPassed("EndEvent_Explained");

        readAgain(bills, "differ");
        assertThat(bills).isWaitingAt("UserTask_CompareFirstBills");
    }

    @Test
    @DisplayName("has a person compare bills that differ, and ends where they are right as they are")
    void explained() {
        ProcessInstance bills = begun("differ");
        completes(bills, "UserTask_CompareFirstBills", Map.of("bills", "right"));
        assertThat(bills).isEnded().hasPassed("EndEvent_Explained").hasNotPassed("SendTask_TellRefunded");
    }

    @Test
    @DisplayName("ends the task by itself once the platform has put the bills right")
    void putRightMeanwhile() {
        ProcessInstance bills = begun("differ");
        readAgain(bills, "right");
        assertThat(bills).isWaitingAt("SendTask_TellRefunded").isNotWaitingAt("UserTask_CompareFirstBills");
        runs(bills);
        assertThat(bills).isEnded();
    }

    private ProcessInstance begun(String billsShow) {
        return started("first-bills", Map.of("billsShow", billsShow, "refundUntil", LATER, "booking", "TKO/1"));
    }

    private void readAgain(ProcessInstance bills, String billsShow) {
        happens(bills, "firstBills.readAgain", Map.of("billsShow", billsShow));
    }
}
