package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.BillsCompared.Difference;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.billing.PlatformDesk.Mistake;
import org.billingtakeover.billing.ReadFirstBills;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** QuickBooks Time is billed on the 15th, QuickBooks Online would change on the 12th, the firm gets its one bill on the 20th. */
@ScenarioTest
@DisplayName("The first bills after a change")
class FirstBillsScenarios extends Story {

    private static final String COMPARE = "UserTask_CompareFirstBills";

    @Autowired
    BillsDue due;

    @Autowired
    ReadFirstBills read;

    @Autowired
    FirstBillsOfChanges firstBills;

    @Autowired
    PlatformDesk desk;

    @Autowired
    TaskService tasks;

    @BeforeEach
    void given() {
        world.platform.isDown(false);
        world.nobodyIsBilledBut(firm);
        due.make();
    }

    @Test
    @DisplayName("S67 as agreed: each day once, at the preferred price; the case has its proof and nobody is bothered")
    void asAgreed() {
        String key = switched();
        assertThat(of(key).finding()).isEqualTo(Finding.AWAITED);

        until(LocalDate.of(2026, 3, 20));

        assertThat(of(key).finding()).isEqualTo(Finding.AS_AGREED);
        assertThat(of(key).compared().orElseThrow().bills())
                .extracting(bill -> bill.party().payer(), Bill::day)
                .containsExactly(tuple(Payer.FIRM, LocalDate.of(2026, 3, 20)));
        assertThat(world.happened(key)).endsWith("FIRST_BILLS_COMPARED");
        assertThat(tasksOf(key)).isEmpty();
        assertThat(world.mailKindsOf(key)).doesNotContain("REFUNDED to FIRM", "REFUNDED to CLIENT");
    }

    @Test
    @DisplayName(
            "S67 a double month is a task with both bills, followed until the client has its money back, both told (S68)")
    void doubleMonth() {
        desk.billsWrongly(firm.id(), Mistake.STILL_BILLS_OLD_PAYER);
        String key = switched();
        until(LocalDate.of(2026, 3, 20));

        assertThat(differences(key)).containsExactly(Difference.BILLED_TWICE);
        assertThat(of(key).finding()).isEqualTo(Finding.DIFFERENT);
        Map<String, Object> shown = world.shownBy(key, COMPARE, "firstBills");
        assertThat(shown.get("firmBills").toString()).contains("March 20, 2026", "ProAdvisor preferred price");
        assertThat(shown.get("clientBills").toString()).contains("March 15, 2026", "List price");
        assertThat(shown.get("differences").toString()).contains("billed twice", "The client has paid $");

        assertThatThrownBy(() -> finds(key, Map.of())).hasMessageContaining("Choose what you have found");
        finds(key, Map.of("bills", "toBeCorrected"));
        desk.billsRightly(firm.id());
        until(LocalDate.of(2026, 4, 14));
        assertThat(of(key).finding()).isEqualTo(Finding.BEING_CORRECTED);
        assertThat(world.mailKindsOf(key)).doesNotContain("REFUNDED to CLIENT");

        until(LocalDate.of(2026, 4, 16));

        assertThat(of(key).finding()).isEqualTo(Finding.REFUNDED);
        assertThat(world.mailKindsOf(key)).contains("REFUNDED to FIRM", "REFUNDED to CLIENT");
        assertThat(String.join(
                        "\n", world.textsTo(world.account(key).client().admin().email())))
                .contains("You were given back " + refunded(key, Payer.CLIENT));
        assertThat(running(key)).isZero();
    }

    @Test
    @DisplayName("S67 a wrong price is put right while the task is open, which ends by itself")
    void wrongPrice() {
        desk.billsWrongly(firm.id(), Mistake.LIST_PRICE);
        String key = switched();
        until(LocalDate.of(2026, 3, 20));
        assertThat(differences(key)).containsExactly(Difference.WRONG_PRICE);
        assertThat(tasksOf(key)).containsExactly(COMPARE);

        desk.billsRightly(firm.id());
        until(LocalDate.of(2026, 4, 21));

        assertThat(of(key).finding()).isEqualTo(Finding.REFUNDED);
        assertThat(tasksOf(key)).isEmpty();
        assertThat(running(key)).isZero();
    }

    @Test
    @DisplayName("S67 wrong taxes are right as they are only with a reason, which is kept")
    void wrongTaxes() {
        desk.billsWrongly(firm.id(), Mistake.NO_TAXES);
        String key = switched();
        until(LocalDate.of(2026, 3, 20));
        assertThat(differences(key)).containsExactly(Difference.WRONG_TAXES);

        assertThatThrownBy(() -> finds(key, Map.of("bills", "right"))).hasMessageContaining("Say why");
        finds(key, Map.of("bills", "right", "explanation", "The firm is exempt since March."));

        assertThat(of(key).finding()).isEqualTo(Finding.EXPLAINED);
        assertThat(running(key)).isZero();
        until(LocalDate.of(2026, 4, 21));
        assertThat(of(key).finding()).as("read no more").isEqualTo(Finding.EXPLAINED);
    }

