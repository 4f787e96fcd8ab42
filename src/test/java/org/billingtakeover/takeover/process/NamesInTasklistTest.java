package org.billingtakeover.takeover.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("A client's name")
class NamesInTasklistTest {

    /** Markup, Markdown, an expression of Tasklist's pages, one of forms, and what looks like an escape. */
    private static final String NAME =
            "A_b_ *c* **d** `e` \\* <b>f</b> <img src=x onerror=alert(1)> [g](https://evil.example)"
                    + " ![h](https://evil.example/h.png) https://evil.example/i {{7*7}} {{constructor.constructor('alert(1)')()}} &lt; ~~j~~";

    @Autowired
    Door door;

    @Test
    @DisplayName("is shown by Tasklist letter by letter, whatever it means elsewhere")
    void asWritten() {
        door.opens();
        Firm firm = door.firm("N");
        Account split = SampleAccounts.split(firm, "5" + System.nanoTime());
        door.opened(door.saved(like(split, "client", like(split.client(), "name", NAME))));
        String accountant = door.person("accountant", firm);

        try (Chromium chromium = new Chromium()) {
            Page page = chromium.page("en-CA");
            door.shows(page, accountant, "tasklist/default/");
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
}
