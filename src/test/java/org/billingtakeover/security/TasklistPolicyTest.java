package org.billingtakeover.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The content policy of the engine's pages")
class TasklistPolicyTest {

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private final List<String> hindered = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("hinders nothing that Tasklist does to show, claim and fill in a task")
    void hindersNothing() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        Firm firm = SampleAccounts.firm("P" + number);
        Account client = SampleAccounts.split(firm, "4" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(client));
        });
        setUpIdentities.setUp();
        open.open(client.client().id(), "test");
        String accountant =
                new People(identities).person("accountant", firm.id().text());

        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, accountant);
            page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
            page.locator("li.task").first().click();
            page.locator("[ng-click='claim()']").first().click();
            assertThat(page.locator(".fjs-form input[type=radio]").first()).isEnabled();
            page.locator(".fjs-form input[type=radio]").first().check();
        }

        assertThat(hindered).isEmpty();
    }

    @Test
    @DisplayName("hinders nothing that Cockpit does to show the processes and a diagram")
    void hindersNotCockpit() {
        String auditor = new People(identities).person("auditor", null);

        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, auditor);
            page.navigate("http://localhost:" + port + "/camunda/app/cockpit/default/#/processes");
            page.locator("a[href*='process-definition']").first().click();
            assertThat(page.locator(".djs-container svg").first()).isVisible();
        }

        assertThat(hindered).isEmpty();
    }

    private Page signedIn(Chromium chromium, String user) {
        Page page = chromium.page("en-CA");
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                hindered.add(message.text());
            }
        });
        Chromium.signIn(page, "http://localhost:" + port, user, People.PASSWORD);
        return page;
    }
}
