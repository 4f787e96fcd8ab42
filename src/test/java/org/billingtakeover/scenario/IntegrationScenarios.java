package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ScenarioTest
@DisplayName("An integration that the platform is to stop or to restart")
class IntegrationScenarios extends Story {

    private static final LocalDate STOP_DATE = LocalDate.of(2026, 4, 1);

    private static final String SET = "UserTask_SetIntegration";
    private static final String SEE_TO = "UserTask_SeeToIntegration";

    @Autowired
    IntegrationOrders orders;

    @Autowired
    Reconsider reconsider;

    private AccountLine line;

    @BeforeEach
    void given() {
        line = AccountLine.split().stoppingOn(STOP_DATE);
    }

    @AfterEach
    void comesBack() {
        world.platform.isDown(false);
        world.platform.losesAnswers(0);
    }

    @Test
    @DisplayName("S17 is stopped once the platform says so, and nobody is told before: the case waits for it")
    void confirmedLater() {
        String key = stopping();
        world.platform.isDown(true);
        world.timePassesTo(STOP_DATE);

        assertThat(world.happened(key)).contains("STOP_ORDERED").doesNotContain("INTEGRATION_STOPPED");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.mailKindsOf(key)).doesNotContain("INTEGRATION_STOPPED to FIRM");

        world.platform.isDown(false);
        world.timePassesTo(STOP_DATE.plusDays(1));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(world.happened(key))
                .containsSubsequence("STOP_ORDERED", "INTEGRATION_STOPPED", "CLOSED")
                .doesNotContain("STEP_REFUSED");
        assertThat(integration(key)).isEqualTo(new Integration(IntegrationStatus.STOPPED, STOP_DATE));
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName("S62 is stopped once where the platform's answer was lost: what it did is read")
    void answerLost() {
        String key = stopping();
        world.platform.losesAnswers(1);
        world.timePassesTo(STOP_DATE.atTime(0, 1).atZone(World.TORONTO).toInstant());
        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.ACTIVE);

