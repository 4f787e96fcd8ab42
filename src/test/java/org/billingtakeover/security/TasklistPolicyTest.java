package org.billingtakeover.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("The content policy of the engine's pages")
class TasklistPolicyTest {

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    Door door;

    private final List<String> hindered = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("hinders nothing that Tasklist does to show, claim and fill in a task")
    void hindersNothing() {
        door.opens();
        Firm firm = door.firm("P");
        Account client = door.client(firm, "4");
        setUpIdentities.setUp();
        door.opened(client);
        String accountant = door.person("accountant", firm);

        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, accountant);
            page.navigate(door.origin() + "/camunda/app/tasklist/default/");
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
        String auditor = door.person("auditor", null);

        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, auditor);
            page.navigate(door.origin() + "/camunda/app/cockpit/default/#/processes");
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
        Chromium.signIn(page, door.origin(), user, Door.PASSWORD);
        return page;
    }
}
