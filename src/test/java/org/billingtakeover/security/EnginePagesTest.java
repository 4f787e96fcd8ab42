package org.billingtakeover.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What stands in {@code engine-calls.md} is enough for the engine's web applications, in the hands of each role. */
@BackOfficeTest
@DisplayName("No page of the engine's web applications makes a call that is refused")
class EnginePagesTest {

    /** Milliseconds without a new call, after which a page has nothing more to ask. */
    private static final int QUIET = 250;

    @Autowired
    OpenTakeover open;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    ManagementService management;

    @Autowired
    Door door;

    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final Set<Request> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger begun = new AtomicInteger();
    private Firm firm;
    private String reviewed;
    private Job failed;
    private Task question;

    @BeforeEach
    void givenACaseToReviewAndOneThatAsksItsClient() {
        door.opens();
        firm = door.firm("P");
        Account client = door.client(firm, "4");
        Account another = door.client(firm, "5");
        setUpIdentities.setUp();
        reviewed = door.opened(client);
        String asked = door.opened(another);
        door.firmTakesOver(asked);
        String asking = runtime.createProcessInstanceQuery()
                .processDefinitionKey("ask-client")
                .processInstanceBusinessKey(asked)
                .singleResult()
                .getId();
        failed = management
                .createJobQuery()
                .processInstanceId(asking)
                .activityId("BoundaryEvent_FirstReminder")
                .singleResult();
        management.setJobRetries(failed.getId(), 0);
        question = tasks.createTaskQuery().processInstanceId(asking).singleResult();
    }

    @Test
    @DisplayName("in Tasklist, where an accountant takes a task, leaves a note, looks at its tabs and completes it")
    void tasklist() {
        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, Role.ACCOUNTANT);
            show(page, "tasklist", "");
            page.locator("li.task").first().click();
            page.locator("[ng-click='claim()']").first().click();
            settle(page);
            page.locator("[ng-click='createComment()']").first().click();
            page.locator(".modal-body textarea").fill("Called the client");
            page.locator(".modal-footer .btn-primary").click();
            settle(page);
            int tabs = page.locator("[ng-click='selectTaskDetailTab(taskDetailTab)']")
                    .count();
            for (int tab = tabs - 1; tab >= 0; tab--) {
                page.locator("[ng-click='selectTaskDetailTab(taskDetailTab)']")
                        .nth(tab)
                        .click();
                settle(page);
            }
            page.locator(".fjs-form input[type=radio]").first().check();
            page.locator(".fjs-form input[type=checkbox]").first().check();
            page.locator("button:has-text('Complete')").last().click();
            settle(page);
            assertThat(page.locator("li.task")).hasCount(0);
        }
        assertThat(refused).isEmpty();
        assertThat(tasks.createTaskQuery()
                        .processInstanceBusinessKey(reviewed)
                        .taskDefinitionKey("UserTask_ReviewNewCost")
                        .count())
                .isZero();
    }

    @Test
    @DisplayName(
            "in Tasklist, where client support finds an open question and begins from there to record a call, and operations has none")
    void otherTasklists() {
        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, Role.CLIENT_SUPPORT);
            // Whatever other tests have left in the list, and taken of it.
            show(page, "tasklist", "#/?task=" + question.getId());
            settle(page);
            page.locator(".fjs-form a[href^='/cases/']").click();
            page.locator("button:has-text('Record an answer given by phone')").click();
            settle(page);
            assertThat(page.locator(".fjs-form input[type=radio]").first()).isEnabled();
            assertThat(page.locator(".fjs-form input[type=radio]")).hasCount(3);
            show(signedIn(chromium, Role.BILLING_OPERATIONS), "tasklist", "");
        }
        assertThat(refused).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"BILLING_OPERATIONS", "PROCESS_OWNER", "AUDITOR"})
    @DisplayName("in Cockpit, from the dashboard to a case and its tabs")
    void cockpit(Role role) {
        String definition = failed.getProcessDefinitionId();
        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, role);
            for (String place : List.of("#/dashboard", "#/processes", "#/decisions", "#/repository", "#/batch")) {
                show(page, "cockpit", place);
            }
            show(page, "cockpit", "#/process-definition/" + definition + "/runtime");
            assertThat(page.locator(".djs-container svg").first()).isVisible();
            tabs(page);
            show(page, "cockpit", "#/process-instance/" + failed.getProcessInstanceId() + "/runtime");
            tabs(page);
            if (role == Role.BILLING_OPERATIONS) {
                page.locator("ul.nav-tabs > li > a:has-text('Incidents')")
                        .first()
                        .click();
                page.locator("[ng-click='openJobRetryDialog(incident)']")
                        .first()
                        .click();
                page.locator(".modal-footer .btn-primary").first().click();
                settle(page);
                assertThat(management
                                .createJobQuery()
                                .jobId(failed.getId())
                                .singleResult()
                                .getRetries())
                        .isEqualTo(1);
            } else {
                String table = repository
                        .createDecisionDefinitionQuery()
                        .latestVersion()
                        .list()
                        .get(0)
                        .getId();
                show(page, "cockpit", "#/decision-definition/" + table);
            }
        }
        assertThat(refused).isEmpty();
    }

    @Test
    @DisplayName("in Admin, where an administrator looks at people, roles and firms")
    void admin() {
        String someone = door.person("auditor", null);
        try (Chromium chromium = new Chromium()) {
            Page page = signedIn(chromium, Role.ADMINISTRATOR);
            for (String place : List.of(
                    "#/",
                    "#/users",
                    "#/users/" + someone + "?tab=profile",
                    "#/users/" + someone + "?tab=account",
                    "#/users/" + someone + "?tab=groups",
                    "#/users/" + someone + "?tab=tenants",
                    "#/user-create",
                    "#/groups",
                    "#/groups/accountant?tab=users",
                    "#/tenants",
                    "#/tenants/" + firm.id() + "?tab=users",
                    "#/authorization")) {
                show(page, "admin", place);
            }
        }
        assertThat(refused).isEmpty();
    }

    private void tabs(Page page) {
        int tabs = page.locator("ul.nav-tabs > li > a").count();
        for (int tab = 0; tab < tabs; tab++) {
            page.locator("ul.nav-tabs > li > a").nth(tab).click();
            settle(page);
        }
    }

    private void show(Page page, String application, String place) {
        // What the page before still asks for is not answered any more.
        waiting.clear();
        page.navigate(door.origin() + "/camunda/app/" + application + "/default/" + place);
        settle(page);
    }

    private void settle(Page page) {
        int before;
        do {
            page.waitForCondition(() -> waiting.isEmpty());
            before = begun.get();
            page.waitForTimeout(QUIET);
        } while (begun.get() != before);
    }

    private Page signedIn(Chromium chromium, Role role) {
        String id = door.person(role.group(), role.reachesAllFirms() ? null : firm);
        Page page = chromium.page("en-CA");
        Chromium.signIn(page, door.origin(), id, Door.PASSWORD);

        page.onRequest(request -> {
            if (request.url().contains("/api/")) {
                waiting.add(request);
                begun.incrementAndGet();
            }
        });
        page.onRequestFailed(waiting::remove);
        page.onResponse(response -> {
            waiting.remove(response.request());
            if (response.status() >= 400) {
                refused.add(response.status() + " " + response.request().method() + " " + response.url() + " "
                        + response.request().postData());
            }
        });
        return page;
    }
}
