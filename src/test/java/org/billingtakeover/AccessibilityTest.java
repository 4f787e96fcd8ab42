package org.billingtakeover;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;

/**
 * Every page that a person can open, in both languages, on a wide screen and on a telephone; with {@code -Dpages.pictures}, pictures of
 * them are then under {@code target/screenshots}.
 */
@Tag("own-product")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Every page")
class AccessibilityTest {

    private static final int WIDE = 1400;
    private static final int PHONE = 390;
    private static final String LONGER_WORDS = "fr";

    private static final String LIST_WITH_FAULTS = """
            ID de l’entreprise;Nom de l’entreprise;Administrateur principal;Courriel de l’administrateur principal;Langue;\
            Pays;Province ou État;Devise;Date d’arrêt de l’intégration;Forfait QBO;Utilisateurs QBO;Payeur QBO;\
            Jour de facturation QBO;Statut QBO;Forfait Time;Utilisateurs Time;Payeur Time;Cycle de facturation Time;\
            Date de renouvellement Time;Jour de facturation Time;Statut Time;Time inclus dans la paie
            1;Une entreprise au nom d’une longueur considérable;Mireille Gagnon;personne;FR;Atlantide;QC;CAD;03/04/2026;\
            Plus;1;quelqu’un;99;Actif;Premium;beaucoup;Client;parfois;;32;Actif;peut-être
            """;

    /**
     * Those for WCAG 2.2 AA and best practices; the size of targets is off unless asked for. A mail has no landmarks and headings: it
     * is read as a part of the page of a mail program. What is in order need not be described.
     */
    private static final String CHECK = """
            mail => axe.run(document, {resultTypes: ['violations'], rules: {
                    'target-size': {enabled: true}, 'region': {enabled: !mail},
                    'landmark-one-main': {enabled: !mail}, 'page-has-heading-one': {enabled: !mail}}})
                .then(found => found.violations.flatMap(each => each.nodes.map(
                    node => each.id + ': ' + node.html.slice(0, 200) + ' ' + node.failureSummary)))
            """;

    /** What reaches over the edge of the screen; what scrolls by itself may, but for what something costs. */
    private static final String OVER_THE_EDGE = """
            () => [...document.querySelectorAll('div.cost')].filter(each => each.scrollWidth > each.clientWidth)
                .concat(document.documentElement.scrollWidth <= innerWidth ? [] :
                    [...document.querySelectorAll('body *')].filter(
                        each => each.getBoundingClientRect().right > innerWidth && !each.closest('div.table')))
                .map(each => each.outerHTML.slice(0, 120))
            """;

    private static final String REACHABLE =
            "a[href], button:not(:disabled, [tabindex='-1']), input:not([type=hidden]), select, textarea, summary, [tabindex='0']";

    private static final String NUMBER_THEM = """
            selector => [...document.querySelectorAll(selector)]
                .filter(each => each.checkVisibility())
                .map((each, index) => { each.dataset.stop = index; return each.outerHTML.slice(0, 120); })
            """;

    private static final Integer NOTHING = -2;

    private static final String NEXT_PICTURES =
            "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))";

    /**
     * The number of what has the focus; -1 where that cannot be seen, -2 where nothing of the page itself has it. A mail within the
     * page runs in a process of its own, whose focus is told late: it is walked through where it is opened by itself.
     */
    private static final String FOCUSED = """
            () => {
                const focused = document.activeElement;
                if (focused === document.body || focused.tagName === 'IFRAME') return -2;
                const box = focused.getBoundingClientRect();
                const seen = getComputedStyle(focused).outlineStyle !== 'none' && box.bottom > 0 && box.top < innerHeight;
                return seen || focused.type === 'date' ? Number(focused.dataset.stop) : -1;
            }
            """;

    private final Chromium chromium = new Chromium();
    private final SampleCases cases;
    private final String axe;
    private final Map<String, List<Stop>> tour = new LinkedHashMap<>();

    /** What somebody opens and, it may be, does there before looking. */
    private record Stop(String name, String path, Consumer<Page> first) {
        Stop(String name, String path) {
            this(name, path, page -> {});
        }
    }

