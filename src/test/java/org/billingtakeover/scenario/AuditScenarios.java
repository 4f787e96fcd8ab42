package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.Verify;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What an auditor finds of a case that has ended. */
@ScenarioTest
@DisplayName("The trail of an ended case")
class AuditScenarios extends Story {

    @Autowired
    Seals seals;

    @Autowired
    StoredTrail trail;

    @Autowired
    ErasePersonalData erase;

    @Autowired
    Door door;

    private Account account;
    private String key;

    @BeforeEach
    void givenAnEndedCase() {
        account = world.imports(firm, AccountLine.split());
        world.earned(account, "12.34");
        key = world.confirmed(account);
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        assertThat(world.takeover(key).outcome()).isNotNull();
    }

    @Test
    @DisplayName("S51 says who did what and when, what was shown in which language, and on which versions")
    void endedCase() {
        String number = world.quote(key).number().text();

        assertThat(entry("OPENED")).contains("\"actor\":\"alice\"", "\"at\":\"2026-03-02T17:00:00Z\"");
        assertThat(entry("STEPS"))
                .contains(
                        "{\"how\":\"began\",\"instance\":\"",
                        "\"process\":\"billing-takeover\",\"state\":\"ACTIVE\",\"version\":");
        assertThat(entries())
                .anyMatch(entry -> entry.contains("\"how\":\"ended\"")
                        && entry.contains("\"process\":\"billing-takeover\",\"state\":\"COMPLETED\""));
        assertThat(entry("TABLES_ANSWERED"))
                .contains("\"table\":\"takeover-eligibility\"", "\"table\":\"price-list\",\"version\":");
        assertThat(entry("QUOTE_MADE"))
                .contains(
                        number,
                        "\"priceListVersion\":\"" + world.quote(key).priceListVersion(),
                        "\"before\":[",
                        "\"after\":[");
        assertThat(entry("FORM_SHOWN"))
                .contains("\"actor\":\"alice\"", "\"language\":\"EN\",\"step\":\"UserTask_ReviewNewCost\"");
        assertThat(entry("FIRM_TAKES_OVER")).contains("\"actor\":\"alice\"", number);
        assertThat(entry("CLIENT_ASKED")).contains(number, "\"language\":\"EN\"");
        assertThat(entry("CLIENT_CONFIRMED"))
                .contains("\"actor\":\"client\"", "\"confirmed\":true", "\"shownIn\":\"EN\"", "\"channel\":\"LINK\"");
        assertThat(entry("MAIL_SENT")).contains("\"language\":\"EN\"", "\"textDigest\":\"");
        assertThat(entry("SWITCHED")).contains("\"from\":\"CLIENT\",", "\"to\":\"FIRM\"", "2026-03-15");
        assertThat(entry("COMMISSION_PAID")).contains("12.34");
        assertThat(entry("STEPS")).contains("\"step\":\"StartEvent");
        assertThat(entry("CLOSED")).contains("FIRM_PAYS_ALL");
    }

    @Test
    @DisplayName(
            "S51 names each start and gateway that its path passed, which the engine's own history does not keep beside what was done and decided")
    void everyStep() {
        assertThat(List.of("StartEvent_BillingDateReached", "Gateway_StillRight", "Gateway_PayoutDue"))
                .allMatch(step -> world.passed(key, step));
        assertThat(world.history.createHistoricActivityInstanceQuery().list())
                .extracting(HistoricActivityInstance::getActivityType)
                .contains("userTask", "serviceTask", "intermediateTimer", "callActivity", "noneEndEvent")
                .doesNotContain("startEvent", "exclusiveGateway");
        assertThat(world.history.createHistoricDetailQuery().count()).isZero();
        assertThat(world.history.createHistoricVariableInstanceQuery().list())
                .extracting(HistoricVariableInstance::getName)
                .contains("decision", "agreement")
                .doesNotContain("outcome");
        assertThat(world.history.createHistoricJobLogQuery().successLog().count())
                .isZero();
    }

    @Test
    @DisplayName("S47 S51 tells in which languages a client in Québec was written to")
    void languagesOfMails() {
        AccountLine line = AccountLine.split().with("Province", "QC");
        String english = world.asked(world.imports(world.firm(), line));
        String french = world.asked(world.imports(
                world.firm(), AccountLine.split().with("Province", "QC").with("Language", "French")));
        Visitor auditor = door.signedIn("auditor", null);

        assertThat(auditor.get("/audit/cases/" + english).body()).contains("French, then English");
        assertThat(auditor.get("/audit/cases/" + french).body()).doesNotContain("French, then English");
    }

    @Test
    @DisplayName("S53 still verifies after what it says of people was erased")
    void erased() {
        seals.seal();
        assertThat(said())
                .contains("Alex Admin", "192.0.2.7", account.client().admin().email());
        assertThat(entries()).noneMatch(entry -> entry.contains("Alex Admin") || entry.contains("@example.com"));

        erase.of(key, "olivia", "retention P7Y");

        assertThat(said()).isEmpty();
        assertThat(Verify.stored(trail, List.of(), progress -> {}).findings()).isEmpty();
        seals.seal();
        assertThat(Verify.stored(trail, List.of(), progress -> {}).isGood()).isTrue();
    }

    /** The first entry of a kind. */
    private String entry(String what) {
        return entries().stream()
                .filter(entry -> entry.endsWith("\"what\":\"" + what + "\"}"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(what));
    }

    private List<String> entries() {
        return world.jdbc
                .sql("select document from audit_entry where case_key = ? order by number")
                .param(key)
                .query(String.class)
                .list();
    }

    private List<String> said() {
        return world.jdbc
                .sql("select value from audit_personal where case_key = ?")
                .param(key)
                .query(String.class)
                .list();
    }
}
