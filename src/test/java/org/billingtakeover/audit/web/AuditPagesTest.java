package org.billingtakeover.audit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Withdraw;
import org.billingtakeover.trail.Seals;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The audit pages")
class AuditPagesTest {

    private static final String PASSWORD = "A long one, for tests only 7!";

    @Autowired
    IdentityService identities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Withdraw withdraw;

    @Autowired
    Seals seals;

    @Autowired
    Door door;

    private Account account;
    private String key;

    @BeforeEach
    void givenACase() {
        door.opens();
        account = door.client(door.firm("V"), "");
        key = door.opened(account, "alice-" + account.client().companyId());
    }

    @Test
    @DisplayName("find a case by key, client, firm, who took part and when, and not otherwise")
    void search() {
        Visitor auditor = door.signedIn("auditor", null);
        String number = account.client().companyId().text();
        for (String found : List.of(
                "text=" + key.toLowerCase(Locale.ROOT),
                "text=atelier+" + number,
                "firm=V" + number,
                "actor=alice-" + number,
                "text=" + number + "&from=2026-03-02&to=2026-03-02&outcome=OPEN")) {
            assertThat(auditor.get("/audit?" + found).body()).as(found).contains(key);
        }
        for (String other :
                List.of("to=2026-03-01", "from=2026-03-03", "outcome=DECLINED", "actor=nobody", "after=" + key)) {
            assertThat(auditor.get("/audit?text=" + number + "&" + other).body())
                    .as(other)
                    .contains("No case fits.");
        }
    }

    @Test
    @DisplayName("find a client's name without accents, ligatures, case and hyphens, by the beginnings of its words")
    void searchInPlainWords() {
        Visitor auditor = door.signedIn("auditor", null);
        transaction.executeWithoutResult(status -> jdbc.sql("update client set name = ? where id = ?")
                .params(
                        "Aux Vieux‑Fours des Sœurs Nguye\u0302\u0303n",
                        account.client().id())
                .update());
        for (String words : List.of("vieux+four", "soeurs", "NGUYEN", "s%C5%93urs+vieux-four", "nguy%E1%BB%85n")) {
            assertThat(auditor.get("/audit?firm=" + account.firm().id() + "&text=" + words)
                            .body())
                    .as(words)
                    .contains(key);
        }
        assertThat(auditor.get("/audit?firm=" + account.firm().id() + "&text=oeurs")
                        .body())
                .contains("No case fits.");
    }

    @Test
    @DisplayName("show what concerns no case, page by page, to auditors alone")
    void besideTheCases() {
        Visitor auditor = door.signedIn("auditor", null);
        String newcomer = "newcomer" + System.nanoTime();
        identities.saveUser(withPassword(identities.newUser(newcomer)));
        identities.createMembership(newcomer, "accountant");

        String newest = auditor.get("/audit/product").body();
        assertThat(newest).contains(newcomer, "Beside the cases", "before=");
        assertThat(auditor.get("/audit/product?before=2").body())
                .contains("Entry 1<")
                .doesNotContain(newcomer, "Entry 2<");
        assertThat(door.signedIn("accountant", null).get("/audit/product").statusCode())
                .isEqualTo(403);
        assertThat(auditor.get("/audit/product?before=x").statusCode()).isEqualTo(400);
    }

    private static User withPassword(User user) {
        user.setPassword(PASSWORD);
        return user;
    }

