package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.OpenTakeover;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The page of disputed primary admins")
class DisputesPageTest {

    @Autowired
    PrimaryAdmins admins;

    @Autowired
    OpenTakeover open;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    private Account first;
    private Account second;
    private String operator;
    private Visitor operations;

    @BeforeEach
    void givenACompanyOfTwoFirms() {
        door.opens();
        first = door.client(door.firm("A"), "8");
        second = door.saved(
                SampleAccounts.split(door.firm("B"), first.client().companyId().text()));
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update client set admin_name = 'Odile Roy', admin_email = 'odile@example.com' where id = ?")
                .param(second.client().id())
                .update());
        operator = door.person("billing-operations", null);
        operations = door.signedIn(operator);
    }

    @Test
    @DisplayName("shows whom each firm names and who is believed, and takes another decision into the trail")
    void decides() {
        assertThat(row(first)).contains("Believed").doesNotContain("Believe this firm");
        assertThat(row(second)).contains("Odile Roy", "odile@example.com", "Believe this firm");

        operations.post("/disputes/" + second.client().id(), Map.of());

        assertThat(row(second)).contains(">Believed<");
        assertThat(row(first)).contains("Believe this firm");
        assertThat(admins.toAsk(first).email()).isEqualTo("odile@example.com");
        assertThat(jdbc.sql("select document from audit_entry where what = 'DISPUTE_SETTLED' and actor = ?")
                        .param(operator)
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains(second.firm().id().text(), second.client().companyId().text())
                .doesNotContain("odile");
    }

    @Test
    @DisplayName("says why nothing is decided while a case is open")
    void openCase() {
        String key = door.opened(first);
        operations.get("/disputes");

        operations.post("/disputes/" + second.client().id(), Map.of());

        assertThat(operations.get("/disputes").body()).contains(key + " is open for this company");
        assertThat(row(first)).contains(">Believed<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"accountant", "client-support", "process-owner", "auditor", "camunda-admin"})
    @DisplayName("is for billing operations alone")
    void others(String role) {
        Visitor visitor = door.signedIn(role, role.equals("accountant") ? first.firm() : null);
        visitor.get("/");

        assertThat(visitor.get("/disputes").statusCode()).isEqualTo(403);
        HttpResponse<String> refused =
                visitor.post("/disputes/" + second.client().id(), Map.of());
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(admins.toAsk(second).email()).isNotEqualTo("odile@example.com");
    }

    /** The last pages have what was listed last. */
    private String row(Account account) {
        for (int page = 1; ; page++) {
            String body = operations.get("/disputes?page=" + page).body();
            int at = body.indexOf(account.firm().name());
            if (at >= 0) {
                return body.substring(at, body.indexOf("</tr>", at));
            }
            assertThat(body).as("page " + page).contains("Next");
        }
    }
}
