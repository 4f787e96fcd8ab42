package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("Access")
class AccessTest {

    private static final String TASKS = "/camunda/api/engine/engine/default/task";

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TasksOfLeavers tasksOfLeavers;

    @Autowired
    HistoryService history;

    @Autowired
    RepositoryService repository;

    @Autowired
    Door door;

    private Firm ours;
    private Firm theirs;
    private Account ourClient;
    private Account theirClient;
    private String ourKey;
    private String theirKey;

    @BeforeEach
    void givenTwoFirmsWithACaseEach() {
        door.opens();
        ours = door.firm("O");
        theirs = door.firm("T");
        ourClient = door.client(ours, "1");
        theirClient = door.client(theirs, "2");
        setUpIdentities.setUp();
        ourKey = door.opened(ourClient);
        theirKey = door.opened(theirClient);
    }

    @Test
    @DisplayName("is on the start, sign-in and answer pages for strangers, and nowhere else")
    void strangers() {
        Visitor stranger = door.stranger();

        assertThat(stranger.get("/sign-in").statusCode()).isEqualTo(200);
        for (String path :
                List.of("/clients", "/cases/" + ourKey, "/camunda/app/tasklist/default/", "/engine-rest/task")) {
            HttpResponse<String> refused = stranger.get(path);
            assertThat(refused.statusCode()).as(path).isEqualTo(302);
            assertThat(refused.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
        }
        assertThat(stranger.get(TASKS).statusCode()).isEqualTo(401);
    }

    @Test
    @DisplayName("takes the right password only")
    void wrongPassword() {
        Visitor stranger = door.stranger().signedInAs(door.person("accountant", ours), "wrong");

        assertThat(stranger.get("/clients").statusCode()).isEqualTo(302);
    }

    @Test
    @DisplayName("S48 to another firm's clients, cases and tasks is refused, as if they did not exist")
    void anotherFirm() {
        Visitor accountant = door.signedIn("accountant", ours);

        assertThat(accountant.get("/clients").body())
                .contains(ourClient.client().name());
        assertThat(accountant.get("/cases/" + ourKey).statusCode()).isEqualTo(200);
        assertThat(accountant.get(TASKS + "/" + taskOf(ourKey)).statusCode()).isEqualTo(200);
        assertThat(accountant.get(TASKS + "/" + taskOf(theirKey)).statusCode()).isEqualTo(404);
        assertThat(accountant.get("/clients?firm=" + theirs.id()).statusCode()).isEqualTo(404);
        String nobodysKey = "TKO-2026-99999";
        assertThat(withoutKey(accountant.get("/cases/" + theirKey).body(), theirKey))
                .isEqualTo(withoutKey(accountant.get("/cases/" + nobodysKey).body(), nobodysKey))
                .doesNotContain(theirClient.client().name(), theirs.name());
        assertThat(accountant.get("/cases/" + theirKey).statusCode()).isEqualTo(404);
        assertThat(accountant
                        .post("/clients/" + theirClient.client().id() + "/takeover", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(accountant.get(TASKS + "/" + taskOf(theirKey)).body())
                .doesNotContain(theirClient.client().name());
        assertThat(accountant.get(TASKS + "/" + taskOf(theirKey)).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(accountant
                        .postJson(TASKS + "/" + taskOf(theirKey) + "/complete", "{}")
                        .statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(tasks.createTaskQuery().taskId(taskOf(theirKey)).count()).isOne();
    }

    /** The page names its own address for the other language. */
    private static String withoutKey(String page, String key) {
        return page.replace(key, "KEY");
    }

    @Test
    @DisplayName("to a task is for the role whose task it is")
    void anotherRole() {
        for (String role : List.of("client-support", "auditor", "process-owner", "billing-operations")) {
            Visitor colleague = door.inTheEngine(role, null);

            assertThat(colleague.get(TASKS + "/" + taskOf(ourKey)).statusCode())
                    .as(role)
                    .isIn(403, 404);
            assertThat(colleague
                            .postJson(TASKS + "/" + taskOf(ourKey) + "/complete", "{}")
                            .statusCode())
                    .as(role)
                    .isIn(400, 403, 500);
        }
    }

    @Test
    @DisplayName("S45 to a task goes back to the group when its holder leaves, and the history stays")
    void leaver() {
        String leaver = door.person("accountant", ours);
        String colleague = door.person("accountant", ours);
        Visitor leaving = door.inTheEngine(leaver);
        leaving.postJson(TASKS + "/" + taskOf(ourKey) + "/claim", "{\"userId\":\"" + leaver + "\"}");
        tasks.setAssignee(taskOf(theirKey), door.person("accountant", theirs));
        tasksOfLeavers.giveBack();
        assertThat(holder(ourKey)).isEqualTo(leaver);

        identities.deleteUser(leaver);
        tasksOfLeavers.giveBack();

        assertThat(holder(ourKey)).isNull();
        assertThat(holder(theirKey)).isNotNull();
        Visitor staying = door.inTheEngine(colleague);
        assertThat(staying.postJson(TASKS + "/" + taskOf(ourKey) + "/claim", "{\"userId\":\"" + colleague + "\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(history.createUserOperationLogQuery()
                        .taskId(taskOf(ourKey))
                        .property("assignee")
                        .orderByTimestamp()
                        .asc()
                        .list())
                .extracting(UserOperationLogEntry::getNewValue)
                .containsExactly(leaver, null, colleague);
    }

    @Test
    @DisplayName("S45 to a task goes back to the group when its holder goes to another firm or role")
    void mover() {
        String mover = door.person("accountant", ours);
        tasks.setAssignee(taskOf(ourKey), mover);

        identities.deleteTenantUserMembership(ours.id().text(), mover);
        identities.createTenantUserMembership(theirs.id().text(), mover);
        tasksOfLeavers.giveBack();
        assertThat(holder(ourKey)).isNull();

        tasks.setAssignee(taskOf(theirKey), mover);
        identities.deleteMembership(mover, "accountant");
        identities.createMembership(mover, "client-support");
        tasksOfLeavers.giveBack();
        assertThat(holder(theirKey)).isNull();
    }

    @Test
    @DisplayName("to what runs is nobody's: no role deploys a diagram, whose expressions would run as code")
    void nobodyDeploys() {
        long before = repository.createDeploymentQuery().count();
        for (Role role : Role.values()) {
            identities.setAuthentication("somebody", List.of(role.group()));
            try {
                assertThatThrownBy(() -> repository
                                .createDeployment()
                                .addString("any.bpmn", "<definitions/>")
                                .deploy())
                        .as(role.group())
                        .isInstanceOf(AuthorizationException.class);
            } finally {
                identities.clearAuthentication();
            }
        }
        assertThat(repository.createDeploymentQuery().count()).isEqualTo(before);
    }

    @Test
    @DisplayName("to an own account ends at its password: the name stays, and the account")
    void ownAccount() {
        String id = door.person("auditor", null);
        Visitor auditor = door.inTheEngine(id);
        String account = "/camunda/api/engine/engine/default/user/" + id;

        assertThat(auditor.sendJson(
                                "PUT", account + "/profile", "{\"id\":\"%s\",\"firstName\":\"Alice\"}".formatted(id))
                        .statusCode())
                .isEqualTo(403);
        assertThat(auditor.sendJson("DELETE", account, "").statusCode()).isEqualTo(403);
        assertThat(auditor.sendJson(
                                "PUT",
                                account + "/credentials",
                                "{\"password\":\"Long-enough-4-me\",\"authenticatedUserPassword\":\"%s\"}"
                                        .formatted(Door.PASSWORD))
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "system", "System"})
    @DisplayName("is given to nobody by the name under which the trail keeps the client or the product")
    void namesOfTheTrail(String id) {
        User user = identities.newUser(id);
        user.setPassword("Long-enough-4-all");

        assertThatThrownBy(() -> identities.saveUser(user)).isInstanceOf(ProcessEngineException.class);
    }

    @Test
    @DisplayName("to a task is taken for oneself alone, and its comments and history are there")
    void taskOfOneself() {
        String id = door.person("accountant", ours);
        String colleague = door.person("accountant", ours);
        Visitor accountant = door.signedIn(id);
        String task = TASKS + "/" + taskOf(ourKey);
        accountant.get("/camunda/app/welcome/default/");

        assertThat(accountant
                        .postJson(task + "/claim", "{\"userId\":\"%s\"}".formatted(colleague))
                        .body())
                .contains("A task is taken by yourself");
        assertThat(holder(ourKey)).isNull();
        assertThat(accountant
                        .postJson(task + "/claim", "{\"userId\":\"%s\"}".formatted(id))
                        .statusCode())
                .isEqualTo(204);
        assertThat(accountant
                        .postJson(task + "/comment/create", "{\"message\":\"Called the client\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(accountant.get(task + "/comment").body()).contains("Called the client");
        assertThat(accountant
                        .get("/camunda/api/engine/engine/default/history/user-operation?taskId=" + taskOf(ourKey))
                        .body())
                .contains("\"operationType\":\"Claim\"");
    }

    @Test
    @DisplayName("is given to groups with names in both languages, also where an older release named them")
    void namesOfGroups() {
        Group older = identities.createGroupQuery().groupId("accountant").singleResult();
        older.setName("Accountants");
        identities.saveGroup(older);

        setUpIdentities.setUp();

        assertThat(identities
                        .createGroupQuery()
                        .groupId("accountant")
                        .singleResult()
                        .getName())
                .isEqualTo("Comptables / Accountants");
    }

    @Test
    @DisplayName("to groups tells of one's own")
    void groupsOfOthers() {
        String id = door.person("accountant", ours);
        Visitor accountant = door.inTheEngine(id);
        String groups = "/camunda/api/engine/engine/default/group";

        assertThat(accountant
                        .postJson(groups, "{\"member\":\"%s\"}".formatted(id))
                        .statusCode())
                .isEqualTo(200);
        assertThat(accountant.postJson(groups, "{\"member\":\"admin\"}").statusCode())
                .isEqualTo(403);
        assertThat(accountant.get(groups + "/count?member=admin").statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("to the engine's set-up is denied to everybody, even while there is no administrator")
    void setUpPath() {
        Visitor somebody = door.inTheEngine("auditor", null);
        String user = "{\"profile\":{\"id\":\"intruder\"},\"credentials\":{\"password\":\"Long-enough-77\"}}";
        List<String> administrators = identities.createUserQuery().memberOfGroup(Groups.CAMUNDA_ADMIN).list().stream()
                .map(User::getId)
                .toList();
        administrators.forEach(id -> identities.deleteMembership(id, Groups.CAMUNDA_ADMIN));
        try {
            for (Visitor visitor : List.of(somebody, door.stranger())) {
                assertThat(visitor.postJson("/camunda/api/admin/setup/default/user/create", user)
                                .statusCode())
                        .isIn(401, 403);
            }
            assertThat(identities.createUserQuery().userId("intruder").count()).isZero();
        } finally {
            administrators.forEach(id -> identities.createMembership(id, Groups.CAMUNDA_ADMIN));
        }
    }

    @Test
    @DisplayName("is not given where the engine's own sign-in is")
    void enginesSignIn() {
        Visitor admin = door.inTheEngine("admin");

        assertThat(admin.post(
                                "/camunda/api/admin/auth/user/default/login/admin",
                                Map.of("username", "admin", "password", Door.PASSWORD))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("is given and taken by an administrator, who has none to cases and tasks and makes no rights")
    void administrator() {
        String engine = "/camunda/api/engine/engine/default";
        String newcomer = "newcomer" + System.nanoTime();
        Visitor admin = door.signedIn("admin");
        assertThat(admin.get("/camunda/app/admin/default/").statusCode()).isEqualTo(200);
        admin.get("/camunda/app/welcome/default/");

        assertThat(admin.postJson(
                                engine + "/user/create",
                                "{\"profile\":{\"id\":\"" + newcomer
                                        + "\",\"firstName\":\"New\",\"lastName\":\"Comer\"},\"credentials\":{\"password\":\"Long-enough-4-all\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin.sendJson("PUT", engine + "/group/accountant/members/" + newcomer, "{}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(admin.sendJson("PUT", engine + "/tenant/" + ours.id() + "/user-members/" + newcomer, "{}")
                        .statusCode())
                .isEqualTo(204);
        Visitor accountant = door.stranger().signedInAs(newcomer, "Long-enough-4-all");
        assertThat(accountant.get("/clients").body())
                .contains(ourClient.client().name())
                .doesNotContain(theirClient.client().name());
        assertThat(accountant.get(TASKS + "/" + taskOf(ourKey)).statusCode()).isEqualTo(200);
        assertThat(accountant.get(TASKS + "/" + taskOf(theirKey)).statusCode()).isEqualTo(404);

        assertThat(admin.sendJson("DELETE", engine + "/user/" + newcomer, "").statusCode())
                .isEqualTo(204);
        assertThat(admin.get(TASKS + "/" + taskOf(ourKey)).statusCode()).isEqualTo(403);
        assertThat(admin.postJson(TASKS + "/" + taskOf(ourKey) + "/complete", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(admin.postJson(
                                engine + "/authorization/create",
                                "{\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"admin\",\"groupId\":null,\"resourceType\":8,\"resourceId\":\"*\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName("by a form needs the token of the page that it came with")
    void forgedForm() {
        Visitor accountant = door.signedIn("accountant", ours);

        assertThat(accountant.post("/cases/" + ourKey + "/withdraw", Map.of()).statusCode())
                .as("the token of the page before sign-in")
                .isEqualTo(403);
        assertThat(accountant.post("/cases/" + ourKey + "/withdraw", Map.of()).body())
                .contains("This page was open for too long", "You may well do this")
                .doesNotContain("Your role does not include it");
        assertThat(accountant.get("/audit").body())
                .contains("Your role does not include it")
                .doesNotContain("open for too long");
        accountant.get("/cases/" + ourKey);
        assertThat(accountant.post("/cases/" + ourKey + "/withdraw", Map.of()).statusCode())
                .isEqualTo(302);
        assertThat(accountant.get("/cases/" + ourKey).body()).contains("Withdrawn");
    }

    @Test
    @DisplayName("ends everywhere when somebody signs out in Tasklist")
    void signOut() {
        Visitor accountant = door.signedIn("accountant", ours);
        accountant.get("/camunda/app/welcome/default/");

        assertThat(accountant
                        .postJson("/camunda/api/admin/auth/user/default/logout", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(accountant.get(TASKS).statusCode()).isEqualTo(401);
        assertThat(accountant.get("/clients").statusCode()).isEqualTo(302);
    }

    private String taskOf(String key) {
        return door.task(key).getId();
    }

    private @Nullable String holder(String key) {
        return tasks.createTaskQuery().taskId(taskOf(key)).singleResult().getAssignee();
    }
}
