package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Dispute.Claim;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.OpenTakeover.Opened;
import org.billingtakeover.takeover.OpenTakeover.Refused;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SettleDispute;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** People who are late, change their minds, or press at the same instant; clients for whom nothing can be opened. */
@ScenarioTest
class EdgeScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    HistoryService history;

    @Autowired
    Withdraw withdraw;

    @Autowired
    PrimaryAdmins admins;

    @Autowired
    SettleDispute settle;

    @Autowired
    Reconsider reconsider;

    @Test
    @DisplayName(
            "an answer by link completes the client's own task, as the client; nobody else may take or complete it")
    void clientsOwnTask() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        Task own = world.task(key, "UserTask_AnswerQuestion");
        assertThat(own.getDueDate()).isNull();
        world.identity.setAuthentication("simon", List.of("client-support"), List.of(own.getTenantId()));
        assertThatThrownBy(() -> world.tasks.claim(own.getId(), "simon")).hasMessageContaining("taken this task");
        assertThatThrownBy(() -> world.tasks.setAssignee(own.getId(), "simon")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> world.tasks.complete(own.getId())).isInstanceOf(RuntimeException.class);
        world.identity.clearAuthentication();

        world.clientAnswers(key, true);

        assertThat(history.createHistoricTaskInstanceQuery()
                        .taskId(own.getId())
                        .taskAssignee("client")
                        .finished()
                        .count())
                .isOne();
        assertThat(history.createUserOperationLogQuery()
                        .taskId(own.getId())
                        .operationType("Complete")
                        .list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getUserId()).isEqualTo("client"));
        assertThat(world.identity.createUserQuery().userId("client").count()).isZero();
    }

    @Test
    @DisplayName("a client that telephones and will answer later keeps its question, and answers by link meanwhile")
    void answersLater() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        world.completes("simon", key, "UserTask_RecordClientAnswer", Map.of("answer", "later"));
        assertThat(world.openQuestion(key).status()).isEqualTo(ConsentRequest.Status.OPEN);

        world.clientTelephones("simon", key);
        world.clientAnswers(key, true);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(world.tasks.createTaskQuery().processInstanceBusinessKey(key).count())
                .isZero();
        assertThatThrownBy(() -> world.clientTelephones("simon", key)).hasMessage("alreadyDecided");
    }

    @Test
    @DisplayName("an answer given by phone ends the client's own task with it")
    void answersByPhone() {
        String key = world.asked(world.imports(firm, AccountLine.split()));

        world.completes("simon", key, "UserTask_RecordClientAnswer", world.yesByPhone(key));

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(world.passed(key, "EndEvent_AnswerRecorded")).isTrue();
        assertThat(world.tasks.createTaskQuery().processInstanceBusinessKey(key).count())
                .isZero();
    }

    @Test
    @DisplayName("S20 without an answer there is one reminder on day 3 and one on day 7, never two")
    void oneReminderEach() {
        AccountLine line = AccountLine.split();
        String key = world.asked(world.imports(firm, line));

        world.timePassesTo(TODAY.plusDays(2));
        assertThat(world.happened(key)).doesNotContain("CLIENT_REMINDED");
        world.timePassesTo(TODAY.plusDays(3));
        assertThat(world.happened(key)).containsOnlyOnce("CLIENT_REMINDED");
        world.timePassesTo(TODAY.plusDays(13));

        assertThat(world.mailKindsOf(key).stream().filter("REMINDER to CLIENT"::equals))
                .hasSize(2);
        assertThat(world.subjectsTo(line.email()))
                .filteredOn(subject -> subject.contains("answer by") || subject.contains("confirm by"))
                .hasSize(3);
    }

    @Test
    @DisplayName("S21 without an answer the request expires at the deadline, and a late answer changes nothing")
    void expiredRequest() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        UUID request = world.openQuestion(key).id();

        world.timePassesTo(TODAY.plusDays(14));

        assertThat(world.requests.find(request).orElseThrow().status()).isEqualTo(ConsentRequest.Status.EXPIRED);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.mailKindsOf(key)).contains("EXPIRED to FIRM", "EXPIRED to CLIENT");
        assertThatThrownBy(() -> world.clientAnswers(request, true))
                .isInstanceOf(Refusal.class)
                .hasMessage("requestExpired");
        assertThat(world.account(key).arrangement()).isEqualTo(BillingArrangement.SPLIT);
    }

    @Test
    @DisplayName("S21 an answer counts until the end of the day before the deadline")
    void answerOnTheLastDayCounts() {
        String key = world.asked(world.imports(firm, AccountLine.split().billedOn(25)));

        world.timePassesTo(
                TODAY.plusDays(14).atStartOfDay(World.TORONTO).minusMinutes(1).toInstant());
        world.clientAnswers(key, true);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName(
            "S17 the stop date comes while the client is asked: stopped and told once, and the case goes on to its end")
    void stopDateWhileAsked() {
        world.watchesDaily();
        AccountLine line = AccountLine.split().stoppingOn(TODAY.plusDays(14));
        String key = world.asked(world.imports(firm, line));

        world.timePassesTo(TODAY.plusDays(15));

        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        assertThat(world.textsTo(line.email()))
                .filteredOn(text -> text.contains("integration between"))
                .as("mails of before and after say the date")
                .allSatisfy(text -> assertThat(text).contains("March 16, 2026"));

        world.timePassesTo(TODAY.plusDays(40));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.happened(key)).containsOnlyOnce("INTEGRATION_STOPPED");
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName(
            "S17 the stop date comes during the review: stopped, and option 2 that is accepted later starts it again")
    void stopDateWhileReviewed() {
        world.watchesDaily();
        String key = world.opened(
                world.imports(firm, AccountLine.split().billedOn(20).stoppingOn(TODAY.plusDays(25))));
        world.timePassesTo(TODAY.plusDays(26));
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.STOPPED);

        world.clientAnswers(key, true);
        world.timePassesTo(TODAY.plusDays(51));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
    }

    @Test
    @DisplayName("S17 what was agreed before the stop date keeps the integration, until the change is withdrawn")
    void stopDateWhileScheduled() {
        String key = world.confirmed(
                world.imports(firm, AccountLine.split().billedOn(25).stoppingOn(TODAY.plusDays(3))));
        world.timePassesTo(TODAY.plusDays(5));
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);

        withdraw.byClient(new TakeoverKey(key));
        world.timePassesTo(TODAY.plusDays(7));

        assertThat(world.mailKindsOf(key)).as("told anew, of a day that moved").endsWith("STOP_COMES to CLIENT");
        LocalDate stopDate = world.account(key).client().integration().stopDate();
        assertThat(stopDate).isBetween(TODAY.plusDays(5 + 14), TODAY.plusDays(7 + 21));
        world.timePassesTo(stopDate);
        assertThat(world.account(key).client().integration())
                .isEqualTo(new Integration(IntegrationStatus.STOPPED, stopDate));
    }

    @Test
    @DisplayName("S17 option 2 unanswered until the stop date: one mail to each, about the stop")
    void unansweredUntilTheStopDate() {
        world.watchesDaily();
        String key = world.askedOnline(world.imports(firm, AccountLine.split().stoppingOn(TODAY.plusDays(14))));

        world.timePassesTo(TODAY.plusDays(14));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT")
                .doesNotContain("EXPIRED to FIRM", "EXPIRED to CLIENT");
    }

    @Test
    @DisplayName("S22 the accountant withdraws while the client is asked: link dead, client told, case withdrawn")
    void withdrawnWhileAsked() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        UUID request = world.openQuestion(key).id();

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.endedAt(key)).isEqualTo("EndEvent_EndedEarly");
        assertThat(world.mailKindsOf(key)).contains("WITHDRAWN to CLIENT");
        assertThatThrownBy(() -> world.clientAnswers(request, true)).hasMessage("requestWithdrawn");
    }

    @Test
    @DisplayName(
            "S22 the accountant withdraws before the client was asked: the client, who knows of nothing, is not told")
    void withdrawnInReview() {
        String key = world.opened(world.imports(firm, AccountLine.split()));

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.mailKindsOf(key)).containsExactly("WITHDRAWN to FIRM");
    }

    @Test
    @DisplayName(
            "S23 the firm withdraws in the instant of a yes: the yes waits, then is told that the question was withdrawn")
    void withdrawnAnInstantBeforeTheYes() throws Exception {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        UUID question = world.openQuestion(key).id();

        List<String> losers = AtOnce.whileTheFirstIsNotYetKept(
                world,
                () -> withdraw.byFirm(new TakeoverKey(key), "alice"),
                () -> world.answers.answer(question, world.answer(true)));
        world.runDue();

        assertThat(losers).containsExactly("requestWithdrawn");
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.happened(key)).doesNotContain("CLIENT_CONFIRMED");
    }

    @Test
    @DisplayName(
            "S23 the client says yes in the instant of a withdrawal: the firm withdraws what was scheduled, and both are told")
    void confirmedAnInstantBeforeTheWithdrawal() throws Exception {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        UUID question = world.openQuestion(key).id();

        List<String> losers = AtOnce.whileTheFirstIsNotYetKept(
                world,
                () -> world.answers.answer(question, world.answer(true)),
                () -> withdraw.byFirm(new TakeoverKey(key), "alice"));
        world.runDue();

        assertThat(losers).isEmpty();
        assertThat(world.happened(key)).containsSubsequence("CLIENT_CONFIRMED", "CHANGE_SCHEDULED", "WITHDRAWN");
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.mailKindsOf(key)).contains("SCHEDULED to CLIENT", "WITHDRAWN to CLIENT");
    }

    @Test
    @DisplayName("S24 confirm pressed twice is one decision")
    void confirmedTwice() throws Exception {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        UUID request = world.openQuestion(key).id();

        List<String> losers = AtOnce.atTheSameInstant(
                () -> world.answers.answer(request, world.answer(true)),
                () -> world.answers.answer(request, world.answer(true)));
        world.runDue();

        assertThat(losers).containsExactly("alreadyDecided");
        assertThat(world.happened(key)).containsOnlyOnce("CLIENT_CONFIRMED", "CHANGE_SCHEDULED");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName("S26 two firms claim the same client: the second is refused until the first's case ends")
    void twoFirmsClaimOneClient() {
        AccountLine line = AccountLine.split();
        Account ours = world.imports(firm, line);
        Account theirs = world.imports(world.firm(), line);
        String key = world.opened(ours);

        Refused refused = (Refused) world.open.open(theirs.client().id(), "mallory");
        assertThat(refused.reasons()).extracting("reason").containsExactly("TAKEOVER_OPEN");
        assertThat(refused.openKey()).as("another firm's key stays hidden").isNull();

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.listIsRight(theirs);
        assertThat(world.open.open(theirs.client().id(), "mallory")).isInstanceOf(OpenTakeover.Opened.class);
    }

    @Test
    @DisplayName("S106 a second firm that spells a company's id in another way opens no second case of it")
    void oneCompanySpelledTwice() {
        AccountLine line = AccountLine.split();
        Account ours = world.imports(firm, line);
        String listed = line.companyId();
        Account theirs = world.imports(world.firm(), line.with("Company ID", fullWidth(listed)));
        assertThat(theirs.client().companyId()).isEqualTo(ours.client().companyId());

        world.opened(ours);

        Refused refused = (Refused) world.open.open(theirs.client().id(), "mallory");
        assertThat(refused.reasons()).extracting("reason").containsExactly("TAKEOVER_OPEN");
    }

    private static String fullWidth(String id) {
        return id.chars()
                .mapToObj(sign -> Character.toString(sign + 0xFEE0))
                .collect(java.util.stream.Collectors.joining());
    }

    @Test
    @DisplayName("S26 a firm that lists another's client does not choose who is asked to consent")
    void primaryAdminOfTheFirstFirm() {
        AccountLine line = AccountLine.split();
        Account ours = world.imports(firm, line);
        Firm mallory = world.firm();
        AccountLine forged = line.with("Admin email", "mallory@example.com");
        Account theirs = world.imports(mallory, forged);

        Refused refused = (Refused) world.open.open(theirs.client().id(), "mallory");
        assertThat(refused.reasons()).extracting("reason").contains("PRIMARY_ADMIN_DISPUTED");

        world.imports(
                mallory, line.with("Admin email", ours.client().admin().email().toUpperCase(Locale.ROOT)));
        world.listIsRight(theirs);
        String key = world.opened(theirs);
        world.imports(mallory, forged.with("Admin email", "mallory@example.com"));
        assertThatThrownBy(() -> world.firmTakesOver(key)).hasMessageContaining("another firm is believed");
        assertThat(world.subjectsTo("mallory@example.com")).isEmpty();

        withdraw.byFirm(new TakeoverKey(key), "mallory");
        world.imports(firm, line, TODAY.plusDays(1));
        world.listIsRight(ours);
        assertThat(world.open.open(ours.client().id(), "alice")).isInstanceOf(OpenTakeover.Opened.class);
    }

    @Test
    @DisplayName(
            "S26 billing operations say which firm is right about the primary admin, but not while a question may be out")
    void primaryAdminSettled() {
        AccountLine line = AccountLine.split();
        Firm mallory = world.firm();
        Account theirs = world.imports(mallory, line.with("Admin email", "mallory@example.net"));
        String right = "right@example.net";
        Account ours = world.imports(firm, line.with("Admin email", right));
        String key = world.opened(theirs);
        assertThat(admins.disputes(0, 1000)).anySatisfy(dispute -> {
            assertThat(dispute.companyId()).isEqualTo(ours.client().companyId());
            assertThat(dispute.claims()).extracting(Claim::firm).containsExactly(mallory.name(), firm.name());
            assertThat(dispute.claims()).extracting(Claim::believed).containsExactly(true, false);
        });

        assertThatThrownBy(() -> settle.believe(ours.client().id(), "olivia"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo("companyHasCase"));
        withdraw.byFirm(new TakeoverKey(key), "mallory");
        settle.believe(ours.client().id(), "olivia");

        Refused refused = (Refused) world.open.open(theirs.client().id(), "mallory");
        assertThat(refused.reasons()).extracting("reason").contains("PRIMARY_ADMIN_DISPUTED");
        world.listIsRight(ours);
        String own = world.asked(ours);
        assertThat(world.openQuestion(own).email()).isEqualTo(right);
        assertThat(world.subjectsTo("mallory@example.net")).isEmpty();
        withdraw.byFirm(new TakeoverKey(own), "alice");
        settle.believe(theirs.client().id(), "olivia");
        assertThat(admins.toAsk(ours).email()).isEqualTo("mallory@example.net");
    }

    @Test
    @DisplayName("S101 when the primary admin changes, the open question is withdrawn and the new one asked")
    void primaryAdminChanges() {
        AccountLine line = AccountLine.split();
        Account account = world.imports(firm, line);
        String before = account.client().admin().email();
        String key = world.asked(account);
        ConsentRequest old = world.openQuestion(key);
        world.todayIs(TODAY.plusDays(5));
        String now = "new" + line.companyId() + "@example.com";

        world.imports(firm, line.with("Primary admin", "Nora New").with("Admin email", now));
        world.runDue();

        assertThat(world.subjectsTo(before)).last().asString().contains("no longer needs your answer");
        assertThat(world.textsTo(now)).singleElement().asString().contains("Nora New", "/answer/");
        ConsentRequest asked = world.openQuestion(key);
        assertThat(asked.email()).isEqualTo(now);
        assertThat(asked.lastDay())
                .as("with all the days that a question has")
                .isEqualTo(old.lastDay().plusDays(5));
        assertThatThrownBy(() -> world.clientAnswers(old.id(), true)).hasMessageContaining("requestSuperseded");

        world.clientAnswers(key, true);
        world.imports(firm, line.with("Admin email", "third@example.com").billedOn(20));
        world.runDue();

        assertThat(world.textsTo(before)).noneMatch(text -> text.contains("ou confirmed"));
        assertThat(world.textsTo("third@example.com"))
                .singleElement()
                .asString()
                .contains("that was confirmed for your company")
                .doesNotContain("you confirmed");
    }

    @Test
    @DisplayName("S26 two operators who decide at the same moment leave one firm believed")
    void settledTwice() throws Exception {
        AccountLine line = AccountLine.split();
        Account ours = world.imports(firm, line);
        Account theirs = world.imports(world.firm(), line.with("Admin email", "other@example.net"));

        List<String> losers = AtOnce.atTheSameInstant(
                () -> settle.believe(ours.client().id(), "olivia"),
                () -> settle.believe(theirs.client().id(), "oscar"));

        assertThat(losers).isEmpty();
        assertThat(admins.disputes(0, 1000))
                .filteredOn(dispute -> dispute.companyId().equals(ours.client().companyId()))
                .singleElement()
                .satisfies(dispute ->
                        assertThat(dispute.claims()).extracting(Claim::believed).containsOnlyOnce(true));
    }

    @Test
    @DisplayName("S26 nor who is asked about the second way, by an address changed while the case runs")
    void primaryAdminOfTheFirstFirmForTheSecondWay() {
        AccountLine line = AccountLine.split();
        String known = world.imports(firm, line).client().admin().email();
        Firm mallory = world.firm();
        Account theirs = world.imports(mallory, line);
        world.listIsRight(theirs);
        String key = world.opened(theirs);
        world.imports(mallory, line.with("Admin email", "mallory@example.org"));

        world.firmLeavesSeparate(key);

        assertThat(world.openQuestion(key).email()).isEqualTo(known);
        world.clientAnswers(key, false);
        assertThat(world.mailKindsOf(key)).contains("OPTION_TWO_OFFERED to CLIENT", "DECLINED to CLIENT");
        assertThat(world.subjectsTo("mallory@example.org")).isEmpty();
    }

    @Test
    @DisplayName("S26 a forged listing in between does not hinder a third firm that names the known primary admin")
    void forgedListingHindersNobody() {
        AccountLine line = AccountLine.split();
        String known = line.email();
        world.imports(firm, line);
        world.imports(world.firm(), line.with("Admin email", "mallory@example.org"));
        Account honest = world.imports(world.firm(), line.with("Admin email", known));
        world.listIsRight(honest);

        assertThat(world.open.open(honest.client().id(), "honest")).isInstanceOf(OpenTakeover.Opened.class);
    }

    @Test
    @DisplayName("S27 a client who declined reconsiders before the stop date: fresh quote, fresh consent")
    void reconsidered() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        QuoteNumber firstQuote = world.quote(key).number();
        world.clientAnswers(key, false);

        reconsider.byClient(new TakeoverKey(key));
        world.firmTakesOver(key);
        world.clientAnswers(key, true);

        assertThat(world.quote(key).number()).isNotEqualTo(firstQuote);
        assertThat(world.takeover(key).way()).isEqualTo(Way.FIRM_TAKES_TIME);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName("S27 reconsidered while the integration is about to stop")
    void reconsideredBeforeTheStop() {
        String key = world.asked(world.imports(firm, AccountLine.split()));
        world.clientAnswers(key, false);
        world.clientAnswers(key, false);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);

        reconsider.byFirm(new TakeoverKey(key), "alice");

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
        world.timePassesTo(TODAY.plusDays(29));
        assertThat(world.happened(key)).doesNotContain("INTEGRATION_STOPPED");
    }

    @Test
    @DisplayName("S28 a confirmed change that the client withdraws is not switched; option 2 is offered")
    void withdrawnByClientBeforeTheSwitch() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        withdraw.byClient(new TakeoverKey(key));
        world.runDue();

        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(world.mailKindsOf(key))
                .contains("WITHDRAWN to FIRM", "WITHDRAWN to CLIENT", "OPTION_TWO_OFFERED to CLIENT");
        world.timePassesTo(BILLING_DATE);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName(
            "S28 a confirmed change that the firm withdraws is not switched; the case closes and the client is told")
    void withdrawnByFirmBeforeTheSwitch() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(world.endedAt(key)).isEqualTo("EndEvent_EndedEarly");
        assertThat(world.mailKindsOf(key))
                .contains("WITHDRAWN to CLIENT")
                .doesNotContain("OPTION_TWO_OFFERED to CLIENT");
        assertThatThrownBy(() -> withdraw.byClient(new TakeoverKey(key))).hasMessage("tooLateToWithdraw");
        world.timePassesTo(BILLING_DATE);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S29 Time cancelled while scheduled: no switch, case closed with the reason, parties told")
    void timeCancelledWhileScheduled() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));

        world.imports(firm, line.with("Time status", "Cancelled"));
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.NOTHING_TO_TAKE_OVER);
        assertThat(world.takeover(key).reason()).isEqualTo("timeCancelled");
        assertThat(world.happened(key)).doesNotContain("SWITCHED");
        assertThat(world.mailKindsOf(key)).contains("NOTHING_TO_TAKE_OVER to FIRM", "NOTHING_TO_TAKE_OVER to CLIENT");
    }

    @Test
    @DisplayName("S30 Time past due or suspended: refused with the reason")
    void notInGoodStanding() {
        assertThat(world.refusals(world.imports(firm, AccountLine.split().with("Time status", "Past due"))))
                .containsExactly("TIME_PAST_DUE");
        assertThat(world.refusals(world.imports(firm, AccountLine.split().with("Time status", "Suspended"))))
                .containsExactly("TIME_SUSPENDED");
    }

    @Test
    @DisplayName(
            "S38 an annual Time plan more than 30 days before renewal: refused, with the date from which it is possible")
    void annualPlanTooEarly() {
        Account account = world.imports(
                firm, AccountLine.split().with("Time cycle", "Annual").with("Time renewal date", "2026-06-30"));

        Refused refused = (Refused) world.open.open(account.client().id(), "alice");

        assertThat(refused.reasons()).extracting("reason").containsExactly("ANNUAL_TOO_EARLY");
        assertThat(refused.reasons().get(0).possibleFrom()).isEqualTo(LocalDate.of(2026, 5, 31));
    }

    @Test
    @DisplayName("S39 a client in another billing region than the firm: refused with the reason")
    void otherRegion() {
        assertThat(world.refusals(world.imports(
                        firm,
                        AccountLine.split()
                                .with("Country", "US")
                                .with("Province", "NY")
                                .with("Time zone", "America/New_York")
                                .with("Currency", "USD"))))
                .containsExactly("OTHER_REGION");
    }

    @Test
    @DisplayName("S79 option 1 is impossible: the firm offers option 2, the client confirms it, and pays for both")
    void clientsWayWhereTheFirmsIsImpossible() {
        Account account = world.imports(
                firm,
                AccountLine.split()
                        .with("Country", "US")
                        .with("Province", "NY")
                        .with("Time zone", "America/New_York")
                        .with("Currency", "USD"));
        assertThat(world.refusals(account)).containsExactly("OTHER_REGION");

        String key = ((Opened) world.open.offerClientsWay(account.client().id(), "alice"))
                .key()
                .text();

        assertThat(world.happened(key)).startsWith("OPENED", "FIRM_OFFERS_CLIENTS_WAY", "QUOTE_MADE", "CLIENT_ASKED");
        world.runDue();
        assertThat(world.mailKindsOf(key)).containsExactly("OPTION_TWO_OFFERED to CLIENT");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
        world.clientAnswers(key, true);
        world.timePassesTo(world.takeovers
                .takeover(new TakeoverKey(key))
                .state()
                .billingDate()
                .orElseThrow());
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        assertThat(world.payouts(firm)).isEmpty();
    }

    @Test
    @DisplayName("S79 option 2 is refused for the reasons of its own table, and they are kept")
    void clientsWayHasReasonsOfItsOwn() {
        Account account = world.imports(firm, AccountLine.split().with("Time in payroll", "Yes"));
        world.card(firm, false);

        Refused refused = (Refused) world.open.offerClientsWay(account.client().id(), "alice");

        assertThat(refused.reasons()).extracting("reason").containsExactly("IN_PAYROLL_PLAN");
        Takeover kept = world.takeovers.ofClient(account.client().id()).get(0);
        assertThat(kept.state()).isInstanceOfSatisfying(State.Closed.class, closed -> {
            assertThat(closed.way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
            assertThat(closed.reasons()).isEqualTo(refused.reasons());
        });
    }

    @Test
    @DisplayName("S79 the firm takes the offer back, or the client declines it and reconsiders: as with any other case")
    void clientsWayIsACaseAsAnyOther() {
        Account account = world.imports(firm, AccountLine.split());
        world.card(firm, false);
        String first = ((Opened) world.open.offerClientsWay(account.client().id(), "alice"))
                .key()
                .text();
        withdraw.byFirm(new TakeoverKey(first), "alice");
        assertThat(world.endedAt(first)).isEqualTo("EndEvent_EndedEarly");

        String key = ((Opened) world.open.offerClientsWay(account.client().id(), "alice"))
                .key()
                .text();
        world.clientAnswers(key, false);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
        reconsider.byFirm(new TakeoverKey(key), "alice");
        assertThat(world.task(key, "UserTask_ReviewNewCost")).isNotNull();
    }

    @Test
    @DisplayName("S40 Time included in a payroll plan: nothing to take over")
    void includedInPayroll() {
        assertThat(world.refusals(world.imports(firm, AccountLine.split().with("Time in payroll", "Yes"))))
                .containsExactly("IN_PAYROLL_PLAN");
    }

    @Test
    @DisplayName("S49 the firm's own bill date: refused, with the date from which it is possible")
    void firmsOwnBillDate() {
        Account account = world.imports(firm, AccountLine.split());
        world.todayIs(LocalDate.of(2026, 3, 20));

        Refused refused = (Refused) world.open.open(account.client().id(), "alice");

        assertThat(refused.reasons()).extracting("reason").containsExactly("FIRM_BILL_DATE_TODAY");
        assertThat(refused.reasons().get(0).possibleFrom()).isEqualTo(LocalDate.of(2026, 3, 21));
    }

    @Test
    @DisplayName(
            "A mail that its recipient's server refuses for good goes to billing operations, who correct the address")
    void undeliverableMailIsCorrected() {
        AccountLine line = AccountLine.split();
        Account account = world.imports(firm, line);
        world.addressBehindOurBack(account, "nobody at home");
        String key = world.asked(account);

        assertThat(world.shownBy(key, "UserTask_ResolveUndeliverableMail", "mail")
                        .toString())
                .contains("nobody at home", account.client().name());
        assertThatThrownBy(() -> world.completes(
                        "olivia", key, "UserTask_ResolveUndeliverableMail", Map.of("resolution", "retry")))
                .hasMessageContaining("Give a corrected e-mail address");
        world.completes(
                "olivia",
                key,
                "UserTask_ResolveUndeliverableMail",
                Map.of("resolution", "retry", "correctedEmail", line.email()));
        world.runDue();

        assertThat(world.subjectsTo(line.email())).hasSize(1);
        assertThat(world.happened(key)).containsOnlyOnce("MAIL_UNDELIVERABLE");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.ASKING);
    }

    @Test
    @DisplayName("A mail that billing operations give up holds up nothing")
    void undeliverableMailIsGivenUp() {
        Account account = world.imports(firm, AccountLine.split());
        world.addressBehindOurBack(account, "nobody at home");
        String key = world.asked(account);

        world.completes("olivia", key, "UserTask_ResolveUndeliverableMail", Map.of("resolution", "giveUp"));
        world.runDue();

        assertThat(world.mailKindsOf(key)).isEmpty();
        world.clientAnswers(key, true);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }
}