    AccessibilityTest(@TempDir Path data) throws IOException {
        this.axe = new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8) + ";0";
        this.cases = new SampleCases(data);
    }

    @BeforeAll
    void planTheTour() {
        String opened = cases.opened();
        String asked = cases.asked();
        String confirmed = cases.answered(true);
        String declined = cases.answered(false);
        String withdrawn = cases.withdrawn();
        String changedByHand = cases.changedByHand();
        String billed = cases.billed().text();
        tour.put(
                "nobody",
                List.of(
                        new Stop("start", "/"),
                        new Stop("sign-in", "/sign-in"),
                        new Stop("sign-in-refused", "/sign-in?error"),
                        new Stop("sign-in-wait", "/sign-in?wait"),
                        new Stop("answer-open", cases.firstLink(asked)),
                        new Stop(
                                "answer-faults",
                                cases.firstLink(asked),
                                page -> page.locator("button.primary").click()),
                        new Stop("answer-not-me", cases.firstLink(asked) + "/not-me"),
                        new Stop(
                                "answer-not-me-unsure",
                                cases.firstLink(asked) + "/not-me",
                                page -> page.locator("button.primary").click()),
                        new Stop("answer-confirmed", cases.firstLink(confirmed)),
                        new Stop("answer-withdraw", cases.firstLink(confirmed) + "/withdraw"),
                        new Stop(
                                "answer-withdraw-unsure",
                                cases.firstLink(confirmed) + "/withdraw",
                                page -> page.locator("button.primary").click()),
                        new Stop("answer-again", "/answer/again"),
                        new Stop(
                                "answer-again-fault",
                                "/answer/again",
                                page -> page.locator("button.primary").click()),
                        new Stop("answer-again-asked", "/answer/again", AccessibilityTest::askForLink),
                        new Stop("answer-disowned", cases.firstLink(cases.disowned())),
                        new Stop("answer-declined", cases.firstLink(declined)),
                        new Stop("answer-other-way", cases.lastLink(declined)),
                        new Stop("answer-withdrawn", cases.firstLink(withdrawn)),
                        new Stop("answer-lapsed", cases.firstLink(cases.takenBack())),
                        new Stop("answer-expired", cases.firstLink(cases.askedAndThen("last_day = '2020-01-31'"))),
                        new Stop("answer-superseded", cases.firstLink(cases.askedAndThen("status = 'SUPERSEDED'"))),
                        new Stop("answer-unknown", "/answer/nobody-was-sent-this"),
                        new Stop("demo-desk", "/demo"),
                        new Stop("mailbox", "/demo/mailbox"),
                        new Stop("mailbox-mail", "/demo/mailbox", AccessibilityTest::openMail),
                        new Stop("mail", "/demo/mailbox", AccessibilityTest::openMailItself),
                        new Stop("error-404", "/demo/nothing"),
                        new Stop("error-400", "/favicon.svg?x=%00")));
        tour.put(
                "alice",
                List.of(
                        new Stop("start-accountant", "/"),
                        new Stop("clients", "/clients"),
                        new Stop(
                                "clients-why-not",
                                "/clients",
                                page -> page.locator("summary").first().click()),
                        new Stop("clients-none", "/clients?search=nobody"),
                        new Stop("hand-over", "/tasks/hand-over"),
                        new Stop("commissions", "/commissions"),
                        new Stop("bills", "/bills"),
                        new Stop("bill-of-firm", "/bills/" + billed),
                        new Stop("bills-no-answer", "/bills/" + billed, this::withoutPlatform),
                        new Stop("import", "/clients/import"),
                        new Stop("import-refused", "/clients/import?refused=NO_FILE"),
                        new Stop(
                                "import-faults",
                                "/clients/import",
                                page -> importing(page, "liste.csv", LIST_WITH_FAULTS)),
                        new Stop(
                                "import-unusable",
                                "/clients/import",
                                page -> importing(page, "autre.csv", "no;list\n")),
                        new Stop("case-review", "/cases/" + opened),
                        new Stop("case-asked", "/cases/" + asked),
                        new Stop(
                                "case-correct-admin",
                                "/cases/" + asked,
                                page -> page.locator("summary").first().click()),
                        new Stop("case-stale", "/cases/" + opened, AccessibilityTest::sendStaleForm),
                        new Stop("case-scheduled", "/cases/" + confirmed),
                        new Stop("case-by-hand", "/cases/" + changedByHand),
                        new Stop("bill", "/cases/" + changedByHand + "/bill"),
                        new Stop(
                                "bill-refused",
                                "/cases/" + changedByHand + "/bill",
                                page -> sendingIn(page, "bill.pdf", "no bill")),
                        new Stop("case-withdrawn", "/cases/" + withdrawn),
                        new Stop("error-403", "/audit")));
        tour.put(
                "audrey",
                List.of(
                        new Stop("audit", "/audit"),
                        new Stop("audit-none", "/audit?text=nobody"),
                        new Stop("audit-case", "/audit/cases/" + confirmed),
                        new Stop("audit-entry", "/audit/cases/" + confirmed + "/entries/1"),
                        new Stop("audit-verification", "/audit/verification")));
        cases.disputed();
        cases.commissionPaid(confirmed);
        tour.put(
                "olivia",
                List.of(
                        new Stop("start-operations", "/"),
                        new Stop("commissions-of-firms", "/commissions"),
                        new Stop("payments", "/commissions/payments"),
                        new Stop("disputes", "/disputes"),
                        new Stop("doubts", "/doubts")));
        tour.put("peter", List.of(new Stop("figures", "/metrics")));
        tour.put(
                "admin",
                List.of(
                        new Stop("start-administrator", "/"),
                        new Stop("clients-of-all-firms", "/clients"),
                        new Stop("import-for-all-firms", "/clients/import")));
    }

    @AfterAll
    void stop() {
        chromium.close();
        cases.close();
        ClockUtil.reset();
    }

    @ParameterizedTest(name = "in {0} can be read by everybody, on any screen and by keyboard")
    @ValueSource(strings = {"fr", "en"})
    void everyPage(String language) {
        SoftAssertions softly = new SoftAssertions();
        Map<String, String> titles = new LinkedHashMap<>();
        tour.forEach((who, stops) -> {
            Page page = chromium.pageForChecks(language + "-CA");
            page.addInitScript(axe);
            signIn(page, who, language);
            for (Stop stop : stops) {
                visit(page, stop, language, softly);
                titles.put(page.url().replaceFirst("\\?.*", ""), page.title());
            }
        });
        softly.assertThat(titles.values()).as("titles").doesNotHaveDuplicates();
        softly.assertAll();
    }

    private void visit(Page page, Stop stop, String language, SoftAssertions softly) {
        page.setViewportSize(WIDE, 1000);
        page.navigate(inLanguage(stop.path(), language));
        stop.first().accept(page);
        // Whatever led to another page has waited for its text alone, and not for its style sheet.
        page.waitForLoadState();
        softly.assertThat(page.locator("body").innerText())
                .as(stop.name() + ", a sentence that ends twice, as after 2:00 a.m.")
                .doesNotContain("..");
        softly.assertThat(page.evaluate("document.documentElement.lang"))
                .as(stop.name())
                .isEqualTo(stop.name().equals("mail") ? "fr-CA" : language);
        boolean onPhone = language.equals(LONGER_WORDS);
        if (!onPhone) {
            walk(page, stop, softly);
            check(page, stop, softly);
            look(page, stop.name() + "." + language + ".wide");
        }
        page.setViewportSize(PHONE, 844);
        if (onPhone) {
            check(page, stop, softly);
        }
        softly.assertThat(lines(page.evaluate(OVER_THE_EDGE)))
                .as(stop.name() + ", over the edge")
                .isEmpty();
        look(page, stop.name() + "." + language + ".phone");
    }

    /** What axe-core knows is asked on one screen in each language: who reads it changes neither roles nor colours. */
    private void check(Page page, Stop stop, SoftAssertions softly) {
        softly.assertThat(lines(page.evaluate(CHECK, stop.name().equals("mail"))))
                .as(stop.name())
                .isEmpty();
    }

    /** Tab goes to everything that can be used, in the order in which it is read, and shows where it is: in one language as in the other. */
    private static void walk(Page page, Stop stop, SoftAssertions softly) {
        List<String> reachable = lines(page.evaluate(NUMBER_THEM, REACHABLE));
        List<Object> reached = new ArrayList<>();
        // A date and a mail have several stops, and between a page's end and its beginning is the window's.
        for (int i = 0; i < 4 * reachable.size() && reached.size() < reachable.size(); i++) {
            page.keyboard().press("Tab");
            Object focused = page.evaluate(FOCUSED);
            if (focused.equals(NOTHING)) {
                // Out of a mail, the focus takes a moment to come back to the page.
                page.evaluate(NEXT_PICTURES);
                focused = page.evaluate(FOCUSED);
            }
            if (!focused.equals(NOTHING) && (reached.isEmpty() || !focused.equals(reached.get(reached.size() - 1)))) {
                reached.add(focused);
            }
        }
        // A page may open with the focus in its first field.
        Collections.rotate(reached, -Math.max(0, reached.indexOf(0)));
        softly.assertThat(reached)
                .as("%s by keyboard: %s", stop.name(), reachable)
                .isEqualTo(IntStream.range(0, reachable.size()).boxed().toList());
    }

    @Test
    @DisplayName("of a client is answered by keyboard alone")
    void answeredByKeyboard() {
        Page page = chromium.page("fr-CA");
        page.navigate(cases.origin() + cases.firstLink(cases.asked()));
        tabTo(page, "name");
        page.keyboard().type("Mireille Gagnon");
        tabTo(page, "role");
        page.keyboard().type("Propriétaire");
        tabTo(page, "agree");
        page.keyboard().type(" ");
        tabTo(page, "message");
        page.keyboard().type("Merci");
        tabTo(page, "answer");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText(Pattern.compile("Vous avez confirmé.*"));
    }

    private static void tabTo(Page page, String field) {
        for (int tabs = 0; tabs < 10; tabs++) {
            page.keyboard().press("Tab");
            if (field.equals(page.evaluate("document.activeElement.name"))) {
                return;
            }
        }
        throw new AssertionError("Tab does not lead to " + field);
    }

    private void signIn(Page page, String who, String language) {
        page.navigate(inLanguage("/sign-in", language));
        if (!who.equals("nobody")) {
            page.fill("[name=username] >> visible=true", who);
            page.fill("[name=password] >> visible=true", "demo");
            page.keyboard().press("Enter");
            assertThat(page.locator("header .account span")).isVisible();
        }
    }

    private void withoutPlatform(Page page) {
        cases.platformIsDown(true);
        try {
            page.reload();
            assertThat(page.locator("[role=alert]")).isVisible();
        } finally {
            cases.platformIsDown(false);
        }
    }

    private static void askForLink(Page page) {
        page.fill("[name=email]", "somebody@example.ca");
        page.locator("button.primary").click();
        assertThat(page.locator("form")).hasCount(0);
    }

    /** As if the case had moved on since the page was opened. */
    private static void sendStaleForm(Page page) {
        page.locator("summary").last().click();
        page.evaluate("document.querySelectorAll('[name=seen]').forEach("
                + "each => each.value = 'ASKING~~FIRM_TAKES_TIME~Q-000000~2026-03-20')");
        page.locator("details button").last().click();
        assertThat(page.locator("[role=alert]")).isVisible();
    }

    /** A question to a client, whichever mail came last: its page has a link to walk to, once it is there. */
    private static void openMail(Page page) {
        page.locator("ol.mails a", new Page.LocatorOptions().setHasText("qui paie votre abonnement"))
                .first()
                .click();
        assertThat(page.frameLocator(".mail iframe").locator("a").first()).isVisible();
    }

    private static void openMailItself(Page page) {
        openMail(page);
        page.navigate(page.url().replaceFirst("\\?.*|$", "/page"));
    }

    private static void importing(Page page, String name, String list) {
        page.setInputFiles("[name=file]", new FilePayload(name, "text/csv", list.getBytes(StandardCharsets.UTF_8)));
        page.locator("button.primary").click();
        assertThat(page.locator(".buttons a").first()).isVisible();
    }

    private static void sendingIn(Page page, String name, String content) {
        page.setInputFiles(
                "[name=file]", new FilePayload(name, "application/pdf", content.getBytes(StandardCharsets.US_ASCII)));
        page.locator("button.primary").click();
        assertThat(page.locator("[role=alert]")).isVisible();
    }

    private String inLanguage(String path, String language) {
        return cases.origin() + path + (path.contains("?") ? "&" : "?") + "lang=" + language;
    }

    /** Only for whoever wants to see it: to draw a page and pack the picture takes as long as to ask axe-core about it. */
    private static void look(Page page, String name) {
        if (System.getProperty("pages.pictures") != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target/screenshots/pages", name + ".png")));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<String> lines(Object found) {
        return (List<String>) found;
    }
}
