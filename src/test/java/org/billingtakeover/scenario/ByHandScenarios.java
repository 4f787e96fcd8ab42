package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@ScenarioTest
@DisplayName("What a firm changes by hand")
class ByHandScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    private static final String CHANGE = "UserTask_ChangeByHand";
    private static final String LOOK = "UserTask_LookForProof";
    private static final String TAKE_BACK = "UserTask_TakeBackByHand";
    private static final String PROBLEM = "UserTask_ResolveProblem";

    @Autowired
    MakeByHand byHand;

    @Autowired
    Withdraw withdraw;

    @Autowired
    Doubts doubts;

    private AccountLine line;

    @BeforeEach
    void given() {
        firm = world.firmThatChangesByHand(Language.EN);
        line = AccountLine.split();
    }

    @Test
    @DisplayName("S70 is switched, with the proof, once a list as of the billing date or later says so")
    void shownByAList() {
        String key = confirmed();
        assertThat(world.happened(key)).contains("FIRM_TO_CHANGE_BY_HAND").doesNotContain("CHANGE_BOOKED");
        assertThat(world.lastTo(firm.email()))
                .contains("in your accountant product", "until March 14, 2026 at 12:00 a.m. the client’s local time");
        assertThat(world.shownBy(key, CHANGE, "change"))
                .containsEntry("newPayer", "the firm")
                .containsEntry("billingDate", "March 15, 2026");

        says(key, "made");
        world.timePassesTo(BILLING_DATE.plusDays(1));
        assertThat(world.account(key).time().payer()).as("the word of the firm").isEqualTo(Payer.CLIENT);
        assertThat(world.happened(key)).contains("CHANGE_MADE_BY_HAND").doesNotContain("SWITCHED");

        world.imports(firm, line.with("Time payer", "Firm"));
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.FIRM);
        assertThat(world.happened(key)).containsSubsequence("CHANGE_PROVED", "SWITCHED");
        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.CONFIRMED);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.mailKindsOf(key)).contains("SWITCHED to FIRM", "SWITCHED to CLIENT");
        assertThat(world.openTasks(key)).isEmpty();
    }

    @Test
    @DisplayName("S70 of option 2 is QuickBooks Online, which the client pays from its own billing date on")
    void onlineShownByAList() {
        Account account = world.imports(firm, line);
        String key = world.confirmedOnline(account);
        LocalDate date = world.takeover(key).billingDate();
        says(key, "made");
        world.timePassesTo(date);

        world.imports(firm, line.with("QBO payer", "Client"));
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_ONLINE, date)).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S70 is shown by a list also where nobody said that the change was made; the task ends by itself")
    void shownUnsaid() {
        line.billedOn(3);
        String key = confirmed();
        LocalDate date = world.takeover(key).billingDate();
        says(key, "made");
        world.timePassesTo(date.plusDays(11));
        assertThat(world.openTasks(key)).containsExactly(LOOK);

        world.imports(firm, line.with("Time payer", "Firm"));
        world.runDue();

        assertThat(world.openTasks(key)).isEmpty();
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "S70 a list as of an earlier day proves nothing, whenever it is imported: billing operations are asked")
    void olderList() {
        String key = confirmed();
        says(key, "made");
        world.timePassesTo(BILLING_DATE.plusDays(1));

        world.imports(firm, line.with("Time payer", "Firm"), BILLING_DATE.minusDays(1));
        world.runDue();

        assertThat(world.happened(key)).doesNotContain("CHANGE_PROVED", "SWITCHED");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(doubts.holds(world.takeover(key).clientId())).isTrue();
    }

    @Test
    @DisplayName("S70 a list that still names the payer before leaves the change to be shown")
    void listSaysOtherwise() {
        String key = confirmed();
        says(key, "made");
        world.timePassesTo(BILLING_DATE.plusDays(1));

        world.imports(firm, line);
        world.runDue();

        assertThat(world.happened(key)).doesNotContain("CHANGE_PROVED", "SWITCHED");
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName(
            "S71 not made in time: the firm was reminded, then billing operations; not switched, and tried for the next date")
    void notMade() {
        String key = confirmed();
        world.timePassesTo(BILLING_DATE.minusDays(2));
        assertThat(String.join("\n", world.textsTo(firm.email())))
                .as("whoever has to act is not told that there is nothing to do")
                .doesNotContain("nothing you need to do");
        world.timePassesTo(BILLING_DATE);

        assertThat(world.mailKindsOf(key).stream().filter("CHANGE_BY_HAND to FIRM"::equals))
                .as("asked, and reminded every four days until the day before")
                .hasSize(3);
        assertThat(world.openTasks(key)).containsExactly(PROBLEM);
        assertThat(world.shownBy(key, PROBLEM, "problem").toString()).contains("has not said in time that it did");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);

        world.completes("olivia", key, PROBLEM, Map.of("resolution", "retry"));
        world.runDue();
        assertThat(world.takeover(key).billingDate()).isEqualTo(BILLING_DATE.plusMonths(1));
        assertThat(world.openTasks(key)).containsExactly(CHANGE);
    }

    @Test
    @DisplayName("S71 not shown by the last day: the firm was reminded, then billing operations; not switched")
    void notShown() {
        String key = confirmed();
        says(key, "made");
        world.timePassesTo(BILLING_DATE.plusDays(10));
        assertThat(world.mailKindsOf(key).stream().filter("PROVE_CHANGE to FIRM"::equals))
                .hasSize(2);
        assertThat(world.lastTo(firm.email())).contains("By March 25, 2026", "Nothing shows it yet");

        world.timePassesTo(BILLING_DATE.plusDays(11));
        assertThat(world.openTasks(key)).containsExactly(LOOK);
        finds(key, "waitOn");
        world.runDue();
        assertThat(world.lastTo(firm.email())).contains("By April 5, 2026");
        assertThat(world.openTasks(key)).isEmpty();

        world.timePassesTo(LocalDate.of(2026, 4, 6));
        finds(key, "notChanged");
        world.runDue();

        assertThat(world.openTasks(key)).containsExactly(PROBLEM);
        assertThat(world.happened(key)).contains("SWITCH_REJECTED").doesNotContain("SWITCHED");
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName(
            "S70 a bill shows the change once a person has compared it, and none that came before the billing date")
    void shownByABill() {
        String key = confirmed();
        says(key, "made");
        world.timePassesTo(BILLING_DATE.minusDays(1));
        sendsIn(key, "too early.pdf");
        assertThatThrownBy(() -> finds(key, "shown")).hasMessageContaining("sent in before March 15, 2026");
        world.completesTaken("olivia", key, LOOK, Map.of("proof", "waitOn"));
        world.runDue();
        assertThat(world.lastTo(firm.email())).contains("The bill that was sent in does not show it");

        world.timePassesTo(BILLING_DATE);
        sendsIn(key, "march.pdf");
        assertThat(world.shownBy(key, LOOK, "change").toString()).contains("march.pdf");
        finds(key, "shown");
        world.runDue();

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.happened(key)).containsSubsequence("CHANGE_PROVED", "SWITCHED");
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S71 no bill, no proof: a person cannot say that one shows the change")
    void noBill() {
        String key = confirmed();
        says(key, "made");
        world.timePassesTo(BILLING_DATE.plusDays(11));

        assertThatThrownBy(() -> finds(key, "shown")).hasMessageContaining("No bill was sent in");
    }

    @Test
    @DisplayName("S66 what the platform answers to the accountant is told to whoever mends it, and mended it is made")
    void notPossible() {
        String key = confirmed();
        world.claims("alice", key, CHANGE);
        assertThatThrownBy(() -> world.completesTaken("alice", key, CHANGE, Map.of("changeMade", "notPossible")))
                .hasMessageContaining("what the product says");
        world.completesTaken("alice", key, CHANGE, Map.of("changeMade", "notPossible", "whyNot", "CLIENT_PAST_DUE"));
        world.runDue();
        assertThat(world.happened(key)).contains("SWITCH_REJECTED");
        assertThat(world.mailKindsOf(key)).contains("NOT_CHANGED to FIRM", "NOT_CHANGED to CLIENT");

        world.timePassesTo(TODAY.plusDays(2));
        says(key, "made");
        world.timePassesTo(BILLING_DATE);
        world.imports(firm, line.with("Time payer", "Firm"));
        world.runDue();
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @ParameterizedTest
    @EnumSource(Payer.class)
    @DisplayName("S61 withdrawn before the firm has made it, the task is gone and nothing is left to do")
    void withdrawnUnmade(Payer party) {
        String key = confirmed();

        withdraws(party, key);
        world.runDue();

        assertThat(world.openTasks(key)).doesNotContain(CHANGE, TAKE_BACK);
        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.WITHDRAWN);
        assertThat(world.happened(key)).contains("BOOKING_WITHDRAWN");
    }

    @Test
    @DisplayName("S61 withdrawn after the firm has made it, the firm takes it back there")
    void withdrawnMade() {
        String key = confirmed();
        says(key, "made");

        withdraws(Payer.FIRM, key);
        world.runDue();
        assertThat(world.openTasks(key)).contains(TAKE_BACK);
        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.BOOKED);
        world.completes("alice", key, TAKE_BACK, Map.of());
        world.runDue();

        assertThat(world.newestBooking(key).progress()).isEqualTo(Booking.Progress.WITHDRAWN);
        assertThat(world.happened(key)).contains("CHANGE_TAKEN_BACK_BY_HAND", "BOOKING_WITHDRAWN");
    }

    private String confirmed() {
        return world.confirmed(world.imports(firm, line));
    }

    private void says(String key, String answer) {
        world.completes("alice", key, CHANGE, Map.of("changeMade", answer));
        world.runDue();
    }

    private void finds(String key, String finding) {
        world.completes("olivia", key, LOOK, Map.of("proof", finding));
    }

    private void sendsIn(String key, String name) {
        byHand.sendIn(new TakeoverKey(key), name, "%PDF-1.7".getBytes(StandardCharsets.US_ASCII), "alice");
        world.runDue();
    }

    private void withdraws(Payer party, String key) {
        if (party == Payer.CLIENT) {
            withdraw.byClient(new TakeoverKey(key));
        } else {
            withdraw.byFirm(new TakeoverKey(key), "alice");
        }
    }
}
