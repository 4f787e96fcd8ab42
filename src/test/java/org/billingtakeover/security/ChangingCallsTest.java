package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every call that could change something, made by everybody with all ids at hand; afterwards the database holds what it held before. */
@BackOfficeTest
@DisplayName("No call changes anything")
class ChangingCallsTest {

    private static final String NOTHING = "";

    /** What each caller's own visit changes: the session, and for auditors the last verification. */
    private static final String OWN = "act_ru_meter.*|spring_session.*|session_renewal|verification";

    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /** Ends a session, speaks of the reader alone, or belongs to a client with a link. */
    private static final Pattern OF_NO_CONSEQUENCE = Pattern.compile("/sign-out|/language|/answer/.*");

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    AuthorizationService authorizations;

    @Autowired
    FilterService filters;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    StaffAccounts staff;

    @Autowired
    ServletContext servlets;

    @Autowired
    RequestMappingHandlerMapping requestMappingHandlerMapping;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Door door;

    private Firm firm;
    private Firm another;
    private Account client;
    private String key;
    private String victim;
    private Map<String, String> ids;

    @BeforeEach
    void givenACase() {
        door.opens();
        firm = door.firm("O");
        another = door.firm("T");
        client = door.client(firm, "1");
        setUpIdentities.setUp();
        key = door.opened(client);
        victim = door.person("accountant", firm);
        ids = ids();
    }

    @Test
    @DisplayName("S54 that an accountant of the case's own firm makes, but for who has its task, and notes")
    void accountant() throws Exception {
        changesNothingBut(
                door.person("accountant", firm),
                "act_hi_(op_log|comment|taskinst|actinst|identitylink)|audit_.*",
                "act_ru_task",
                "- 'assignee_' - 'task_state_'");
    }

    @Test
    @DisplayName("S54 that client support makes")
    void clientSupport() throws Exception {
        changesNothingBut(door.person("client-support", null), NOTHING, NOTHING, "");
    }

    @Test
    @DisplayName("S54 that billing operations makes, but for retries")
    void billingOperations() throws Exception {
        changesNothingBut(
                door.person("billing-operations", null), "act_hi_op_log|audit_.*", "act_ru_job", "- 'retries_'");
    }

    @Test
    @DisplayName("S54 that a process owner makes")
    void processOwner() throws Exception {
        changesNothingBut(door.person("process-owner", null), NOTHING, NOTHING, "");
    }

    @Test
    @DisplayName("S54 that an auditor makes, to the engine or to our pages")
    void auditor() throws Exception {
        changesNothingBut(door.person("auditor", null), NOTHING, NOTHING, "");
    }

    @Test
    @DisplayName("S54 that an administrator makes, but for people and where they belong")
    void administrator() throws Exception {
        changesNothingBut(
                door.person("camunda-admin", null),
                "act_id_(user|membership|tenant_member|info)|act_ru_authorization|act_hi_op_log|audit_.*",
                NOTHING,
                "");
    }

    @Test
    @DisplayName("S54 that somebody without any role makes")
    void nobody() throws Exception {
        String nobody = door.person("auditor", null);
        identities.deleteMembership(nobody, "auditor");
        changesNothingBut(nobody, NOTHING, NOTHING, "");
    }

    @Test
    @DisplayName("S48 S54 that an accountant of another firm makes, knowing all ids")
    void accountantOfAnotherFirm() throws Exception {
        changesNothingBut(door.person("accountant", another), NOTHING, NOTHING, "");
    }

    @Test
    @DisplayName("S48 and none tells an accountant of another firm anything of a client, a firm or its people")
    void tellsNothing() throws Exception {
        Visitor stranger = door.inTheEngine("accountant", another);

        for (EngineApi.Call call : new EngineApi(servlets).calls()) {
            HttpResponse<String> answer = stranger.sendJson(call.method(), filled(call.path()), "{}");
            assertThat(answer.body())
                    .as(call.toString())
                    .doesNotContain(client.client().name(), firm.name(), victim + "\",\"firstName");
        }
    }

    @Test
    @DisplayName("and every line of the list is a call that the engine has")
    void noDeadLines() throws Exception {
        List<Pattern> known = new EngineApi(servlets)
                .calls().stream()
                        .map(call -> Pattern.compile(PARAMETER
                                .matcher(call.toString())
                                .replaceAll(parameter -> parameter.group(1).contains(":") ? ".+" : "[^/]+")))
                        .toList();
        List<String> lines = EngineCall.lines();

        assertThat(lines)
                .hasSizeGreaterThan(100)
                .allSatisfy(line -> assertThat(known)
                        .anyMatch(call -> call.matcher(line.replaceFirst(" ", " /camunda/api/"))
                                .matches()));
    }

