package org.billingtakeover.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.security.People;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("Tasklist in French")
class TasklistInFrenchTest {

    /** Tasklist reads its tasks after its page. */
    private static final Pattern DATE_IN_FRENCH = Pattern.compile("1\\savr\\.\\s2026");

    /** Such as SEARCH_PLACEHOLDER. */
    private static final Pattern KEY = Pattern.compile("\\b[A-Z]{3,}_[A-Z_]{3,}\\b");

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    Withdraw withdraw;

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private String accountant;
    private String colleague;
    private String client;
    private String key;
    private Task task;

    @BeforeEach
    void givenATaskOfTwoColleagues() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        Firm firm = SampleAccounts.firm("L" + number);
        Account account = SampleAccounts.split(firm, "6" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(account));
        });
        identities.saveTenant(identities.newTenant(firm.id().text()));
        key = ((OpenTakeover.Opened) open.open(account.client().id(), "test"))
                .key()
                .text();
        task = tasks.createTaskQuery().processInstanceBusinessKey(key).singleResult();
        client = account.client().name();
        accountant = new People(identities).person("accountant", firm.id().text());
        colleague = new People(identities).person("accountant", firm.id().text());
    }

    @Test
    @DisplayName("tells whoever takes a task too late that somebody else has it")
    void takenTooLate() {
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium);
            Locator take = page.locator("[ng-click='claim()']").first();
            take.waitFor();
            tasks.claim(task.getId(), colleague);

            take.click();

            assertThat(page.locator("[notifications-panel]")).containsText("pendant la prise de la tâche : Quelqu’un");
            assertThat(page.locator("[notifications-panel]"))
                    .containsText("d’autre a pris cette tâche avant vous. Rien n’a été enregistré.");
            look(page, "late-claim");
        }
    }

    @Test
    @DisplayName("tells whoever completes a task too late that the case has moved on, and nothing of the engine's")
    void completedTooLate() {
        tasks.claim(task.getId(), accountant);
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium);
            Locator form = page.locator(".fjs-form");
            form.locator("input[type=radio]").last().check();
            withdraw.byFirm(new TakeoverKey(key), colleague);

            page.locator("button:has-text('Terminer')").last().click();

            assertThat(page.locator("[notifications-panel]"))
                    .containsText("Le dossier vient de changer d’étape; cette action n’a pas été faite.");
            assertThat(page.locator("[notifications-panel]")).not().containsText("Cannot");
            look(page, "late-completion");
        }
    }

    @Test
    @DisplayName("tells whoever completes a task without an answer what is lacking")
    void withoutAnAnswer() {
        tasks.claim(task.getId(), accountant);
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium);
            page.locator(".fjs-form input[type=radio]").last().waitFor();

            page.locator("button:has-text('Terminer')").last().click();

            assertThat(page.locator(".fjs-form-field-error"))
                    .hasText("Ce champ est obligatoire\u00a0: remplissez-le ou faites un choix.");
        }
    }

    @Test
    @DisplayName("says when a task is due by its date, and offers nothing to set that nobody may")
    void dates() {
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium);

            assertThat(page.locator("[cam-tasklist-task-meta] .due-date")).containsText(DATE_IN_FRENCH);
            assertThat(page.locator(".reset-due-date:visible, .followup-date:visible"))
                    .hasCount(0);
            look(page, "date-in-french");
        }
    }

    @Test
    @DisplayName("waits for its sentences, and never shows their keys")
    void sentencesFirst() {
        try (Chromium chromium = new Chromium()) {
            Page page = chromium.page("fr-CA");
            AtomicInteger late = new AtomicInteger();
            page.route("**/locales/*.json*", file -> {
                late.incrementAndGet();
                page.waitForTimeout(2_000);
                file.resume();
            });

            atTheTask(page);

            assertThat(page.getByPlaceholder("Filtrer les tâches")).isVisible();
            assertThat(page.locator("body")).not().containsText(KEY);
            org.assertj.core.api.Assertions.assertThat(late).hasPositiveValue();
        }
    }

    private Page atTheTask(Chromium chromium) {
        return atTheTask(chromium.page("fr-CA"));
    }

    private Page atTheTask(Page page) {
        Chromium.signIn(page, "http://localhost:" + port, accountant, People.PASSWORD);
        page.navigate("http://localhost:" + port + "/camunda/app/tasklist/default/");
        Locator listed = page.locator("li.task").first();
        assertThat(listed).containsText(client);
        listed.click();
        return page;
    }

    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
}
