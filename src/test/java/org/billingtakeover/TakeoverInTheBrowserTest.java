package org.billingtakeover;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

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

    /** An accountant's own part, from the start page to the task that is done. */
    private static final int CLICKS_OF_AN_ACCOUNTANT = 6;

    /** Two of them move the demo's clock: to the last check, and to the hour at which the platform has made its bills. */
    private static final int CLICKS_TO_ONE_PAYER = 15;

    private final Path data;
    private final String origin;
    private int clicks;

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
            updateNow(page);
            String takeover = reviewNewCost(page);
            assertThat(clicks).isLessThanOrEqualTo(CLICKS_OF_AN_ACCOUNTANT);
            confirmAsClient(page);
            passTheBillingDate(page, takeover);
            assertThat(clicks).isLessThanOrEqualTo(CLICKS_TO_ONE_PAYER);

            assertThat(page.locator("main header")).containsText("The firm pays for both");
            assertThat(page.locator("main")).containsText("Commission balance paid out");
            look(page, "6-one-payer");
        } finally {
            ClockUtil.reset();
        }
    }

    private void updateNow(Page page) {
        page.navigate(origin);
        look(page, "1-start");
        click(page.locator("main a[href='/clients']"));
        assertThat(page.locator("form.person").first()).containsText("Accountant · Cabinet Tremblay CPA");
        click(button(page, "Sign in as Alice"));
        if (page.locator("form[action*=takeover]").count() == 0) {
            // Today is the firm's own bill date, on which nothing can be opened.
            page.navigate(origin + "/demo");
            button(page, "One day ahead").click();
            page.navigate(origin + "/clients");
        }
        look(page, "2-clients");
        click(button(page, "Update now").first());
    }

    /** @return the address of the case, to which the task leads back */
    private String reviewNewCost(Page page) {
        Locator form = page.locator(".fjs-form");
        assertThat(form).containsText("What the firm pays");
        click(form.locator("input[type=radio]").first());
        click(form.locator("input[type=checkbox]").first());
        look(page, "3-tasklist");
        click(page.locator("button:has-text('Complete')").last());
        page.waitForURL("**/cases/*");
        assertThat(page.locator("main header")).containsText("Waiting for the client");
        return page.url();
    }

    private void confirmAsClient(Page page) {
        Locator mail = page.locator("main li a");
        click(page.locator("header nav a[href='/demo/mailbox']"));
        // The mail leaves by a job of its own, within a second or so.
        page.waitForCondition(() -> {
            page.reload();
            return mail.count() > 0;
        });
        look(page, "4-mail");
        Page client = page.waitForPopup(() ->
                click(page.frameLocator("iframe").locator("a[href*='/answer/']").first()));
        click(client.locator("[name=name]"));
        client.keyboard().type("Philippe Nadeau");
        click(client.locator("[name=role]"));
        client.keyboard().type("Propriétaire");
        click(client.locator("[name=agree]"));
        look(client, "5-client");
        click(button(client, "Confirmer"));
        assertThat(client.locator("h1")).hasText(Pattern.compile("Vous avez confirmé.*"));
        assertThat(client.locator("main")).containsText("Vous pouvez retirer votre confirmation jusqu’au");
    }

    /** Once to the billing date, on which everything is checked again, and once to the hour at which the platform has made its bills. */
    private void passTheBillingDate(Page page, String takeover) {
        click(page.locator("header nav a[href='/demo']"));
        click(page.locator("form[action*='clock/next'] button"));
        page.waitForCondition(() -> {
            page.navigate(takeover);
            return page.locator("main").getByText("booked for").count() > 0;
        });
        look(page, "6-booked");
        page.navigate(origin + "/demo");
        click(page.locator("form[action*='clock/next'] button"));
        page.navigate(takeover);
        page.waitForCondition(() -> {
            page.reload();
            return page.locator("main header")
                            .getByText("The firm pays for both")
                            .count()
                    > 0;
        });
    }

    private void click(Locator what) {
        what.click();
        clicks++;
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