    /**
     * @param tables those that the calls of this person may change, as an expression
     * @param table one that they may change in part
     * @param part what of it, taken away from a row in JSON
     */
    private void changesNothingBut(String user, String tables, String table, String part) throws Exception {
        Visitor visitor = door.inTheEngine(user);
        StaffMember member = staff.find(user).orElseThrow();
        List<EngineCall> open = EngineCall.all("default");
        Map<String, String> before = contents(table, part);
        List<String> accepted = new ArrayList<>();
        Set<EngineApi.Call> calls = new EngineApi(servlets).calls();

        for (EngineApi.Call call : calls) {
            String path = filled(call.path());
            boolean listed = open.stream()
                    .anyMatch(line -> line.isFor(member, call.method(), path.substring("/camunda/api/".length())));
            boolean ends = path.endsWith("/logout");
            if (call.method().equals("GET") || ends) {
                continue;
            }
            for (String body : call.bodies(ids)) {
                HttpResponse<String> answer = visitor.sendJson(call.method(), path, body);
                assertThat(answer.body()).as(call + " " + body).doesNotContain("\tat ", "\\tat ");
                if (!listed) {
                    assertThat(answer.statusCode()).as("%s by %s", call, user).isEqualTo(403);
                } else if (answer.statusCode() < 300) {
                    accepted.add(call + " " + body);
                }
            }
        }
        for (String path : tables.isEmpty() ? ourPaths() : List.<String>of()) {
            visitor.get("/");
            if (visitor.post(path, Map.of()).statusCode() < 300) {
                accepted.add(path);
            }
        }

        assertThat(calls).hasSizeGreaterThan(400);
        Map<String, String> after = contents(table, part);
        after.entrySet().removeAll(before.entrySet());
        after.keySet().removeIf(changed -> changed.matches(tables));
        assertThat(after).as("changed by one of " + accepted).isEmpty();
    }

    private List<String> ourPaths() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> !OF_NO_CONSEQUENCE.matcher(path).matches())
                .map(path -> path.replace("{key}", key)
                        .replace("{firm}", firm.id().text())
                        .replaceAll(
                                "\\{(id|client|clientId)}", client.client().id().toString()))
                .toList();
    }

    /** With the ids of the case in it, each where it belongs. */
    private String filled(String path) {
        String of = path.replaceFirst(".*\\{name}/", "").split("/")[0];
        return PARAMETER.matcher(path).replaceAll(parameter -> {
            String name = parameter.group(1).split(":")[0].strip();
            return name.equals("name") || name.equals("engineName")
                    ? "default"
                    : Objects.requireNonNullElse(ids.get(name.equals("id") ? of : name), "x");
        });
    }

    private Map<String, String> ids() {
        var task = door.task(key);
        var definition = repository.getProcessDefinition(task.getProcessDefinitionId());
        var decision = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("deadlines")
                .latestVersion()
                .list()
                .get(0);
        String job = management.createJobQuery().timers().list().get(0).getId();
        Map<String, String> known = new LinkedHashMap<>();
        known.put("task", task.getId());
        known.put("taskId", task.getId());
        known.put("process-instance", task.getProcessInstanceId());
        known.put("processInstanceId", task.getProcessInstanceId());
        known.put("processInstanceIds", task.getProcessInstanceId());
        String waiting = runtime.createEventSubscriptionQuery()
                .processInstanceId(task.getProcessInstanceId())
                .eventName("takeover.endedEarly")
                .singleResult()
                .getExecutionId();
        known.put("execution", waiting);
        known.put("executionId", waiting);
        known.put(
                "authorization",
                authorizations.createAuthorizationQuery().list().get(0).getId());
        known.put("permissions", "ALL");
        known.put("resourceId", "*");
        known.put("filter", filters.createFilterQuery().list().get(0).getId());
        known.put("process-definition", definition.getId());
        known.put("processDefinitionId", definition.getId());
        known.put("processDefinitionKey", definition.getKey());
        known.put("key", definition.getKey());
        known.put("decision-definition", decision.getId());
        known.put("deployment", definition.getDeploymentId());
        known.put("deploymentId", definition.getDeploymentId());
        known.put("job", job);
        known.put("jobIds", job);
        known.put(
                "job-definition",
                management.createJobDefinitionQuery().list().get(0).getId());
        known.put("user", victim);
        known.put("userId", victim);
        known.put("group", "accountant");
        known.put("groupId", "accountant");
        known.put("tenant", firm.id().text());
        known.put("tenant-id", firm.id().text());
        known.put("tenantId", firm.id().text());
        known.put("businessKey", key);
        known.put("varName", "decision");
        known.put("authenticatedUserPassword", Door.PASSWORD);
        known.put("messageName", "takeover.endedEarly");
        known.put("activityId", task.getTaskDefinitionKey());
        known.put(
                "history",
                history.createHistoricTaskInstanceQuery()
                        .taskId(task.getId())
                        .singleResult()
                        .getId());
        return known;
    }

    /** Every table, and a digest of all that it holds. */
    private Map<String, String> contents(String inPart, String part) {
        Map<String, String> digests = new TreeMap<>();
        jdbc
                .sql("select table_name from information_schema.tables where table_schema = current_schema()")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> !table.matches(OWN))
                .forEach(table -> digests.put(
                        table,
                        jdbc.sql(
                                        "select count(*) || ' ' || coalesce(md5(string_agg(md5(row), '' order by md5(row))), '') from (select (to_jsonb(t) - 'rev_' - 'last_updated_' %s)::text as row from %s t) rows"
                                                .formatted(table.equals(inPart) ? part : "", table))
                                .query(String.class)
                                .single()));
        return digests;
    }
}
