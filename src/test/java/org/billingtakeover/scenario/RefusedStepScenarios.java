package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A process is moved, its variables are forged, its timers fire: the case believes none of them. */
@ScenarioTest
@DisplayName("A case defends itself")
class RefusedStepScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);
    private static final String REFUSED = "UserTask_ResolveRefusedStep";

    @Autowired
    RuntimeService runtime;

    @Test
    @DisplayName(
            "S55 variables say “confirmed” and the client declines: refused, a task for billing operations, and the no counts")
    void forgedConsent() {
        Account account = world.imports(firm, AccountLine.split());
        world.earned(account, "120.00");
        String key = world.asked(account);
        moves(key, "CallActivity_ChangePayer");
        forge(key, "clientAnswer", "confirmed");
        forge(key, "agreement", "agreed");
        forge(key, "check", "due");
        forge(key, "outcome", "switched");
        world.clientAnswers(key, false);
        world.timePassesTo(LocalDate.of(2026, 3, 4));

        assertThat(world.happened(key)).contains("STEP_REFUSED").doesNotContain("CHANGE_SCHEDULED", "SWITCHED");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(world.payouts(firm)).isEmpty();
        assertThat(world.shownBy(key, REFUSED, "refusedStep").toString())
                .contains("The client has not agreed to this change", "Check again");

        resolves(key, "putBack");

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        world.clientAnswers(key, false);
        world.timePassesTo(LocalDate.of(2026, 5, 1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.payouts(firm)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName(
            "S55 a process moved to a step that the case has not come to waits there; put back, the case goes on to its end")
    @ValueSource(
            strings = {
                "ServiceTask_PrepareQuote",
                "CallActivity_ChangePayer",
                "CallActivity_StopIntegration",
                "ServiceTask_PrepareOnlineQuote",
                "CallActivity_Agree"
            })
    void movedWhileTheClientIsAsked(String element) {
        Account account = world.imports(firm, AccountLine.split());
        world.earned(account, "120.00");
        String key = world.asked(account);
        int mails = world.mailKindsOf(key).size();

        moves(key, element);
        world.timePassesTo(LocalDate.of(2026, 3, 4));

        assertThat(world.takeover(key).state()).isInstanceOf(State.Asking.class);
        assertThat(world.payouts(firm)).isEmpty();
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.mailKindsOf(key)).hasSize(mails);

        resolves(key, "putBack");
        world.clientAnswers(key, true);
        world.timePassesTo(BILLING_DATE.plusDays(1));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED", "COMMISSION_PAID", "CLIENT_ASKED");
    }

    @Test
    @DisplayName("S55 a case moved to the end “One payer” does not end, and its client can still answer")
    void movedToTheEnd() {
        String key = world.asked(world.imports(firm, AccountLine.split()));

        moves(key, "EndEvent_OnePayer");

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        world.task(key, REFUSED);
        world.clientAnswers(key, true);
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.endedAt(key)).contains("EndEvent_OnePayer");
    }

    @Test
    @DisplayName("S55 billing operations can close a case whose process was moved: both are told, the question ends")
    void closed() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        moves(key, "CallActivity_ChangePayer");

        assertThatThrownBy(() -> world.completes("olivia", key, REFUSED, Map.of()))
                .hasMessageContaining("Choose whether to try again");
        resolves(key, "close");

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.mailKindsOf(key)).contains("WITHDRAWN to FIRM", "WITHDRAWN to CLIENT");
        assertThat(world.questions(key)).noneMatch(each -> each.answer() != null);
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(key)
                        .processDefinitionKey("billing-takeover")
                        .count())
                .isZero();
    }

    @Test
    @DisplayName(
            "S55 whoever is put back waits where the case stands: with the platform's rejection, with billing operations, on its stop date")
    void putBackWhereverItStands() {
        String rejected = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.takeover(rejected).state()).isInstanceOf(State.Rejected.class);
        moves(rejected, "CallActivity_StopIntegration");
        resolves(rejected, "putBack");
        assertThat(waitsAt(rejected, "IntermediateCatchEvent_RetryDue")).isTrue();

        world.timePassesTo(BILLING_DATE.plusDays(10));
        world.task(rejected, "UserTask_ResolveProblem");
        moves(rejected, "CallActivity_StopIntegration");
        resolves(rejected, "putBack");
        world.card(firm, true);
        world.completes("olivia", rejected, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        world.timePassesTo(BILLING_DATE.plusMonths(1));
        assertThat(world.takeover(rejected).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S55 option 2: put back to the client's question, and to the billing date of QuickBooks Online")
    void putBackInOptionTwo() {
        String key = world.askedOnline(world.imports(firm, AccountLine.split()));
        moves(key, "CallActivity_ChangePayer");
        resolves(key, "putBack");
        assertThat(world.happened(key)).containsOnlyOnce("CLIENT_ASKED");

        world.clientAnswers(key, true);
        LocalDate date = world.takeover(key).billingDate();
        moves(key, "CallActivity_StopIntegration");
        resolves(key, "putBack");
        world.timePassesTo(date.plusDays(1));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED").doesNotContain("COMMISSION_PAID");
        assertThat(world.endedAt(key)).contains("EndEvent_OnePayer");
    }

    @ParameterizedTest
    @DisplayName("S56 a timer of the question fires before its date: nothing happens, and the client can still answer")
    @CsvSource({"BoundaryEvent_FirstReminder", "BoundaryEvent_AnswerDeadline"})
    void questionTimerFiresEarly(String timer) {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        int mails = world.mailKindsOf(key).size();

        fires(key, timer);

        assertThat(world.happened(key)).contains("STEP_REFUSED", "PUT_BACK");
        assertThat(world.takeover(key).state()).isInstanceOf(State.Asking.class);
        assertThat(world.mailKindsOf(key)).hasSize(mails);
        world.clientAnswers(key, true);
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S56 the review's deadline fires before its date: the review goes on")
    void reviewDeadlineFiresEarly() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        fires(key, "BoundaryEvent_ReviewOver");

        assertThat(world.takeover(key).state()).isInstanceOf(State.UnderReview.class);
        world.firmTakesOver(key);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
    }

    @Test
    @DisplayName("S56 the billing date's timer fires before its date: no switch, no mail; on the date it switches once")
    void billingDateFiresEarly() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        int mails = world.mailKindsOf(key).size();

        fires(key, "IntermediateCatchEvent_BillingDate");

        assertThat(world.takeover(key).state()).isInstanceOf(State.Scheduled.class);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(world.mailKindsOf(key)).hasSize(mails);
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.happened(key)).containsOnlyOnce("SWITCHED");
    }

    @Test
    @DisplayName("S56 the retry's timer fires before its date: the platform is not asked")
    void retryFiresEarly() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.takeover(key).state()).isInstanceOf(State.Rejected.class);
        world.card(firm, true);

        fires(key, "IntermediateCatchEvent_BillingDate");

        assertThat(world.takeover(key).state()).isInstanceOf(State.Rejected.class);
        world.timePassesTo(BILLING_DATE.plusMonths(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "S56 the stop date's timer fires before its date: the integration runs on, and the firm can still reconsider")
    void stopFiresEarly() {
        String key = world.askedOnline(world.imports(firm, AccountLine.split()));
        world.clientAnswers(key, false);
        assertThat(world.takeover(key).state()).isInstanceOf(State.Stopping.class);

        fires(key, "IntermediateCatchEvent_StopDate");

        assertThat(world.takeover(key).state()).isInstanceOf(State.Stopping.class);
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        world.timePassesTo(LocalDate.of(2026, 5, 1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
    }

    /** Sets a variable wherever the case's processes could read it. */
    private void forge(String key, String variable, String value) {
        for (Execution execution :
                runtime.createExecutionQuery().processInstanceBusinessKey(key).list()) {
            runtime.setVariableLocal(execution.getId(), variable, value);
        }
    }

    /** Moves the main process of a case to another element, as whoever may move processes could. */
    private void moves(String key, String element) {
        ProcessInstance main = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .processDefinitionKey("billing-takeover")
                .singleResult();
        var modification = runtime.createProcessInstanceModification(main.getId());
        for (var child : runtime.getActivityInstance(main.getId()).getChildActivityInstances()) {
            modification = modification.cancelActivityInstance(child.getId());
        }
        modification.startBeforeActivity(element).execute();
        world.runDue();
    }

    private void resolves(String key, String resolution) {
        world.completes("olivia", key, REFUSED, Map.of("resolution", resolution));
        world.runDue();
    }

    /** Runs the job of a timer, whatever its date. */
    private void fires(String key, String timer) {
        String job = world.management.createJobQuery().timers().activityId(timer).list().stream()
                .filter(each -> key.equals(runtime.createProcessInstanceQuery()
                        .processInstanceId(each.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey()))
                .findFirst()
                .orElseThrow()
                .getId();
        world.management.executeJob(job);
        world.runDue();
    }

    private boolean waitsAt(String key, String element) {
        return runtime.createExecutionQuery()
                        .processInstanceBusinessKey(key)
                        .activityId(element)
                        .count()
                == 1;
    }
}
