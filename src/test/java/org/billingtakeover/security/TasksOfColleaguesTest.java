package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("A task that somebody has taken")
class TasksOfColleaguesTest {

    private static final String TASKS = "/camunda/api/engine/engine/default/task/";

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
    Door door;

    private Firm firm;
    private Firm another;
    private String key;
    private Task task;
    private String holder;
    private Visitor holding;

    @BeforeEach
    void givenATakenTask() {
        door.opens();
        firm = door.firm("C");
        another = door.firm("D");
        Account client = door.client(firm, "2");
        setUpIdentities.setUp();
        key = door.opened(client);
        task = door.task(key);
        holder = door.person("accountant", firm);
        holding = door.inTheEngine(holder);
        assertThat(call(holding, "claim", holder)).isEqualTo(204);
    }

    @Test
    @DisplayName("is given back by whoever has it, and by nobody else; engine and trail keep who did")
    void givenBack() {
        Visitor colleague = door.inTheEngine("accountant", firm);

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
        String colleague = door.person("accountant", firm);
        Visitor visitor = door.inTheEngine(colleague);

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
                door.person("accountant", another),
                door.person("client-support", null),
                door.person("billing-operations", null),
                door.person("auditor", null),
                door.person("process-owner", null),
                door.person("camunda-admin", null))) {
            assertThat(call(door.inTheEngine(stranger), "assignee", stranger))
                    .as(stranger)
                    .isIn(400, 403, 404);
            assertThat(call(door.inTheEngine(stranger), "unclaim", null))
                    .as(stranger)
                    .isIn(400, 403, 404);
        }

        assertThat(holder()).isEqualTo(holder);
    }

    @Test
    @DisplayName("S54 and is the client's own is taken by nobody, whoever answers its telephone")
    void ofTheClient() {
        door.firmTakesOver(key);
        task = door.task(key);
        String support = door.person("client-support", null);

        assertThat(call(door.inTheEngine(support), "assignee", support)).isEqualTo(400);
        assertThat(call(door.inTheEngine(support), "unclaim", null)).isEqualTo(400);
        assertThat(call(door.inTheEngine(support), "claim", support)).isIn(400, 500);

        assertThat(holder()).isEqualTo("client");
    }

    @Test
    @DisplayName("is handed with all others to a colleague on our page, and to nobody who could not work on it")
    void handedOver() {
        String colleague = door.person("accountant", firm);
        String stranger = door.person("accountant", another);

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
        Visitor stranger = door.inTheEngine("accountant", another);
        assertThat(stranger.get("/tasks/" + task.getId() + "/case").statusCode())
                .isEqualTo(404);
        Visitor auditor = door.inTheEngine("auditor", null);
        assertThat(auditor.get("/tasks/" + task.getId() + "/case").statusCode()).isEqualTo(403);
        assertThat(auditor.get("/cases/" + key).body()).doesNotContain("Open the task", "Look at the task");

        String colleague = door.person("accountant", firm);
        Visitor looking = door.inTheEngine(colleague);
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
}
