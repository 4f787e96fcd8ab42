package org.billingtakeover.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("Tasklist in French")
class TasklistInFrenchTest {

    /** Tasklist reads its tasks after its page. */
    private static final Pattern DATE_IN_FRENCH = Pattern.compile("1\\savr\\.\\s2026");

    /** Such as SEARCH_PLACEHOLDER. */
    private static final Pattern KEY = Pattern.compile("\\b[A-Z]{3,}_[A-Z_]{3,}\\b");

    @Autowired
    Withdraw withdraw;

    @Autowired
    TaskService tasks;

    @Autowired
    Door door;

    private String accountant;
    private String colleague;
    private String client;
    private String key;
    private Task task;

    @BeforeEach
    void givenATaskOfTwoColleagues() {
        door.opens();
        Firm firm = door.firm("L");
        Account account = door.client(firm, "6");
        key = door.opened(account);
        task = door.task(key);
        client = account.client().name();
        accountant = door.person("accountant", firm);
        colleague = door.person("accountant", firm);
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
        door.shows(page, accountant, "tasklist/default/");
        Locator listed = page.locator("li.task").first();
        assertThat(listed).containsText(client);
        listed.click();
        return page;
    }

    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
}
