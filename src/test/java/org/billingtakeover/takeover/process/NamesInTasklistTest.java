package org.billingtakeover.takeover.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.security.People;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("A client's name")
class NamesInTasklistTest {

    /** Markup, Markdown, an expression of Tasklist's pages, one of forms, and what looks like an escape. */
    private static final String NAME =
            "A_b_ *c* **d** `e` \\* <b>f</b> <img src=x onerror=alert(1)> [g](https://evil.example)"
                    + " ![h](https://evil.example/h.png) https://evil.example/i {{7*7}} {{constructor.constructor('alert(1)')()}} &lt; ~~j~~";

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

    @Test
    @DisplayName("is shown by Tasklist letter by letter, whatever it means elsewhere")
    void asWritten() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        Firm firm = SampleAccounts.firm("N" + number);
        Account split = SampleAccounts.split(firm, "5" + number);
        Account account = new Account(firm, called(NAME, split.client()), split.online(), split.time());
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(account));
        });
        identities.saveTenant(identities.newTenant(firm.id().text()));
        open.open(account.client().id(), "test");
        String accountant =
                new People(identities).person("accountant", firm.id().text());

        try (Chromium chromium = new Chromium()) {
            Page page = chromium.page("en-CA");
            Chromium.signIn(page, "http://localhost:" + port, accountant, People.PASSWORD);
            page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
            Locator task = page.locator("li.task").first();
            assertThat(task).containsText(NAME);
            task.click();
            Locator form = page.locator(".fjs-form");
            form.locator(".fjs-form-field-text").first().waitFor();
            assertThat(form).containsText(NAME);
            assertThat(page.locator("a[href*='evil']")).hasCount(0);
            assertThat(page.locator("img[src*='evil'], img[src='x'], li.task b"))
                    .hasCount(0);
        }
    }

    private static Client called(String name, Client client) {
        return new Client(
                client.id(),
                client.firmId(),
                client.companyId(),
                client.listedAs(),
                name,
                client.admin(),
                client.language(),
                client.country(),
                client.province(),
                client.timeZone(),
                client.currency(),
                client.integration());
    }
}
