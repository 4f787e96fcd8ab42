package org.billingtakeover;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.security.People;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("Bad input")
class BadInputTest {

    private static final String NOBODY = UUID.randomUUID().toString();
    private static final String LONG = "x".repeat(100_000);
    /** Tomcat takes no longer line. */
    private static final String LONG_ENOUGH = "x".repeat(7_000);

    @Autowired
    Accounts accounts;

    @Autowired
    IdentityService identities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private Account account;
    private String firm;

    @BeforeEach
    void givenAFirm() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        firm = "B" + number;
        Firm made = SampleAccounts.firm(firm);
        account = SampleAccounts.split(made, "7" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(made);
            accounts.save(List.of(account));
        });
        identities.saveTenant(identities.newTenant(firm));
    }

    @Test
    @DisplayName("in an address is answered with a page that says so, never with a stack trace")
    void inAnAddress() {
        SoftAssertions softly = new SoftAssertions();
        for (Visitor visitor :
                List.of(person("accountant", firm), person("auditor", null), person("camunda-admin", null))) {
            for (String path : List.of(
                    "/clients?page=abc",
                    "/clients?page=99999999999999999999",
                    "/clients?page=-1",
                    "/clients?page=2147483647",
                    "/clients?page=",
                    "/clients?firm=F-nobody",
                    "/clients?firm=%00",
                    "/clients?search=%00",
                    "/clients?search=%25_%27%22%5C",
                    "/clients?search=%F0%9F%98%80",
                    "/clients?search=%ED%A0%80",
                    "/clients?search=" + LONG_ENOUGH,
                    "/clients?search=" + LONG,
                    "/clients?show=nothing",
                    "/clients?lang=xx",
                    "/clients?lang=%00",
                    "/clients?lang=fr%0d%0aX-Injected:1",
                    "/clients/" + NOBODY,
                    "/clients/import?refused=NOTHING",
                    "/clients/import?dryRun=perhaps",
                    "/clients/import?firm=%00",
                    "/clients/import/not-a-uuid",
                    "/clients/import/" + NOBODY,
                    "/clients/import/example.csv",
                    "/clients/import/example.csv?language=DE",
                    "/cases",
                    "/cases/",
                    "/cases/%00",
                    "/cases/TKO-2026-99999",
                    "/cases/%2e%2e%2fetc",
                    "/cases/" + LONG_ENOUGH,
                    "/cases/TKO-2026-99999/withdraw",
                    "/audit?from=tomorrow",
                    "/audit?from=2026-02-30",
                    "/audit?from=999999999-01-01",
                    "/audit?to=+999999999-12-31",
                    "/audit?outcome=NOTHING",
                    "/audit?firm=%00",
                    "/audit?text=%00",
                    "/audit?actor=%00",
                    "/audit?text=" + LONG_ENOUGH,
                    "/audit?after=yesterday",
                    "/audit?after=%00",
                    "/audit?stop=%00",
                    "/audit/cases/%00",
                    "/audit/cases/TKO-2026-99999",
                    "/audit/cases/TKO-2026-99999/entries/abc",
                    "/audit/cases/TKO-2026-99999/entries/99999999999999999999",
                    "/audit/cases/TKO-2026-99999/diagrams/nothing/abc",
                    "/audit/cases/TKO-2026-99999/evidence.zip?lang=%00",
                    "/audit/export",
                    "/audit/export?format=xml",
                    "/audit/export?format=json&from=tomorrow",
                    "/audit/export?format=json&firm=%00",
                    "/audit/verification/not-a-uuid",
                    "/metrics?from=tomorrow",
                    "/metrics?firm=%00",
                    "/sign-in/at/%00",
                    "/sign-in?error=%00",
                    "/answer/%00",
                    "/answer/" + LONG_ENOUGH,
                    "/demo/mailbox/abc",
                    "/nothing?a[]=1&=2&%00=3")) {
                checkAnswer(visitor.get(path), path, softly);
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("in a form is answered with a page that says so, never with a stack trace")
    void inAForm() {
        Visitor accountant = person("accountant", firm);
        accountant.get("/clients");
        String client = "/clients/" + account.client().id() + "/takeover";
        SoftAssertions softly = new SoftAssertions();
        for (String path : List.of(
                "/clients/not-a-uuid/takeover",
                "/clients/" + NOBODY + "/takeover",
                "/clients/import",
                "/clients",
                "/cases/%00/withdraw",
                "/cases/TKO-2026-99999/withdraw",
                "/cases/TKO-2026-99999/reconsider",
                "/audit/verification",
                "/sign-in",
                "/answer/nobody",
                "/",
                client,
                client)) {
            checkAnswer(accountant.post(path, Map.of()), path, softly);
            accountant.get("/clients");
            checkAnswer(
                    accountant.post(path, Map.of("firm", "\0", "username", LONG, "password", "\0", "name", LONG)),
                    path,
                    softly);
            accountant.get("/clients");
        }
        softly.assertAll();
    }

    private static void checkAnswer(HttpResponse<String> answer, String path, SoftAssertions softly) {
        String shown = path.length() > 80 ? path.substring(0, 80) : path;
        softly.assertThat(answer.statusCode()).as(shown).isLessThan(500);
        softly.assertThat(answer.body())
                .as(shown)
                .doesNotContain("\tat ", "Exception", "org.billingtakeover", "org.springframework", "SQL");
        softly.assertThat(answer.headers().map()).as(shown).doesNotContainKey("x-injected");
    }

    private Visitor person(String group, @Nullable String at) {
        return new Visitor(port).signedInAs(new People(identities).person(group, at), People.PASSWORD);
    }
}