    @Test
    @DisplayName("show everything that happened in a case, in both languages")
    void timeLine() {
        Visitor auditor = door.signedIn("auditor", null);

        assertThat(auditor.get("/audit/cases/" + key).body())
                .contains("Steps taken", "alice-", "Decision tables asked")
                .containsPattern("Billing take-over, version \\d+ began")
                .contains("data-element=\"UserTask_ReviewNewCost\" data-state=\"waiting\"")
                .contains("data-element=\"Flow_EligibleYes\" data-state=\"taken\"")
                .contains("Who was shown what", "QuickBooks Time")
                .doesNotContain("??", "<script", " style=");
        assertThat(auditor.get("/audit/cases/" + key + "?lang=fr").body())
                .contains("Étapes franchies", "Qui s’est fait montrer quoi")
                .containsPattern("Prise en charge de la facturation, version \\d+ commence")
                .contains("Vérifier l’admissibilité", "Examiner le nouveau coût (commencé)", ">Comptable<")
                .doesNotContain("??", "Check eligibility", "Review new cost", ">Accountant<");
        assertThat(auditor.get("/audit/cases/TKO-1999-00001").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("show each entry with its times, what it changed, and its proof")
    void entry() {
        Visitor auditor = door.signedIn("auditor", null);
        int quote = number("QUOTE_MADE");

        assertThat(auditor.get(entry(quote)).body())
                .contains("March 2, 2026, 10:00 a.m.", "2026-03-02T15:00:00Z", "America/Toronto")
                .contains("Before and after", "The client pays a month, taxes included")
                .contains("The quote as it is shown", "is as it was written and follows the one before it")
                .contains(hash(quote), hash(quote - 1))
                .doesNotContain("??");
        for (int number = 1; number <= number("STEPS"); number++) {
            assertThat(auditor.get(entry(number) + "?lang=fr").body())
                    .as(String.valueOf(number))
                    .contains("suit la précédente")
                    .doesNotContain(
                            "??", "› on<", "› reminderDays", "› firmBillDateToday", "› annualPlan", "› nextPayment");
        }
        assertThat(auditor.get(entry(9999)).statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("find a case by what the new payer pays a month, written in either language, and by why it turned")
    void amountAndStop() {
        Visitor auditor = door.signedIn("auditor", null);
        String amount = jdbc.sql("select new_monthly_cost(content) from quote where takeover_key = ?")
                .param(key)
                .query(BigDecimal.class)
                .single()
                .toPlainString();
        String text = "/audit?text=" + account.client().companyId().text();

        assertThat(auditor.get(text + "&least=" + amount + "&most=" + amount).body())
                .contains(key);
        assertThat(auditor.get(text + "&lang=fr&least=" + amount.replace('.', ','))
                        .body())
                .contains(key);
        assertThat(auditor.get(text + "&lang=en&most=0.01").body()).contains("No case fits.");
        assertThat(auditor.get(text + "&least=much").body()).contains("could not be read");
        assertThat(auditor.get(text + "&stop=WITHDRAWN").body()).contains("No case fits.");
        withdraw.byFirm(new TakeoverKey(key), "alice");
        assertThat(auditor.get(text + "&stop=WITHDRAWN").body()).contains(key);
    }

    @Test
    @DisplayName("verify the whole trail and compare a seal that was noted")
    void verification() {
        Visitor auditor = door.signedIn("auditor", null);
        seals.seal();
        String noted = jdbc.sql(
                        "select number || ':' || encode(hash, 'hex') from audit_seal order by number desc limit 1")
                .query(String.class)
                .single();
        String page = "/audit/verification";

        assertThat(auditor.get(page).body()).contains(noted);
        assertThat(auditor.get(page + "?seal=" + noted.toUpperCase(Locale.ROOT)).body())
                .contains("The same:");
        assertThat(auditor.get(page + "?seal="
                                + noted.replaceFirst(":..", ":00").replaceFirst("..$", "11"))
                        .body())
                .contains("Different:");
        assertThat(auditor.get(page + "?seal=999999:" + "0".repeat(64)).body()).contains("Unknown:");
        assertThat(auditor.get(page + "?seal=5:abc").body()).contains("This is no seal.");
        assertThat(auditor.get(page + "?seal=what").body()).contains("This is no seal.");

        assertThat(auditor.post(page, Map.of()).statusCode()).isEqualTo(302);
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() -> assertThat(auditor.get(page).body()).contains("Verify again"));
        assertThat(auditor.get(page + "?lang=fr").body()).contains("chaînes").doesNotContain("??");
    }

    @Test
    @DisplayName("are for auditors alone")
    void auditorsAlone() {
        for (String role :
                List.of("accountant", "client-support", "billing-operations", "process-owner", "camunda-admin")) {
            Visitor other = door.signedIn(role, null);
            assertThat(other.get("/audit").statusCode()).as(role).isEqualTo(403);
            assertThat(other.get("/audit/cases/" + key).statusCode()).as(role).isEqualTo(403);
            assertThat(other.get(entry(1)).statusCode()).as(role).isEqualTo(403);
            assertThat(other.get("/audit/verification").statusCode()).as(role).isEqualTo(403);
            assertThat(other.post("/audit/verification", Map.of()).statusCode())
                    .as(role)
                    .isEqualTo(403);
        }
        assertThat(door.stranger().get("/audit").statusCode()).isEqualTo(302);
    }

    private String entry(int number) {
        return "/audit/cases/" + key + "/entries/" + number;
    }

    /** The last entry of a kind. */
    private int number(String what) {
        return jdbc.sql("select max(number) from audit_entry where case_key = ? and what = ?")
                .params(key, what)
                .query(Integer.class)
                .single();
    }

    private String hash(int number) {
        return jdbc.sql("select encode(hash, 'hex') from audit_entry where case_key = ? and number = ?")
                .params(key, number)
                .query(String.class)
                .single();
    }
}
