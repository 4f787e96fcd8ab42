package org.billingtakeover;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Chromium without a window: Debian's where there is one, elsewhere one that is downloaded. */
public final class Chromium implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final Browser browser;

    public Chromium() {
        LaunchOptions options = new LaunchOptions()
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
        Playwright.CreateOptions surroundings = new Playwright.CreateOptions();
        if (Files.isExecutable(DEBIAN)) {
            options.setExecutablePath(DEBIAN);
            surroundings.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        }
        playwright = Playwright.create(surroundings);
        browser = playwright.chromium().launch(options);
    }

    /** @param language of the reader, such as {@code fr-CA} */
    public Page page(String language) {
        return browser.newContext(options(language)).newPage();
    }

    /** A page in which a test may run scripts, whatever the page's own policy says. */
    public Page pageForChecks(String language) {
        return browser.newContext(options(language).setBypassCSP(true)).newPage();
    }

    /** Signs somebody in on our own page, with their local account. */
    public static void signIn(Page page, String origin, String user, String password) {
        page.navigate(origin + "/sign-in");
        page.locator("input[name=username]").fill(user);
        page.locator("input[name=password]").fill(password);
        page.locator("button.primary").click();
    }

    private static Browser.NewContextOptions options(String language) {
        return new Browser.NewContextOptions().setLocale(language).setViewportSize(1400, 1000);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
