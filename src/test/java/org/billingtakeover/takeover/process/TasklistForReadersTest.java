package org.billingtakeover.takeover.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Pictures are under {@code target/screenshots}. */
@BackOfficeTest
@DisplayName("Tasklist")
class TasklistForReadersTest {

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    private final List<Task> reviews = new ArrayList<>();
    private Firm firm;
    private String accountant;

    @BeforeEach
    void givenAFirmThatSpeaksFrenchWithTwoReviews() {
        door.opens();
        firm = door.firm("R");
        identities.createTenantGroupMembership(firm.id().text(), "client-support");
        for (String digit : List.of("7", "8")) {
            reviews.add(door.task(door.opened(door.client(firm, digit))));
        }
        accountant = door.person("accountant", firm);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-CA | To review | : review new cost | Billing take-over | Integration stops | What the firm pays",
                "fr-CA | À examiner | : examiner le nouveau coût | Prise en charge de la facturation | Arrêt de l’intégration | Ce que paie le cabinet"
            })
    @DisplayName("names filters, tasks, processes and forms in the language of whoever reads, whatever the firm's")
    void inTheReadersLanguage(String language, String filter, String task, String process, String column, String form) {
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page(language), accountant, reviews.get(0));

            assertThat(page.locator("[cam-tasklist-filters]")).containsText(filter);
            assertThat(page.locator("li.task").first()).containsText(task);
            assertThat(page.locator("li.task").first()).containsText(process);
            assertThat(page.locator("li.task").first()).containsText(column);
            assertThat(page.locator(".fjs-form")).containsText(form);
            for (String place : List.of("[cam-tasklist-filters]", "li.task >> nth=0", "[cam-tasklist-task-meta]")) {
                assertThat(page.locator(place)).not().containsText(" / ");
            }
            look(page, "reader-" + language);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-CA | Questions that are open | : confirm or decline | Ask client",
                "fr-CA | Questions ouvertes | : confirmer ou refuser | Interroger le client"
            })
    @DisplayName("speaks the language of client support, too, and lets nobody take the client's own task")
    void ofSupport(String language, String filter, String task, String process) {
        Task question = asked(reviews.get(0));
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page(language), door.person("client-support", null), question);

            assertThat(page.locator("[cam-tasklist-filters]")).containsText(filter);
            assertThat(page.locator("[cam-tasklist-task]")).containsText(task);
            assertThat(page.locator("[cam-tasklist-task]")).containsText(process);
            assertThat(page.locator(".fjs-form"))
                    .containsText(Pattern.compile("The client answers on the page|Le client répond sur la page"));
            assertThat(page.locator(".back-office-actions a")).isVisible();
            assertThat(page.locator(
                            "[cam-tasklist-task-meta] .due-date:visible, [cam-tasklist-task-meta] .groups:visible"))
                    .hasCount(0);
            assertThat(page.locator(".back-office-actions button")).not().isVisible();
            look(page, "support-" + language);
        }
    }

    @Test
    @DisplayName("gives a task back, and lets a colleague take one over")
    void givenBackAndTakenOver() {
        Task review = reviews.get(0);
        tasks.claim(review.getId(), accountant);
        String colleague = door.person("accountant", firm);
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page("en-CA"), accountant, review);
            assertThat(page.locator(".back-office-actions button")).not().isVisible();
            page.locator(".unclaim").click();
            assertThat(page.locator("[ng-click='claim()']").first()).isVisible();
            page.locator("[ng-click='claim()']").first().click();
            assertThat(page.locator(".unclaim")).isVisible();

            Page other = atTheTask(chromium.page("en-CA"), colleague, review);
            assertThat(other.locator(".reset-assignee")).not().isVisible();
            look(other, "colleague-has-it");
            other.locator(".back-office-actions button").click();
            assertThat(other.locator(".unclaim")).isVisible();
            look(other, "taken-over");
        }
        assertThat(holder(review)).isEqualTo(colleague);
    }

    @Test
    @DisplayName("takes away a message that something failed once it has succeeded")
    void messageGoes() {
        Task review = reviews.get(0);
        tasks.claim(review.getId(), accountant);
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page("en-CA"), accountant, review);
            page.locator(".fjs-form input[type=radio]").last().check();
            AtomicBoolean fails = new AtomicBoolean(true);
            page.route("**/submit-form", route -> {
                if (fails.getAndSet(false)) {
                    route.fulfill(new Route.FulfillOptions()
                            .setStatus(500)
                            .setContentType("application/json")
                            .setBody("{\"type\":\"RestException\",\"message\":\"The network is down.\"}"));
                } else {
                    route.resume();
                }
            });
            Locator complete = page.locator("button:has-text('Complete')").last();
            complete.click();
            Locator message = page.locator(".page-notifications .alert-danger");
            assertThat(message).containsText("The network is down.");

            complete.click();

            assertThat(page.locator("li.task")).hasCount(1);
            assertThat(message).hasCount(0);
        }
    }

    @Test
    @DisplayName("asks before a form that was filled is left for another task")
    void leavingAFilledForm() {
        reviews.forEach(review -> tasks.claim(review.getId(), accountant));
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page("en-CA"), accountant, reviews.get(0));
            Locator another = page.locator("li.task:not(.active)").first();
            page.locator(".fjs-form input[type=radio]").last().check();
            List<String> asked = new ArrayList<>();
            AtomicBoolean leave = new AtomicBoolean();
            page.onDialog(dialog -> {
                asked.add(dialog.message());
                if (leave.get()) {
                    dialog.accept();
                } else {
                    dialog.dismiss();
                }
            });

            another.click();
            assertThat(asked).singleElement().asString().startsWith("You have filled in this form without sending it.");
            assertThat(page.url()).contains(reviews.get(0).getId());
            assertThat(page.locator(".fjs-form input[type=radio]").last()).isChecked();

            leave.set(true);
            another.click();
            page.waitForURL(Pattern.compile(".*" + reviews.get(1).getId() + ".*"));
            page.locator("li.task:not(.active)").first().click();
            page.waitForURL(Pattern.compile(".*" + reviews.get(0).getId() + ".*"));
            assertThat(asked).hasSize(2);
        }
    }

    @Test
    @DisplayName("shows what is due first, no control that always fails, and no stop date that no longer holds")
    void nothingThatMisleads() {
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page("en-CA"), accountant, reviews.get(0));
            assertThat(page.locator(".sorting-choice .sort-by")).hasText(new String[] {"Due date", "Created"});
            assertThat(page.locator("li.task").first()).containsText("June 30, 2026");
            page.locator(".sorting-choice .dropdown-toggle").first().click();
            assertThat(page.locator(".sorting-choice .dropdown-menu > li:visible"))
                    .hasText(new String[] {"Task name", "Assignee"});
            page.keyboard().press("Escape");
            assertThat(page.locator(
                            "[cam-tasklist-filters] .actions:visible, .followup-date:visible, .reset-due-date:visible"))
                    .hasCount(0);

            transaction.executeWithoutResult(
                    status -> jdbc.sql("update client set stop_date = '2026-02-20' where firm_id = ?")
                            .param(firm.id().text())
                            .update());
            page.reload();

            assertThat(page.locator("li.task").first()).containsText(": review new cost");
            assertThat(page.locator("li.task").first()).not().containsText("Integration stops");
            assertThat(page.locator("li.task").first()).containsText("A month");
        }
    }

    @Test
    @DisplayName("leads to the case of a task, and back to it once a task is done for which one came from there")
    void toTheCaseAndBack() {
        Task review = reviews.get(0);
        try (Chromium chromium = new Chromium()) {
            Page page = atTheTask(chromium.page("en-CA"), accountant, review);
            page.locator(".back-office-actions a").click();
            page.waitForURL("**/cases/*");
            look(page, "case-with-task");
            page.locator("form[action$='/task'] button").click();
            page.locator(".fjs-form input[type=radio]").last().check();
            page.locator("button:has-text('Complete')").last().click();
            page.waitForURL("**/cases/*");
            assertThat(page.locator("main header")).not().containsText("New cost to review");
        }
    }

    private Task asked(Task review) {
        String key = jdbc.sql("select business_key_ from act_ru_execution where id_ = ?")
                .param(review.getProcessInstanceId())
                .query(String.class)
                .single();
        door.firmTakesOver(key);
        return door.task(key);
    }

    private @Nullable String holder(Task task) {
        return tasks.createTaskQuery().taskId(task.getId()).singleResult().getAssignee();
    }

    private Page atTheTask(Page page, String who, Task task) {
        door.shows(page, who, "tasklist/default/#/?task=" + task.getId());
        page.locator(".fjs-form .fjs-form-field").first().waitFor();
        return page;
    }

    private static void look(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png")));
    }
}
