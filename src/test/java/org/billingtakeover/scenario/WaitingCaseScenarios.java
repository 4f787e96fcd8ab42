package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** While a case waits, lists and tables change around it; each file is one that an office could send. */
@ScenarioTest
@DisplayName("While a case waits")
class WaitingCaseScenarios extends Story {

    /** Of QuickBooks Time; of QuickBooks Online it is the twelfth. */
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 10);

    private static final LocalDate ONLINE_IS_BILLED = LocalDate.of(2026, 3, 12);
    private static final ZoneId VANCOUVER = ZoneId.of("America/Vancouver");

    @Autowired
    Withdraw withdraw;

    // ---- what the eligibility table refuses

    @ParameterizedTest
    @CsvSource({
        "FL-PAY, payroll-while-scheduled, payroll plan",
        "FL-CTRY, country-while-scheduled, another billing region"
    })
    @DisplayName("S104 what the table refuses is refused on the date too, and billing operations has the reason")
    void refusedOnTheDate(String company, String list, String reason) {
        String key = world.confirmed(listed(company));

        world.importsCase(firm, list);
        world.runDue();
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        assertThat(shownProblem(key)).contains(reason);
        assertThat(world.mailKindsOf(key)).contains("PROBLEM to FIRM", "NOT_CHANGED to CLIENT");
        assertThat(world.textsTo(firm.email())).last().asString().contains(reason);
    }

    @Test
    @DisplayName("S104 a plan that becomes annual while scheduled is not moved to its far renewal day, nor by a retry")
    void annualWhileScheduled() {
        String key = world.confirmed(listed("FL-ANN"));

        world.importsCase(firm, "annual-while-scheduled");
        world.runDue();

        assertThat(world.takeover(key).billingDate()).isEqualTo(BILLING_DATE);
        assertThat(shownProblem(key)).contains("30 days before its renewal");
        retries(key);
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        world.timePassesTo(BILLING_DATE.plusMonths(2));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S104 an annual plan near its renewal switches on its renewal day")
    void annualNearItsRenewal() {
        LocalDate renewal = LocalDate.of(2026, 3, 25);
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));

        world.imports(firm, line.with("Time cycle", "Annual").with("Time renewal date", renewal.toString()));
        world.timePassesTo(renewal);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, renewal.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S104 a client billed on the firm's own bill day switches")
    void billedOnTheFirmsBillDay() {
        String key = world.confirmed(world.imports(firm, AccountLine.split().billedOn(firm.billDay())));

        world.timePassesTo(LocalDate.of(2026, 3, firm.billDay()));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "S104 a yes that the table is against by now schedules nothing, and the client's own way follows if its table allows it")
    void refusedAtConsent() {
        Account account = listed("FL-CTRY");
        String key = world.asked(account);
        world.importsCase(firm, "country-while-scheduled");
        world.runDue();

        world.clientAnswers(key, true);

        assertThat(world.happened(key)).contains("NOT_POSSIBLE").doesNotContain("CLIENT_CONFIRMED", "CHANGE_SCHEDULED");
        assertThat(world.mailKindsOf(key))
                .contains("NOT_POSSIBLE to FIRM", "NOT_POSSIBLE to CLIENT", "OPTION_TWO_OFFERED to CLIENT");
        assertThat(world.textsTo(firm.email()))
                .anyMatch(text -> text.contains("The client is in another billing region than the firm."));
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        world.clientAnswers(key, true);
        world.timePassesTo(ONLINE_IS_BILLED);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.CLIENT_PAYS_ALL);
    }

    @Test
    @DisplayName("S104 where the client's own way is refused as well, it is not asked, and bills stay separate")
    void neitherWay() {
        String key = world.asked(listed("FL-PAY"));
        world.importsCase(firm, "payroll-while-scheduled");
        world.runDue();

        world.clientAnswers(key, true);

        assertThat(world.happened(key)).contains("NOT_POSSIBLE", "NOT_OFFERED", "STOP_PLANNED");
        assertThat(world.mailKindsOf(key)).doesNotContain("OPTION_TWO_OFFERED to CLIENT");
        assertThat(world.passed(key, "Gateway_ClientOffered")).isTrue();
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.STOPPING);
    }

    @Test
    @DisplayName("S104 a yes by phone is refused as well, with the same consequences")
    void refusedByPhone() {
        String key = world.asked(listed("FL-CTRY"));
        world.importsCase(firm, "country-while-scheduled");
        world.runDue();
        Map<String, Object> form = world.yesByPhone(key);

        assertThatThrownBy(() -> world.completes("simon", key, "UserTask_RecordClientAnswer", form))
                .hasMessageContaining("no longer possible");
        world.runDue();

        assertThat(world.happened(key)).contains("NOT_POSSIBLE").doesNotContain("CLIENT_CONFIRMED");
        assertThat(world.takeover(key).way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
    }

    @Test
    @DisplayName("S104 asked is the table in force on that day, also for a case that began before it")
    void tableInForce() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));
        world.card(firm, false);
        try (World.Deployment table = world.deployed(
                "takeover-eligibility.dmn",
                eligibility -> eligibility.replace(
                        "<inputEntry id=\"NoPaymentMethod_moment\"><text>\"opening\"",
                        "<inputEntry id=\"NoPaymentMethod_moment\"><text>\"billing date\""))) {
            world.timePassesTo(LocalDate.of(2026, 3, 15));
        }

        assertThat(world.happened(key)).contains("CHECK_FAILED").doesNotContain("SWITCH_REJECTED");
        assertThat(shownProblem(key)).contains("no payment method on file");
    }

    // ---- cost that can no longer be told

    @ParameterizedTest
    @CsvSource({
        "FL-CUR, change-currency-while-scheduled, another currency",
        "FL-PLAN, change-plan-unknown-while-scheduled, no price",
        "FL-PLAN, plan-renamed-and-past-due, no price"
    })
    @DisplayName("S107 the line is kept, and what was agreed goes to billing operations with the reason")
    void lineIsKept(String company, String list, String reason) {
        for (BiFunction<World, Account, String> agreed : Stream.<BiFunction<World, Account, String>>of(
                        World::confirmed, World::confirmedOnline)
                .toList()) {
            firm = world.firm();
            Account before = listed(company);
            String key = agreed.apply(world, before);

            world.importsCase(firm, list);
            world.runDue();

            assertThat(world.account(key)).isNotEqualTo(before);
            assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
            assertThat(shownProblem(key)).contains(reason);
            world.timePassesTo(TODAY.plusMonths(2));
            assertThat(world.happened(key)).doesNotContain("SWITCHED");
            world.todayIs(TODAY);
        }
    }

    @Test
    @DisplayName("S107 past due on a line whose plan is unknown counts on the date, once the plan has a price")
    void pastDueCounts() {
        String key = world.confirmed(listed("FL-PLAN"));
        world.importsCase(firm, "plan-renamed-and-past-due");
        world.runDue();
        assertThat(world.account(key).time().status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        try (World.Deployment prices = world.deployed(
                "price-list.dmn", shipped -> shipped.replace("\"PREMIUM\"", "\"PREMIUM\",\"PREMIUM_PLUS_2027\""))) {
            world.timePassesTo(BILLING_DATE);
            retries(key);
            assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
            assertThat(shownProblem(key)).contains("past due");
        }
    }

    @Test
    @DisplayName("S107 a plan that has a price again before the date is switched on it")
    void mendedBeforeTheDate() {
        String key = world.confirmed(listed("FL-PLAN"));
        world.importsCase(firm, "change-plan-unknown-while-scheduled");
        world.runDue();
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);

        listed("FL-PLAN");
        retries(key);
        assertThat(world.takeover(key).state()).isInstanceOf(State.Scheduled.class);
        assertThat(world.mailKindsOf(key)).doesNotContain("DATE_MOVED to FIRM");
        world.timePassesTo(BILLING_DATE.minusDays(1));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
    }

    static Stream<Arguments> waiting() {
        return Stream.of(
                Arguments.of((BiFunction<World, Account, String>) World::opened, "under review"),
                Arguments.of((BiFunction<World, Account, String>) World::asked, "asking"),
                Arguments.of((BiFunction<World, Account, String>) World::askedOnline, "asking about option 2"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("waiting")
    @DisplayName(
            "S107 before an agreement, an unknown plan ends the question; billing operations has the reason until a list mends it")
    void unknownPlanBeforeAnAgreement(BiFunction<World, Account, String> waits, String where) {
        String key = waits.apply(world, listed("FL-PLAN"));
        // Of both products, so that each way meets it.
        world.importsCase(firm, "change-plan-unknown-while-scheduled");
        world.runDue();

        assertThat(world.happened(key)).contains("COST_CHANGED", "STEP_REFUSED");
        assertThat(world.shownBy(key, "UserTask_ResolveRefusedStep", "refusedStep")
                        .toString())
                .contains("no price for one of the client");
        assertThat(world.questions(key)).noneMatch(each -> each.status().name().equals("OPEN"));

        listed("FL-PLAN");
        world.runDue();
        assertThat(world.quote(key).number().text())
                .isEqualTo(world.takeover(key).quoteNumber());
        if (where.endsWith("2")) {
            world.clientAnswers(key, true);
        } else {
            world.firmTakesOver(key);
            world.clientAnswers(key, true);
        }
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.SCHEDULED);
    }

    @Test
    @DisplayName("S107 asked in one currency, listed in another: back to review, at the new currency's prices")
    void otherCurrencyWhileAsked() {
        String key = world.asked(listed("FL-CUR"));

        world.importsCase(firm, "change-currency-while-scheduled");
        world.runDue();

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.REVIEW);
        assertThat(world.quote(key).after(Payer.FIRM).currency().getCurrencyCode())
                .isEqualTo("USD");
        assertThat(world.mailKindsOf(key)).contains("COST_CHANGED to FIRM", "COST_CHANGED to CLIENT");
    }

    @Test
    @DisplayName("S107 a line is kept even where a table that cannot be read keeps its case from following it")
    void tableThatCannotBeRead() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        try (World.Deployment broken = world.deployed(
                "takeover-eligibility.dmn", shipped -> shipped.replace("<text>\"yes\"</text>", "<text>\"yes</text>"))) {
            world.imports(firm, line.billedOn(25));
            world.runDue();
        }

        assertThat(world.account(key).time().billingDay()).isEqualTo(25);
        assertThat(world.shownBy(key, "UserTask_ResolveRefusedStep", "refusedStep")
                        .toString())
                .contains("could not follow");
        world.imports(firm, line.billedOn(26));
        world.runDue();
        assertThat(world.takeover(key).billingDate()).isEqualTo(LocalDate.of(2026, 3, 26));
    }

    // ---- the client's time zone

    @Test
    @DisplayName("S103 a corrected time zone moves the hour of a change, and the client can withdraw until then")
    void timeZoneWhileScheduled() {
        String key = world.confirmed(listed("FL-TZ"));
        String withdrawn = world.confirmed(listed("FL-CUR"));
        Instant before = BILLING_DATE.atStartOfDay(World.TORONTO).toInstant();
        Instant now = BILLING_DATE.atStartOfDay(VANCOUVER).toInstant();
        assertThat(world.takeover(key).due()).isEqualTo(before);

        world.importsCase(firm, "change-zone-while-scheduled");
        world.importsCase(firm, "change-zone-while-scheduled", list -> list.replace("FL-TZ", "FL-CUR"));
        world.runDue();
        assertThat(world.takeover(key).due()).isEqualTo(now);
        assertThat(world.mailKindsOf(key)).doesNotContain("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT");

        world.timePassesTo(now.minusSeconds(60));
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
        withdraw.byClient(new TakeoverKey(withdrawn));
        world.timePassesTo(now.plus(Duration.ofHours(3)));

        assertThat(world.account(key).time().payer()).isEqualTo(Payer.FIRM);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, BILLING_DATE)).isEqualTo(Payer.FIRM);
        assertThat(world.account(withdrawn).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName(
            "S103 a corrected time zone moves the end of a question and its reminders, and nobody is reminded twice")
    void timeZoneWhileAsked() {
        String key = world.asked(listed("FL-TZ"));
        world.timePassesTo(TODAY.plusDays(4));
        LocalDate lastDay = world.openQuestion(key).lastDay();

        world.importsCase(firm, "change-zone-while-scheduled");
        world.runDue();

        Instant end = lastDay.plusDays(1).atStartOfDay(VANCOUVER).toInstant();
        assertThat(world.takeover(key).due()).isEqualTo(end);
        world.timePassesTo(end.minusSeconds(60));
        assertThat(world.takeover(key).state()).isInstanceOf(State.Asking.class);
        assertThat(world.mailKindsOf(key))
                .filteredOn("REMINDER to CLIENT"::equals)
                .hasSize(2);
        assertThat(world.mailKindsOf(key))
                .filteredOn("CONSENT_REQUEST to CLIENT"::equals)
                .hasSize(1);
        world.timePassesTo(end.plusSeconds(1));
        assertThat(world.happened(key)).contains("CLIENT_DID_NOT_ANSWER");
    }

    @Test
    @DisplayName("S103 a corrected time zone moves the instant at which the integration stops")
    void timeZoneWhileStopping() {
        String key = world.askedOnline(listed("FL-TZ"));
        world.clientAnswers(key, false);
        LocalDate stopDate = world.account(key).client().integration().stopDate();

        world.importsCase(firm, "change-zone-while-scheduled");
        world.runDue();

        Instant stop = stopDate.atStartOfDay(VANCOUVER).toInstant();
        assertThat(world.takeover(key).due()).isEqualTo(stop);
        world.timePassesTo(stop.minusSeconds(60));
        assertThat(world.happened(key)).doesNotContain("INTEGRATION_STOPPED");
        world.timePassesTo(stop.plusSeconds(1));
        assertThat(world.happened(key)).contains("INTEGRATION_STOPPED");
    }

    // ---- rejected on the billing date

    @Test
    @DisplayName(
            "S100 rejected on the date, mended seven weeks later and retried: the next billing date, both told, nothing is backdated")
    void mendedSevenWeeksLater() {
        Account account = listed("rt-base", "RT-1");
        String key = world.confirmed(account);
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE);
        assertThat(world.mailKindsOf(key)).contains("NOT_CHANGED to FIRM", "NOT_CHANGED to CLIENT");
        assertThat(world.textsTo(account.client().admin().email()))
                .last()
                .asString()
                .contains("and has not.", "April 10, 2026", "Nothing is backdated");
        LocalDate retried = BILLING_DATE.plusWeeks(7);
        LocalDate next = LocalDate.of(2026, 5, 10);
        world.timePassesTo(retried);
        world.card(firm, true);

        takes(key);
        assertThat(world.shownBy(key, "UserTask_ResolveProblem", "problem"))
                .as("shown before anybody presses")
                .containsEntry("ifRetried", "May 10, 2026");
        retries(key);

        assertThat(world.takeover(key).billingDate()).isEqualTo(next);
        assertThat(world.mailKindsOf(key)).contains("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT");
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, retried)).isEqualTo(Payer.CLIENT);
        world.timePassesTo(next);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, next.minusDays(1)))
                .isEqualTo(Payer.CLIENT);
        assertThat(world.payerOn(key, Product.QUICKBOOKS_TIME, next)).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S100 a retry counts only for the date that was shown when the task was taken")
    void retriedForADateThatHasPassed() {
        String key = world.confirmed(listed("rt-base", "RT-2"));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE.plusDays(10));
        takes(key);
        world.timePassesTo(BILLING_DATE.plusWeeks(7));
        world.card(firm, true);

        assertThatThrownBy(() -> completesTaken(key))
                .hasMessageContaining("April 10, 2026")
                .hasMessageContaining("May 10, 2026");

        givesBack(key);
        retries(key);
        assertThat(world.takeover(key).billingDate()).isEqualTo(LocalDate.of(2026, 5, 10));
    }

    @Test
    @DisplayName("S100 mended on the day after, it is put off to the next billing date by itself, and both are told")
    void mendedOnTheDayAfter() {
        String key = world.confirmed(listed("rt-base", "RT-3"));
        world.card(firm, false);
        world.timePassesTo(BILLING_DATE);
        world.card(firm, true);

        world.timePassesTo(BILLING_DATE.plusDays(2));

        assertThat(world.takeover(key).billingDate()).isEqualTo(BILLING_DATE.plusMonths(1));
        assertThat(world.mailKindsOf(key))
                .contains("DATE_MOVED to FIRM", "DATE_MOVED to CLIENT")
                .doesNotContain("PROBLEM to FIRM");
        world.timePassesTo(BILLING_DATE.plusMonths(1));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(world.payerOn(
                        key, Product.QUICKBOOKS_TIME, BILLING_DATE.plusMonths(1).minusDays(1)))
                .isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName("S100 a change that was put off follows what changes until its new date")
    void followsAfterItWasPutOff() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.card(firm, false);
        world.timePassesTo(LocalDate.of(2026, 3, 15));
        world.card(firm, true);
        world.timePassesTo(LocalDate.of(2026, 3, 17));

        world.imports(firm, line.billedOn(25));
        world.runDue();

        assertThat(world.takeover(key).billingDate()).isEqualTo(LocalDate.of(2026, 3, 25));
        world.timePassesTo(LocalDate.of(2026, 3, 25));
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    // ---- in one word each

    private Account listed(String company) {
        return listed("flow-base", company);
    }

    /** The line of this company alone, so that no story waits for the others. */
    private Account listed(String list, String company) {
        world.importsCase(
                firm,
                list,
                lines -> lines.lines()
                        .filter(line -> line.startsWith("Company ID") || line.contains(company))
                        .collect(Collectors.joining("\n", "", "\n")));
        return world.accountOf(firm, company);
    }

    private String shownProblem(String key) {
        return world.shownBy(key, "UserTask_ResolveProblem", "problem").toString();
    }

    private void takes(String key) {
        world.claims("olivia", key, "UserTask_ResolveProblem");
    }

    private void givesBack(String key) {
        world.tasks.setAssignee(world.task(key, "UserTask_ResolveProblem").getId(), null);
    }

    private void retries(String key) {
        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        world.runDue();
    }

    private void completesTaken(String key) {
        world.completesTaken("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry"));
    }
}
