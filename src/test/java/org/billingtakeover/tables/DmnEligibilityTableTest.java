package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.EligibilityFacts;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Moment;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmnEligibilityTableTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    /** A client whom nothing stands against: its next payment, on the 20th, is 18 days away. */
    private static final EligibilityFacts ELIGIBLE = facts(Way.FIRM_TAKES_TIME, Moment.OPENING);

    private final DmnEligibilityTable table = new DmnEligibilityTable(TablesInEngine.shared().tables);

    @Test
    void aSplitClientInGoodStandingIsEligible() {
        assertThat(table.reasonsAgainst(ELIGIBLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openTakeover, true, TAKEOVER_OPEN",
        "primaryAdminDisputed, true, PRIMARY_ADMIN_DISPUTED",
        "primaryAdminOfFirm, true, PRIMARY_ADMIN_OF_FIRM",
        "inDoubt, PAYER, PAYER_IN_DOUBT",
        "inDoubt, SPELLING, COMPANY_IN_DOUBT",
        "inDoubt, NOT_LISTED, NOT_LISTED",
        "arrangement, FIRM_PAYS_ALL, NOT_SPLIT",
        "arrangement, CLIENT_PAYS_ALL, NOT_SPLIT",
        "includedInPayroll, true, IN_PAYROLL_PLAN",
        "onlineStatus, CANCELLED, ONLINE_CANCELLED",
        "timeStatus, CANCELLED, TIME_CANCELLED",
        "onlineThroughWholesale, false, ONLINE_NOT_WHOLESALE",
        "paymentMethodOnFile, false, NO_PAYMENT_METHOD",
        "sameBillingRegion, false, OTHER_REGION",
        "onlineStatus, PAST_DUE, ONLINE_PAST_DUE",
        "onlineStatus, SUSPENDED, ONLINE_SUSPENDED",
        "timeStatus, PAST_DUE, TIME_PAST_DUE",
        "timeStatus, SUSPENDED, TIME_SUSPENDED",
        "firmBillDateToday, true, FIRM_BILL_DATE_TODAY",
    })
    void oneThingThatStandsInTheWayGivesItsOneReason(String column, String value, String reason) {
        assertThat(reasons(Map.of(column, typed(value))))
                .extracting(Ineligibility::reason)
                .containsExactly(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CONSENT      | paymentMethodOnFile    | false     |
            SCHEDULING   | paymentMethodOnFile    | false     |
            BILLING_DATE | paymentMethodOnFile    | false     |
            BILLING_DATE | firmBillDateToday      | true      |
            CONSENT      | timeStatus             | PAST_DUE  |
            BILLING_DATE | timeStatus             | PAST_DUE  | TIME_PAST_DUE
            BILLING_DATE | onlineStatus           | SUSPENDED | ONLINE_SUSPENDED
            CONSENT      | includedInPayroll      | true      | IN_PAYROLL_PLAN
            SCHEDULING   | includedInPayroll      | true      | IN_PAYROLL_PLAN
            BILLING_DATE | includedInPayroll      | true      | IN_PAYROLL_PLAN
            CONSENT      | sameBillingRegion      | false     | OTHER_REGION
            BILLING_DATE | sameBillingRegion      | false     | OTHER_REGION
            BILLING_DATE | onlineThroughWholesale | false     | ONLINE_NOT_WHOLESALE
            BILLING_DATE | arrangement            | FIRM_PAYS_ALL | NOT_SPLIT
            """)
    @DisplayName("S104 a row counts at the moments that it names")
    void moments(Moment moment, String column, String value, @Nullable String reason) {
        assertThat(reasons(facts(Way.FIRM_TAKES_TIME, moment), Map.of(column, typed(value))))
                .extracting(Ineligibility::reason)
                .containsExactlyElementsOf(reason == null ? List.of() : List.of(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OPENING      | onlineThroughWholesale | false         |
            OPENING      | sameBillingRegion      | false         |
            OPENING      | firmBillDateToday      | true          |
            OPENING      | paymentMethodOnFile    | false         |
            OPENING      | onlineStatus           | PAST_DUE      |
            OPENING      | includedInPayroll      | true          | IN_PAYROLL_PLAN
            OPENING      | arrangement            | FIRM_PAYS_ALL | NOT_SPLIT
            CONSENT      | includedInPayroll      | true          | IN_PAYROLL_PLAN
            SCHEDULING   | timeStatus             | CANCELLED     | TIME_CANCELLED
            BILLING_DATE | onlineStatus           | PAST_DUE      | ONLINE_PAST_DUE
            BILLING_DATE | timeStatus             | SUSPENDED     | TIME_SUSPENDED
            BILLING_DATE | sameBillingRegion      | false         |
            """)
    @DisplayName(
            "S104 the client's own way has a table of its own: what refuses the firm's (S3, S39, S49) need not refuse it")
    void clientsOwnWay(Moment moment, String column, String value, @Nullable String reason) {
        assertThat(reasons(facts(Way.CLIENT_TAKES_ONLINE, moment), Map.of(column, typed(value))))
                .extracting(Ineligibility::reason)
                .containsExactlyElementsOf(reason == null ? List.of() : List.of(reason));
    }

    @Test
    @DisplayName(
            "S104 an annual plan is asked about its renewal day's own payment on that day, and about the next one before")
    void renewalDay() {
        Account annual = annual(TODAY);
        assertThat(table.reasonsAgainst(new EligibilityFacts(
                        annual,
                        Way.FIRM_TAKES_TIME,
                        Moment.BILLING_DATE,
                        TODAY,
                        false,
                        false,
                        false,
                        Optional.empty())))
                .isEmpty();
        assertThat(table.reasonsAgainst(new EligibilityFacts(
                        annual, Way.FIRM_TAKES_TIME, Moment.SCHEDULING, TODAY, false, false, false, Optional.empty())))
                .extracting(Ineligibility::reason)
                .containsExactly("ANNUAL_TOO_EARLY");
        assertThat(table.reasonsAgainst(new EligibilityFacts(
                        annual,
                        Way.FIRM_TAKES_TIME,
                        Moment.BILLING_DATE,
                        TODAY.plusDays(1),
                        false,
                        false,
                        false,
                        Optional.empty())))
                .extracting(Ineligibility::reason)
                .containsExactly("ANNUAL_TOO_EARLY");
    }

    @Test
    @DisplayName("S2 whoever already has one payer hears that alone, whatever else there may be")
    void onePayer() {
        assertThat(reasons(Map.of(
                        "arrangement", "FIRM_PAYS_ALL",
                        "timeStatus", "PAST_DUE",
                        "includedInPayroll", true,
                        "paymentMethodOnFile", false,
                        "firmBillDateToday", true)))
                .containsExactly(new Ineligibility("NOT_SPLIT", null));
    }

    @Test
    @DisplayName("S40 Time included in a payroll plan leaves nothing to take over, and that is the only reason told")
    void payrollPlan() {
        assertThat(reasons(Map.of("includedInPayroll", true, "onlineStatus", "SUSPENDED", "sameBillingRegion", false)))
                .containsExactly(new Ineligibility("IN_PAYROLL_PLAN", null));
    }

    @Test
    @DisplayName("S49 on the firm's own bill date a take-over is possible from tomorrow")
    void billDate() {
        assertThat(reasons(Map.of("firmBillDateToday", true)))
                .containsExactly(new Ineligibility("FIRM_BILL_DATE_TODAY", TODAY.plusDays(1)));
    }

    @Test
    @DisplayName("S49 a next payment is near enough 33 days before it, and the day before that is told the date")
    void nextPayment() {
        assertThat(reasons(payment(false, 33))).isEmpty();
        assertThat(reasons(payment(false, 34)))
                .containsExactly(new Ineligibility("NEXT_PAYMENT_TOO_FAR", TODAY.plusDays(1)));
    }

    @Test
    @DisplayName("S38 an annual plan can move 30 days before its renewal, and earlier hears that reason alone")
    void annualPlan() {
        assertThat(reasons(payment(true, 30))).isEmpty();
        assertThat(reasons(payment(true, 31)))
                .containsExactly(new Ineligibility("ANNUAL_TOO_EARLY", TODAY.plusDays(1)));
        assertThat(reasons(payment(true, 300)))
                .containsExactly(new Ineligibility("ANNUAL_TOO_EARLY", TODAY.plusDays(270)));
    }

    @Test
    void allThatCanBeMendedIsToldTogether() {
        assertThat(reasons(Map.of(
                        "paymentMethodOnFile",
                        false,
                        "onlineStatus",
                        "PAST_DUE",
                        "timeStatus",
                        "SUSPENDED",
                        "firmBillDateToday",
                        true)))
                .extracting(Ineligibility::reason)
                .containsExactly("NO_PAYMENT_METHOD", "ONLINE_PAST_DUE", "TIME_SUSPENDED", "FIRM_BILL_DATE_TODAY");
    }

    @Test
    void whoeverCannotMoveHearsWhyAndWhoeverHearsNothingCanMove() {
        Set<Map<String, Object>> seen = new HashSet<>();
        for (String arrangement : List.of("SPLIT", "FIRM_PAYS_ALL")) {
            for (String status : List.of("ACTIVE", "PAST_DUE", "SUSPENDED", "CANCELLED")) {
                for (int bits : IntStream.range(0, 64).toArray()) {
                    Map<String, Object> differing = new TreeMap<>(Map.of(
                            "arrangement",
                            arrangement,
                            "timeStatus",
                            status,
                            "openTakeover",
                            (bits & 1) != 0,
                            "includedInPayroll",
                            (bits & 2) != 0,
                            "onlineThroughWholesale",
                            (bits & 4) == 0,
                            "paymentMethodOnFile",
                            (bits & 8) == 0,
                            "sameBillingRegion",
                            (bits & 16) == 0,
                            "firmBillDateToday",
                            (bits & 32) != 0));
                    boolean fine = arrangement.equals("SPLIT") && status.equals("ACTIVE") && bits == 0;
                    assertThat(reasons(differing).isEmpty()).as("%s", differing).isEqualTo(fine);
                    seen.add(differing);
                }
            }
        }
        assertThat(seen).hasSize(512);
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeover-eligibility", "client-takeover-eligibility"})
    void theTableAsksForNothingThatTheFactsDoNotAnswer(String file) {
        var model = Dmn.readModelFromStream(
                new ByteArrayInputStream(TablesInEngine.text(file).getBytes(StandardCharsets.UTF_8)));
        List<String> asked = new ArrayList<>(model.getModelElementsByType(Input.class).stream()
                .map(input -> input.getInputExpression().getText().getTextContent())
                .collect(Collectors.toList()));
        asked.add("nextPayment");
        assertThat(asked).containsExactlyInAnyOrderElementsOf(ELIGIBLE.columns().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeover-eligibility", "client-takeover-eligibility"})
    @DisplayName("owners read words: no cell that is asked for holds a code, true or false")
    void words(String file) {
        var model = Dmn.readModelFromStream(
                new ByteArrayInputStream(TablesInEngine.text(file).getBytes(StandardCharsets.UTF_8)));
        assertThat(model.getModelElementsByType(InputEntry.class))
                .extracting(cell -> cell.getText().getTextContent())
                .noneMatch(cell -> cell.matches(".*(true|false|[A-Z_]{3,}).*"));
    }

    private static Account annual(LocalDate renewal) {
        Account monthly = SampleAccounts.split(SampleAccounts.firm("F1"), "C1");
        return like(monthly, "time", like(monthly.time(), "cycle", BillingCycle.ANNUAL, "renewalDate", renewal));
    }

    private List<Ineligibility> reasons(Map<String, Object> differing) {
        return reasons(ELIGIBLE, differing);
    }

    private List<Ineligibility> reasons(EligibilityFacts facts, Map<String, Object> differing) {
        Map<String, Object> columns = facts.columns();
        columns.putAll(differing);
        return TablesInEngine.shared()
                .tables
                .rows(DmnEligibilityTable.tableOf(facts.way()), DmnEligibilityTable.inWords(columns))
                .stream()
                .map(DmnEligibilityTable::reason)
                .toList();
    }

    private static EligibilityFacts facts(Way way, Moment moment) {
        return new EligibilityFacts(
                SampleAccounts.split(SampleAccounts.firm("F1"), "C1"),
                way,
                moment,
                TODAY,
                false,
                false,
                false,
                Optional.empty());
    }

    private static Map<String, Object> payment(boolean annual, int days) {
        return Map.of(
                "annualPlan",
                annual,
                "daysToNextPayment",
                days,
                "nextPayment",
                TODAY.plusDays(days).toString());
    }

    private static Object typed(String value) {
        return value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
    }
}
