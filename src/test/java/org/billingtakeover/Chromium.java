package org.billingtakeover;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Chromium without a window: Debian's where there is one, elsewhere one that is downloaded. All tests of a JVM share its process;
 * each {@code Chromium} has pages of its own, which share no cookie, store or cache with another's.
 */
public final class Chromium implements AutoCloseable {

    /** The first of these is used: one that has no windows at all costs about half the work of one that only shows none. */
    private static final List<Path> DEBIAN =
            List.of(Path.of("/usr/bin/chromium-headless-shell"), Path.of("/usr/bin/chromium"));

    /** A page on a small machine, beside another JVM's tests, may take longer than the 5 and 30 seconds that are the default. Milliseconds. */
    private static final int LONGEST = 120_000;

    private final List<BrowserContext> contexts = new ArrayList<>();

    /** @param language of the reader, such as {@code fr-CA} */
    public Page page(String language) {
        return page(options(language));
    }

    /** A page in which a test may run scripts, whatever the page's own policy says. */
    public Page pageForChecks(String language) {
        return page(options(language).setBypassCSP(true));
    }

    private Page page(Browser.NewContextOptions options) {
        BrowserContext context = Shared.BROWSER.newContext(options);
        context.setDefaultTimeout(LONGEST);
        contexts.add(context);
        return context.newPage();
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
        contexts.forEach(BrowserContext::close);
    }

    /** Starts with its first use, and ends with the JVM: it reads from the JVM's end of a pipe. */
    private static final class Shared {

        static final Browser BROWSER = launched();

        private static Browser launched() {
            LaunchOptions options = new LaunchOptions()
                    .setArgs(List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            // A process for each page is there to guard one site from another, and here is one.
                            "--renderer-process-limit=1",
                            // No page lives long enough for its scripts to earn back what compiling them well costs.
                            "--js-flags=--no-opt --no-maglev"));
            Playwright.CreateOptions surroundings = new Playwright.CreateOptions();
            DEBIAN.stream().filter(Files::isExecutable).findFirst().ifPresent(installed -> {
                options.setExecutablePath(installed);
                surroundings.setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
            });
            PlaywrightAssertions.setDefaultAssertionTimeout(LONGEST);
            return Playwright.create(surroundings).chromium().launch(options);
        }
    }
}
