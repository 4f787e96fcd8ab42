package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("A task that somebody has taken")
class TasksOfColleaguesTest {

    private static final String TASKS = "/camunda/api/engine/engine/default/task/";

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TaskService tasks;

    @Autowired
    HistoryService history;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private Firm firm;
    private Firm another;
    private String key;
    private Task task;
    private String holder;
    private Visitor holding;

    @BeforeEach
    void givenATakenTask() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        firm = SampleAccounts.firm("C" + number);
        another = SampleAccounts.firm("D" + number);
        Account client = SampleAccounts.split(firm, "2" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(another);
            accounts.save(List.of(client));
        });
        setUpIdentities.setUp();
        key = ((OpenTakeover.Opened) open.open(client.client().id(), "test"))
                .key()
                .text();
        task = tasks.createTaskQuery().processInstanceBusinessKey(key).singleResult();
        holder = person("accountant", firm);
        holding = visitor(holder);
        assertThat(call(holding, "claim", holder)).isEqualTo(204);
    }

    @Test
    @DisplayName("is given back by whoever has it, and by nobody else; engine and trail keep who did")
    void givenBack() {
        Visitor colleague = visitor(person("accountant", firm));

        HttpResponse<String> refused = colleague.postJson(TASKS + task.getId() + "/unclaim", "{}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("A task is given back by whoever has it.");
        assertThat(holder()).isEqualTo(holder);

        assertThat(holding.postJson(TASKS + task.getId() + "/unclaim", "{}").statusCode())
                .isEqualTo(204);
        assertThat(holder()).isNull();
        assertThat(operations()).contains("Assign " + holder + " null by " + holder);
        assertThat(trail()).contains("\"after\":null,\"before\":\"" + holder + "\"", "\"operation\":\"Assign\"");
    }

    @Test
    @DisplayName(
            "is taken over by a colleague of the same firm and role, for oneself alone; engine and trail keep who did")
    void takenOver() {
        String colleague = person("accountant", firm);
        Visitor visitor = visitor(colleague);

        assertThat(visitor.postJson(TASKS + task.getId() + "/assignee", "{\"userId\":\"" + holder + "\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(call(visitor, "assignee", colleague)).isEqualTo(204);

        assertThat(holder()).isEqualTo(colleague);
        assertThat(operations()).contains("Assign " + holder + " " + colleague + " by " + colleague);
        assertThat(trail()).contains("\"after\":\"" + colleague + "\",\"before\":\"" + holder + "\"");
    }

    @Test
    @DisplayName("S48 S54 is taken over by nobody of another firm or role")
    void takenOverByNobodyElse() {
        for (String stranger : List.of(
                person("accountant", another),
                person("client-support", null),
                person("billing-operations", null),
                person("auditor", null),
                person("process-owner", null),
                person("camunda-admin", null))) {
            assertThat(call(visitor(stranger), "assignee", stranger))
                    .as(stranger)
                    .isIn(400, 403, 404);
            assertThat(call(visitor(stranger), "unclaim", null)).as(stranger).isIn(400, 403, 404);
        }

        assertThat(holder()).isEqualTo(holder);
    }

    @Test
    @DisplayName("S54 and is the client's own is taken by nobody, whoever answers its telephone")
    void ofTheClient() {
        String quote = jdbc.sql("select quote_number from takeover where key = ?")
                .param(key)
                .query(String.class)
                .single();
        tasks.complete(task.getId(), Map.of("decision", "takeOver", "acknowledged", true, "quoteNumber", quote));
        task = tasks.createTaskQuery().processInstanceBusinessKey(key).singleResult();
        String support = person("client-support", null);

        assertThat(call(visitor(support), "assignee", support)).isEqualTo(400);
        assertThat(call(visitor(support), "unclaim", null)).isEqualTo(400);
        assertThat(call(visitor(support), "claim", support)).isIn(400, 500);

        assertThat(holder()).isEqualTo("client");
    }

    @Test
    @DisplayName("is handed with all others to a colleague on our page, and to nobody who could not work on it")
    void handedOver() {
        String colleague = person("accountant", firm);
        String stranger = person("accountant", another);

        String page = holding.get("/tasks/hand-over").body();
        assertThat(page)
                .contains("You have taken 1 task.", "value=\"" + colleague + "\"")
                .doesNotContain(stranger, "value=\"" + holder + "\"");
        holding.post("/tasks/hand-over", Map.of("colleague", stranger));
        assertThat(holding.get("/tasks/hand-over").body()).contains("Choose a colleague of your role and your firm.");
        assertThat(holder()).isEqualTo(holder);

        holding.post("/tasks/hand-over", Map.of("colleague", colleague));

        assertThat(holding.get("/tasks/hand-over").body()).contains("now has 1 task of yours.");
        assertThat(holder()).isEqualTo(colleague);
        assertThat(operations()).contains("Assign " + holder + " " + colleague + " by " + holder);
        assertThat(trail()).contains("\"after\":\"" + colleague + "\",\"before\":\"" + holder + "\"");
    }

    @Test
    @DisplayName("leads to its case, and the case to it; neither to strangers")
    void fromCaseToTask() {
        assertThat(holding.get("/tasks/" + task.getId() + "/case").headers().firstValue("Location"))
                .hasValue("/cases/" + key);
        assertThat(holding.get("/cases/" + key).body()).contains("Open the task");
        assertThat(holding.post("/cases/" + key + "/task", Map.of()).headers().firstValue("Location"))
                .hasValue("/camunda/app/tasklist/default/?from=case#/?task=" + task.getId());
        Visitor stranger = visitor(person("accountant", another));
        assertThat(stranger.get("/tasks/" + task.getId() + "/case").statusCode())
                .isEqualTo(404);
        Visitor auditor = visitor(person("auditor", null));
        assertThat(auditor.get("/tasks/" + task.getId() + "/case").statusCode()).isEqualTo(403);
        assertThat(auditor.get("/cases/" + key).body()).doesNotContain("Open the task", "Look at the task");

        String colleague = person("accountant", firm);
        Visitor looking = visitor(colleague);
        assertThat(looking.get("/cases/" + key).body()).contains(holder + " has the task of this case.");
        looking.post("/cases/" + key + "/task", Map.of());
        assertThat(holder()).isEqualTo(holder);
    }

    @Test
    @DisplayName("is named, as its process, filter and columns are, in the language chosen on our pages")
    void named() {
        String task = TASKS + this.task.getId();
        assertThat(holding.get(task).body()).contains(": review new cost\"", "See the new cost");
        assertThat(holding.get(task + "/form").body()).contains("\"key\":\"review-new-cost.en\"");
        assertThat(holding.get("/camunda/api/engine/engine/default/filter?itemCount=false")
                        .body())
                .contains("\"name\":\"To review\"", "\"label\":\"Integration stops\"");

        holding.get("/?lang=fr");

        assertThat(holding.get(task).body()).contains("\u00a0: examiner le nouveau coût\"", "Voyez le nouveau coût");
        assertThat(holding.get(task + "/form").body()).contains("\"key\":\"review-new-cost.fr\"");
        assertThat(holding.get(task + "/deployed-form").body()).contains("Ce que paie le cabinet");
        assertThat(holding.get("/camunda/api/engine/engine/default/filter?itemCount=false")
                        .body())
                .contains("\"name\":\"À examiner\"", "\"label\":\"Arrêt de l’intégration\"")
                .doesNotContain("To review");
        assertThat(holding.postJson(task + "/assignee", "{\"userId\":\"" + "x" + "\"}")
                        .body())
                .doesNotContain("This call");
    }

    @Test
    @DisplayName("of an earlier version, named in its firm's language, is named in the reader's")
    void namedBefore() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update act_ru_task set name_ = ?, description_ = ? where id_ = ?")
                        .params("Café Nord\u00a0: examiner le nouveau coût", "Voyez", task.getId())
                        .update());

        assertThat(holding.get(TASKS + task.getId()).body())
                .contains("\"name\":\"Café Nord: review new cost\"", "\"key\":\"review-new-cost.en\"");
    }

    private @Nullable String holder() {
        return tasks.createTaskQuery().taskId(task.getId()).singleResult().getAssignee();
    }

    private List<String> operations() {
        return history.createUserOperationLogQuery().taskId(task.getId()).property("assignee").list().stream()
                .map(each -> each.getOperationType() + " " + each.getOrgValue() + " " + each.getNewValue() + " by "
                        + each.getUserId())
                .toList();
    }

    private String trail() {
        return String.join(
                "\n",
                jdbc.sql("select document from audit_entry where case_key = ? order by number")
                        .param(key)
                        .query(String.class)
                        .list());
    }

    private int call(Visitor visitor, String call, @Nullable String user) {
        return visitor.postJson(
                        TASKS + task.getId() + "/" + call, user == null ? "{}" : "{\"userId\":\"" + user + "\"}")
                .statusCode();
    }

    private String person(String group, @Nullable Firm at) {
        return new People(identities).person(group, at == null ? null : at.id().text());
    }

    private Visitor visitor(String id) {
        Visitor visitor = new Visitor(port).signedInAs(id, People.PASSWORD);
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }
}