    @Test
    @DisplayName("S67 nobody is billed in time: billing operations look into it")
    void notBilled() {
        String key = switched();
        world.nobodyIsBilled();
        until(LocalDate.of(2026, 3, 26));
        assertThat(of(key).finding()).isEqualTo(Finding.AWAITED);

        until(LocalDate.of(2026, 3, 28));

        assertThat(differences(key)).containsExactly(Difference.NOT_BILLED);
        assertThat(tasksOf(key)).containsExactly(COMPARE);
    }

    @Test
    @DisplayName(
            "S68 what a firm has paid ahead is followed until it is given back, both told; too late, billing operations look into it")
    void refundOfOptionTwo() {
        AccountLine line = AccountLine.split();
        Account account = world.imports(firm, line);
        until(LocalDate.of(2026, 3, 21));
        desk.billsWrongly(firm.id(), Mistake.KEEPS_REFUNDS);
        String key = world.confirmedOnline(account);
        until(LocalDate.of(2026, 4, 20));

        assertThat(of(key).finding()).isEqualTo(Finding.REFUND_DUE);
        assertThat(differences(key)).isEmpty();
        assertThat(tasksOf(key)).isEmpty();
        until(LocalDate.of(2026, 6, 5));
        assertThat(tasksOf(key)).as("not in time").containsExactly(COMPARE);
        finds(key, Map.of("bills", "toBeCorrected"));

        desk.billsRightly(firm.id());
        until(LocalDate.of(2026, 6, 21));

        assertThat(of(key).finding()).isEqualTo(Finding.REFUNDED);
        assertThat(world.mailKindsOf(key)).contains("REFUNDED to FIRM", "REFUNDED to CLIENT");
        assertThat(String.join("\n", world.textsTo(firm.email())))
                .contains("Your firm was given back " + refunded(key, Payer.FIRM));
        assertThat(running(key)).isZero();
    }

    @Test
    @DisplayName("S67 are read once the platform answers again, and kept once")
    void platformDown() {
        String key = switched();
        world.platform.isDown(true);
        until(LocalDate.of(2026, 3, 21));
        assertThat(of(key).finding()).isEqualTo(Finding.AWAITED);
        world.platform.isDown(false);
        until(LocalDate.of(2026, 3, 22));
        until(LocalDate.of(2026, 3, 23));

        assertThat(of(key).finding()).isEqualTo(Finding.AS_AGREED);
        assertThat(world.happened(key)).containsOnlyOnce("FIRST_BILLS_COMPARED");
    }

    @Test
    @DisplayName("are not known where a firm changes by hand")
    void byHand() {
        Firm other = world.firmThatChangesByHand(Language.EN);
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(other, line));
        world.completes("alice", key, "UserTask_ChangeByHand", Map.of("changeMade", "made"));
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        world.imports(other, line.with("Time payer", "Firm"));
        world.runDue();

        assertThat(world.happened(key)).contains("SWITCHED");
        assertThat(firstBills.ofCase(new TakeoverKey(key))).isEmpty();
    }

    private String switched() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        until(LocalDate.of(2026, 3, 15));
        assertThat(world.happened(key)).contains("SWITCHED");
        return key;
    }

    private void until(LocalDate day) {
        world.timePassesTo(day);
        due.make();
        read.run();
        world.runDue();
    }

    private void finds(String key, Map<String, Object> finding) {
        world.completes("olivia", key, COMPARE, finding);
        world.runDue();
    }

    private FirstBills of(String key) {
        return firstBills.ofCase(new TakeoverKey(key)).orElseThrow();
    }

    private List<Difference> differences(String key) {
        return of(key).compared().stream()
                .flatMap(compared -> compared.differences().stream())
                .toList();
    }

    private String refunded(String key, Payer payer) {
        return of(key).compared().map(BillsCompared::refunded).stream()
                .flatMap(List::stream)
                .filter(refund -> refund.to() == payer)
                .map(refund -> "$" + refund.amount().amount())
                .findFirst()
                .orElseThrow();
    }

    private List<String> tasksOf(String key) {
        return tasks.createTaskQuery().processInstanceBusinessKey(key).list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    private long running(String key) {
        return world.engine
                .getRuntimeService()
                .createProcessInstanceQuery()
                .processDefinitionKey("first-bills")
                .processInstanceBusinessKey(key)
                .count();
    }
}
