package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ListFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BackOfficeTest
@DisplayName("The page of what lists left in doubt")
class DoubtsPageTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Autowired
    Accounts accounts;

    @Autowired
    Doubts doubts;

    @Autowired
    CompanySpellings spellings;

    @Autowired
    ImportAccountList importList;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    private final String number = String.valueOf(System.nanoTime());
    private final Firm firm = SampleAccounts.firm("A" + number);
    private final Firm another = SampleAccounts.firm("B" + number);
    private Visitor operations;

    @BeforeEach
    void givenTwoFirms() {
        door.opens();
        door.saved(firm);
        door.saved(another);
        operations = door.signedIn("billing-operations", null);
    }

    @Test
    @DisplayName(
            "S69 shows both claims about a payer, takes a decision into the trail, and says when it was taken already")
    void payers() throws Exception {
        imports(firm, ListFile.empty().with("Company ID", "8" + number, "Time payer", "firm"), false);
        imports(another, ListFile.empty().with("Company ID", "8" + number, "Time payer", "firm"), false);
        Account claimed =
                accounts.find(another.id(), new CompanyId("8" + number)).orElseThrow();
        assertThat(rows("8" + number))
                .hasSize(2)
                .allMatch(row -> row.contains("By its list as of March 2, 2026, " + another.name() + " pays.")
                        && row.contains(firm.name() + " pays since March 2, 2026."));
        List<UUID> asked = doubts.payersInDoubt(Integer.MAX_VALUE).stream()
                .filter(doubt -> doubt.clientId().equals(claimed.client().id()))
                .map(Doubts.PayerDoubt::id)
                .toList();

        for (UUID doubt : asked) {
            operations.post("/doubts/payers/" + doubt, Map.of("right", "LIST"));
        }

        assertThat(rows("8" + number)).isEmpty();
        assertThat(doubts.holding(claimed.client().id())).isEmpty();
        Account first = accounts.find(firm.id(), new CompanyId("8" + number)).orElseThrow();
        assertThat(doubts.holding(first.client().id()))
                .as("its account says something else now")
                .isNotEmpty();
        assertThat(jdbc.sql("select count(*) from audit_entry where what = 'DOUBT_SETTLED' and document like ?")
                        .param("%8" + number + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        operations.post("/doubts/payers/" + asked.get(0), Map.of("right", "BOOKS"));
        assertThat(operations.get("/doubts").body()).contains("Somebody has decided this already");
        assertThat(claimed.time().payer()).isEqualTo(Payer.FIRM);
    }

    @Test
    @DisplayName("S106 shows ids that differ by zeros beside each other, and forgets what was listed with the answer")
    void ids() throws Exception {
        imports(firm, ListFile.empty().with("Company ID", "00" + number), false);
        imports(firm, ListFile.empty().with("Company ID", number, "Company name", "Atelier Retrouvé"), false);
        assertThat(operations.get("/doubts").body())
                .contains(">00" + number + "<", ">" + number + "<", "Atelier Retrouvé");
        UUID asked = spellings.inDoubt(Integer.MAX_VALUE).stream()
                .filter(each -> each.firmId().equals(firm.id()))
                .findFirst()
                .orElseThrow()
                .id();

        operations.post("/doubts/ids/" + asked, Map.of("same", "true"));

        assertThat(operations.get("/doubts").body()).doesNotContain(">" + number + "<");
        assertThat(jdbc.sql("select name || admin_email from doubtful_id where id = ?")
                        .param(asked)
                        .query(String.class)
                        .single())
                .isEmpty();
        imports(firm, ListFile.empty().with("Company ID", number, "Company name", "Atelier Retrouvé"), false);
        assertThat(accounts.find(firm.id(), new CompanyId("00" + number))
                        .orElseThrow()
                        .client()
                        .name())
                .isEqualTo("Atelier Retrouvé");
    }

    @Test
    @DisplayName("S106 takes one answer for all ids of a firm whose admin or name is the same, and leaves the others")
    void alike() throws Exception {
        imports(firm, ListFile.empty().withSplit("001" + number, "002" + number, "003" + number), false);
        imports(
                firm,
                ListFile.empty()
                        .withSplit("1" + number, "2" + number)
                        .with(
                                "Company ID",
                                "3" + number,
                                "Company name",
                                "Somebody else",
                                "Primary admin e-mail",
                                "else@example.com"),
                false);
        assertThat(operations.get("/doubts").body()).contains(firm.name() + ": 2 of these");

        operations.post("/doubts/alike/" + firm.id(), Map.of());

        assertThat(rows("00" + "1" + number)).isEmpty();
        assertThat(rows("00" + "2" + number)).isEmpty();
        assertThat(rows("00" + "3" + number)).isNotEmpty();
        operations.post("/doubts/alike/" + firm.id(), Map.of());
        assertThat(operations.get("/doubts").body()).contains("Somebody has decided this already");
        assertThat(rows("00" + "3" + number)).isNotEmpty();
    }

    @Test
    @DisplayName(
            "S108 the firm says on the page of its clients whether one that its list did not name is still its client")
    void notListed() throws Exception {
        imports(firm, ListFile.empty().withSplit("7" + number, "9" + number), false);
        imports(firm, ListFile.empty().withSplit("7" + number), true);
        Visitor accountant = door.signedIn("accountant", firm);
        UUID client = accounts.find(firm.id(), new CompanyId("9" + number))
                .orElseThrow()
                .client()
                .id();
        String page = accountant.get("/clients?show=NOT_LISTED").body();
        assertThat(page).contains("9" + number, "Still our client").doesNotContain("7" + number);

        accountant.post("/clients/" + client + "/listed", Map.of("still", "false"));

        assertThat(accountant.get("/clients?show=NOT_LISTED").body())
                .contains("No longer a client")
                .doesNotContain("Still our client");
        assertThat(doubts.holds(client)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountant", "client-support", "process-owner", "auditor", "camunda-admin"})
    @DisplayName("is for billing operations alone")
    void others(String role) {
        Visitor visitor = door.signedIn(role, role.equals("accountant") ? firm : null);
        visitor.get("/");

        assertThat(visitor.get("/doubts").statusCode()).isEqualTo(403);
        assertThat(visitor.post("/doubts/payers/" + UUID.randomUUID(), Map.of("right", "LIST"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/doubts/ids/" + UUID.randomUUID(), Map.of("same", "true"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/doubts/alike/" + firm.id(), Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/doubts/spellings/" + UUID.randomUUID(), Map.of("keep", "true"))
                        .statusCode())
                .isEqualTo(403);
    }

    private void imports(Firm of, ListFile list, boolean whole) throws Exception {
        importList.run(of.id(), list.file(), new Claim(TODAY, whole), false, "alice", (progress, soFar) -> {});
    }

    private List<String> rows(String company) {
        return List.of(operations.get("/doubts").body().split("<tr>")).stream()
                .filter(row -> row.contains(company))
                .toList();
    }
}
