package org.billingtakeover;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The walk of the README, as a newcomer takes it; pictures of it are under {@code target/screenshots}. */
@Tag("own-product")
@DisplayName("In the browser")
class TakeoverInTheBrowserTest {

    private final Path data;
    private final String origin;

    TakeoverInTheBrowserTest(@TempDir Path data) throws IOException {
        this.data = DataFolder.prepared(data);
        this.origin = "http://localhost:" + freePort();
    }

    @Test
    @DisplayName("a take-over goes from the client list through Tasklist, mail and billing date to one payer")
    void wholeWay() {
        try (ConfigurableApplicationContext product = start();
                Chromium chromium = new Chromium()) {
            Page page = chromium.page("en-CA");
            String takeover = updateNow(page);
            reviewNewCost(page);
            confirmAsClient(page);
            passTheBillingDate(page);

            page.navigate(takeover);
            assertThat(page.locator("main header")).containsText("The firm pays for both");
            assertThat(page.locator("main")).containsText("Commission balance paid out");
            look(page, "6-one-payer");
        } finally {
            ClockUtil.reset();
        }
    }

    private String updateNow(Page page) {
        page.navigate(origin);
        look(page, "1-start");
        page.locator("main a[href='/sign-in']").click();
        button(page, "Sign in as Alice").click();
        page.locator("header nav a[href='/clients']").click();
        if (page.locator("form[action*=takeover]").count() == 0) {
            // Today is the firm's own bill date, on which nothing can be opened.
            page.navigate(origin + "/demo");
            button(page, "One day ahead").click();
            page.navigate(origin + "/clients");
        }
        look(page, "2-clients");
        button(page, "Update now").first().click();
        assertThat(page.locator("main header")).containsText("New cost to review");
        return page.url();
    }

    private void reviewNewCost(Page page) {
        page.locator("header nav a[href*=tasklist]").click();
        page.locator("li.task").first().click();
        page.locator("[ng-click='claim()']").first().click();
        Locator form = page.locator(".fjs-form");
        assertThat(form).containsText("Ce que paie le cabinet");
        form.locator("input[type=radio]").first().check();
        form.locator("input[type=checkbox]").first().check();
        look(page, "3-tasklist");
        page.locator("button:has-text('Complete')").last().click();
        assertThat(page.locator("li.task")).hasCount(0);
    }

    private void confirmAsClient(Page page) {
        Locator mail = page.locator("main li a");
        page.navigate(origin + "/demo/mailbox");
        // The mail leaves by a job of its own, within a second or so.
        page.waitForCondition(() -> {
            page.reload();
            return mail.count() > 0;
        });
        mail.first().click();
        Locator link =
                page.frameLocator("iframe").locator("a[href*='/answer/']").first();
        look(page, "4-mail");
        page.navigate(link.getAttribute("href"));
        page.fill("[name=name]", "Philippe Nadeau");
        page.fill("[name=role]", "Propriétaire");
        page.check("[name=agree]");
        look(page, "5-client");
        button(page, "Confirmer").click();
        assertThat(page.locator("h1")).hasText(Pattern.compile("Vous avez confirmé.*"));
    }

    private void passTheBillingDate(Page page) {
        page.navigate(origin + "/demo");
        page.locator("form[action*='clock/next'] button").click();
        page.navigate(origin + "/clients");
        page.waitForCondition(() -> {
            page.reload();
            return page.locator("tr", new Page.LocatorOptions().setHasText("TKO-"))
                            .getByText("The firm pays for both")
                            .count()
                    > 0;
        });
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(BackOffice.class)
                .profiles("demo")
                .run(
                        "--server.port=" + origin.substring(origin.lastIndexOf(':') + 1),
                        "--back-office.public-url=" + origin,
                        "--back-office.demo.data-folder=" + data);
    }

    /** The links in mails name the port, so it must be known before the start. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
