package org.billingtakeover.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The audit pages")
class AuditPagesTest {

    private static final String PASSWORD = "A long one, for tests only 7!";

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private Account account;
    private String key;

    @BeforeEach
    void givenACase() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        Firm firm = SampleAccounts.firm("V" + number);
        account = SampleAccounts.split(firm, number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(account));
        });
        key = ((OpenTakeover.Opened) open.open(account.client().id(), "alice-" + number)).key();
    }

    @Test
    @DisplayName("find a case by key, client, firm, who took part and when, and not otherwise")
    void search() {
        Visitor auditor = person("auditor");
        String number = account.client().companyId();
        for (String found : List.of(
                "text=" + key.toLowerCase(),
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
    @DisplayName("show everything that happened in a case, in both languages")
    void timeLine() {
        Visitor auditor = person("auditor");

        assertThat(auditor.get("/audit/cases/" + key).body())
                .contains("Process started", "alice-", "billing-takeover", "Decision tables asked")
                .doesNotContain("??");
        assertThat(auditor.get("/audit/cases/" + key + "?lang=fr").body()).doesNotContain("??");
        assertThat(auditor.get("/audit/cases/TKO-1999-00001").statusCode()).isEqualTo(404);
    }

    @Test
    @DisplayName("are for auditors alone")
    void auditorsAlone() {
        for (String role :
                List.of("accountant", "client-support", "billing-operations", "process-owner", "camunda-admin")) {
            Visitor other = person(role);
            assertThat(other.get("/audit").statusCode()).as(role).isEqualTo(403);
            assertThat(other.get("/audit/cases/" + key).statusCode()).as(role).isEqualTo(403);
        }
        assertThat(new Visitor(port).get("/audit").statusCode()).isEqualTo(302);
    }

    private Visitor person(String role) {
        String id = role + System.nanoTime();
        User user = identities.newUser(id);
        user.setFirstName("Somebody");
        user.setLastName("Else");
        user.setPassword(PASSWORD);
        identities.saveUser(user);
        identities.createMembership(id, role);
        return new Visitor(port).signedInAs(id, PASSWORD);
    }
}