        world.timePassesTo(STOP_DATE.plusDays(1));

        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(world.happened(key)).containsOnlyOnce("STOP_ORDERED", "INTEGRATION_STOPPED");
        assertThat(ordersOf(key)).hasSize(1);
    }

    @Test
    @DisplayName("S17 of a client without a case is told once it is confirmed, too")
    void withoutCase() {
        world.watchesDaily();
        Account account = world.imports(firm, line);
        String about = "STOP-" + account.client().id();
        world.platform.isDown(true);
        world.timePassesTo(STOP_DATE.plusDays(1));
        assertThat(world.mailKindsOf(about)).endsWith("STOP_COMES to FIRM", "STOP_COMES to CLIENT");

        world.platform.isDown(false);
        world.timePassesTo(STOP_DATE.plusDays(2));

        assertThat(world.integration(account)).isEqualTo(new Integration(IntegrationStatus.STOPPED, STOP_DATE));
        assertThat(world.mailKindsOf(about)).endsWith("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
    }

    @Test
    @DisplayName("S17 goes on where something is agreed before the platform has heard of the stop: it is withdrawn")
    void agreedWhileOrdered() {
        String key = stopping();
        world.platform.isDown(true);
        world.timePassesTo(STOP_DATE);

        reconsider.byFirm(new TakeoverKey(key), "alice");
        world.runDue();
        world.firmTakesOver(key);
        world.clientAnswers(key, true);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        world.platform.isDown(false);
        world.timePassesTo(STOP_DATE.plusDays(2));

        assertThat(world.happened(key))
                .containsSubsequence("STOP_ORDERED", "CHANGE_SCHEDULED", "STOP_WITHDRAWN")
                .doesNotContain("INTEGRATION_STOPPED");
        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.ACTIVE);
        world.timePassesTo(LocalDate.of(2026, 4, 16));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(ordersOf(key))
                .extracting(IntegrationOrder::progress)
                .containsExactly(IntegrationOrder.Progress.WITHDRAWN);
        assertThat(world.mailKindsOf(key))
                .doesNotContain("INTEGRATION_STOPPED to FIRM", "INTEGRATION_RESTARTED to FIRM");
    }

    @Test
    @DisplayName("S17 is restarted at once where it was stopped though one payer was listed before anybody knew")
    void stoppedThoughWithdrawn() {
        String key = stopping();
        world.platform.losesAnswers(1);
        world.timePassesTo(STOP_DATE.atTime(0, 1).atZone(World.TORONTO).toInstant());

        world.imports(firm, line.with("Time payer", "Firm"));
        world.serverIsDownUntil(world.clock.instant().plus(Duration.ofMinutes(6)));
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.NOTHING_TO_TAKE_OVER);
        assertThat(world.happened(key))
                .containsSubsequence("STOP_ORDERED", "INTEGRATION_STOPPED", "RESTART_ORDERED", "INTEGRATION_RESTARTED");
        assertThat(integration(key)).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        world.timePassesTo(STOP_DATE.plusDays(1));
        assertThat(world.mailKindsOf(key))
                .doesNotContain("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT")
                .containsOnlyOnce("INTEGRATION_RESTARTED to FIRM", "INTEGRATION_RESTARTED to CLIENT");
    }

    @Test
    @DisplayName(
            "S17 runs again after a later take-over once the platform says so; until then, that is what both are told")
    void restarted() {
        world.watchesDaily();
        Account account = world.imports(firm, line);
        world.timePassesTo(STOP_DATE.plusDays(1));
        String key = world.confirmed(world.accounts.account(account.client().id()));
        LocalDate date = world.takeover(key).billingDate();
        world.timePassesTo(date.minusDays(1));
        // The bills are made, and the restart meets a platform that answers no more.
        world.serverIsDownUntil(date.atTime(3, 0).atZone(World.TORONTO).toInstant());
        world.bookChanges.run();
        world.platform.isDown(true);
        world.timePassesTo(date.plusDays(1));

        assertThat(world.account(key).time().payer()).isEqualTo(Payer.FIRM);
        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.STOPPED);
        List.of(firm.email(), line.email())
                .forEach(email -> assertThat(
                                world.textsTo(email).get(world.textsTo(email).size() - 1))
                        .contains("is to be turned on again")
                        .doesNotContain("is active"));
        assertThat(world.mailKindsOf(key)).doesNotContain("INTEGRATION_RESTARTED to FIRM");

        world.platform.isDown(false);
        world.timePassesTo(date.plusDays(2));

        assertThat(world.happened(key)).containsSubsequence("SWITCHED", "RESTART_ORDERED", "INTEGRATION_RESTARTED");
        assertThat(integration(key)).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("INTEGRATION_RESTARTED to FIRM", "INTEGRATION_RESTARTED to CLIENT");
    }

    @Test
    @DisplayName("S17 that never stopped is not restarted: the switch says that it is active")
    void nothingToRestart() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.timePassesTo(TODAY.plusDays(20));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(ordersOf(key)).isEmpty();
        assertThat(String.join("\n", world.textsTo(firm.email()))).contains("is active");
    }

    @Test
    @DisplayName("S70 is turned off by a firm that changes by hand: asked, reminded, and told once its task is done")
    void turnedOffByHand() {
        firm = world.firmThatChangesByHand(Language.EN);
        String key = stopping();
        world.timePassesTo(STOP_DATE);
        assertThat(world.openTasks(key)).containsExactly(SET);
        assertThat(world.lastTo(firm.email()))
                .contains("please turn it off in your accountant product", "April 6, 2026");
        assertThat(world.shownBy(key, SET, "integration"))
                .containsEntry("status", "STOPPED")
                .containsEntry("asOf", "April 1, 2026");
        assertThat(integration(key).status()).isEqualTo(IntegrationStatus.ACTIVE);
        world.timePassesTo(STOP_DATE.plusDays(3));
        assertThat(mailsAbout(key)).as("asked, and reminded after two days").isEqualTo(2);

        world.completes("alice", key, SET, Map.of());
        world.runDue();

        assertThat(integration(key)).isEqualTo(new Integration(IntegrationStatus.STOPPED, STOP_DATE));
        assertThat(world.happened(key))
                .containsSubsequence("STOP_ORDERED", "INTEGRATION_TURNED_OFF", "INTEGRATION_STOPPED", "CLOSED");
        assertThat(world.events.of(new TakeoverKey(key)))
                .filteredOn(event -> event.what().equals("INTEGRATION_TURNED_OFF"))
                .extracting(CaseEvents.CaseEvent::actor)
                .containsExactly("alice");
        assertThat(world.openTasks(key)).isEmpty();
    }

    @Test
    @DisplayName("S71 that a firm does not turn off in time is seen to by billing operations, in both languages")
    void seenToByBillingOperations() throws IOException {
        firm = world.firmThatChangesByHand(Language.FR);
        String key = stopping();
        world.timePassesTo(STOP_DATE.plusDays(1));
        assertThat(world.lastTo(firm.email())).contains("désactivez-la dans votre produit comptable", "6 avril 2026");
        assertThat(world.formRead(Language.FR, key, SET)).contains("À faire dans votre produit comptable");
        assertThat(world.formRead(Language.EN, key, SET)).contains("What to do in your accountant product");

        world.timePassesTo(STOP_DATE.plusDays(7));
        assertThat(world.openTasks(key)).containsExactly(SEE_TO);
        assertThat(mailsAbout(key)).as("asked, and reminded twice").isEqualTo(3);
        world.completes("olivia", key, SEE_TO, Map.of());
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
    }

    @Test
    @DisplayName("S70 turned off by hand is shown by a list as of that day or later too, and the task ends by itself")
    void shownByList() {
        firm = world.firmThatChangesByHand(Language.EN);
        String key = stopping();
        world.timePassesTo(STOP_DATE);
        world.imports(firm, line.with("Integration status", "stopped"), STOP_DATE.minusDays(1));
        world.runDue();
        assertThat(world.openTasks(key)).containsExactly(SET);

        world.imports(firm, line, STOP_DATE);
        world.runDue();

        assertThat(world.openTasks(key)).isEmpty();
        assertThat(world.happened(key))
                .containsSubsequence("INTEGRATION_SHOWN", "INTEGRATION_STOPPED")
                .doesNotContain("INTEGRATION_TURNED_OFF");
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
    }

    @Test
    @DisplayName("S70 is not to be turned off by hand any more where one payer is listed meanwhile")
    void withdrawnByHand() {
        firm = world.firmThatChangesByHand(Language.EN);
        String key = stopping();
        world.timePassesTo(STOP_DATE);

        world.imports(firm, line.with("Time payer", "Firm"));
        world.runDue();

        assertThat(world.openTasks(key)).isEmpty();
        assertThat(world.happened(key)).contains("STOP_WITHDRAWN").doesNotContain("INTEGRATION_STOPPED");
        assertThat(integration(key)).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
    }

    @Test
    @DisplayName(
            "S70 of a client without a case is turned off, and on again once a list shows one payer, by the firm's tasks")
    void withoutCaseByHand() {
        world.watchesDaily();
        firm = world.firmThatChangesByHand(Language.EN);
        Account account = world.imports(firm, line);
        String about = "STOP-" + account.client().id();
        world.timePassesTo(STOP_DATE);
        world.completes("alice", about, SET, Map.of());
        world.runDue();
        assertThat(world.integration(account).status()).isEqualTo(IntegrationStatus.STOPPED);

        world.imports(firm, line.with("Time payer", "Firm"));
        world.runDue();
        assertThat(world.shownBy(about, SET, "integration")).containsEntry("status", "ACTIVE");
        world.completes("alice", about, SET, Map.of());
        world.runDue();

        assertThat(world.integration(account)).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        world.timePassesTo(STOP_DATE.plusDays(1));
        assertThat(world.mailKindsOf(about))
                .containsSubsequence(
                        "INTEGRATION_BY_HAND to FIRM",
                        "INTEGRATION_STOPPED to CLIENT",
                        "INTEGRATION_RESTARTED to CLIENT");
    }

    private long mailsAbout(String key) {
        return world.mailKindsOf(key).stream()
                .filter("INTEGRATION_BY_HAND to FIRM"::equals)
                .count();
    }

    private String stopping() {
        String key = world.askedOnline(world.imports(firm, line));
        world.clientAnswers(key, false);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
        return key;
    }

    private Integration integration(String key) {
        return world.account(key).client().integration();
    }

    private List<IntegrationOrder> ordersOf(String key) {
        return orders.of(new ClientKey(world.takeover(key).clientId()));
    }
}
