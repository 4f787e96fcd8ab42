package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every call that could change something, made by people who may change nothing; afterwards the database holds what it held before. */
@BackOfficeTest
@DisplayName("No call changes anything")
class ChangingCallsTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    /** Ends a session, speaks of the reader alone, or belongs to a client with a link. */
    private static final Pattern OF_NO_CONSEQUENCE = Pattern.compile("/sign-out|/language|/answer/.*");

    @Autowired
    Accounts accounts;

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

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
    RequestMappingHandlerMapping requestMappingHandlerMapping;

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
    private Account client;
    private String key;
    private String victim;
    private Map<String, String> ids;

    @BeforeEach
    void givenACase() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        firm = SampleAccounts.firm("O" + number);
        another = SampleAccounts.firm("T" + number);
        client = SampleAccounts.split(firm, "1" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(another);
            accounts.save(List.of(client));
        });
        setUpIdentities.setUp();
        key = ((OpenTakeover.Opened) open.open(client.client().id(), "test"))
                .key()
                .text();
        victim = new People(identities).person("accountant", firm.id().text());
        ids = ids();
    }

    @Test
    @DisplayName("that an auditor makes, to the engine or to our pages")
    void auditor() throws IOException {
        changesNothing(new People(identities).person("auditor", null));
    }

    @Test
    @DisplayName("S48 that an accountant of another firm makes, knowing all ids")
    void accountantOfAnotherFirm() throws IOException {
        changesNothing(new People(identities).person("accountant", another.id().text()));
    }

    @Test
    @DisplayName("S48 and none tells an accountant of another firm anything of a client, a firm or its people")
    void tellsNothing() throws IOException {
        Visitor stranger = new Visitor(port)
                .signedInAs(
                        new People(identities).person("accountant", another.id().text()), People.PASSWORD);
        stranger.get(ENGINE + "/task/count");
        List<Call> calls = engineCalls(Set.of("GET", "POST"));

        for (Call call : calls) {
            HttpResponse<String> answer = call.method().equals("GET")
                    ? stranger.get(call.path())
                    : stranger.sendJson(call.method(), call.path(), "{}");
            assertThat(answer.body())
                    .as(call.method() + " " + call.path())
                    .doesNotContain(client.client().name(), firm.name(), victim + "\",\"firstName");
        }

        assertThat(calls).hasSizeGreaterThan(250);
    }

    private void changesNothing(String user) throws IOException {
        Visitor visitor = new Visitor(port).signedInAs(user, People.PASSWORD);
        visitor.get(ENGINE + "/task/count");
        Map<String, String> before = contents();
        List<Call> calls = Stream.concat(engineCalls(Set.of("POST", "PUT", "DELETE")).stream(), ourCalls().stream())
                .toList();
        List<String> accepted = new ArrayList<>();

        for (Call call : calls) {
            HttpResponse<String> answer = call.json() == null
                    ? visitor.post(call.path(), Map.of())
                    : visitor.sendJson(call.method(), call.path(), call.json());
            int status = answer.statusCode();
            assertThat(answer.body()).as(call.toString()).doesNotContain("\tat ", "\\tat ");
            if (status < 300) {
                accepted.add(call.method() + " " + call.path());
            }
        }

        assertThat(calls).hasSizeGreaterThan(180);
        Map<String, String> after = contents();
        after.entrySet().removeAll(before.entrySet());
        assertThat(after).as("changed by one of " + accepted).isEmpty();
        assertThat(visitor.get(ENGINE + "/task/count").statusCode()).isEqualTo(200);
    }

    /** What the engine's own description says that it can do. */
    private List<Call> engineCalls(Set<String> methods) throws IOException {
        List<Call> calls = new ArrayList<>();
        JsonNode description;
        try (InputStream json = getClass().getResourceAsStream("/openapi.json")) {
            description = new ObjectMapper().readTree(json);
        }
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String name = method.getKey().toUpperCase(Locale.ROOT);
                    if (methods.contains(name)) {
                        calls.add(new Call(
                                name,
                                ENGINE + filled(path.getKey()),
                                body(
                                                description,
                                                method.getValue()
                                                        .path("requestBody")
                                                        .path("content")
                                                        .path("application/json")
                                                        .path("schema"),
                                                "",
                                                0)
                                        .toString()));
                    }
                }));
        return calls;
    }

    private List<Call> ourCalls() {
        return requestMappingHandlerMapping.getHandlerMethods().keySet().stream()
                .filter(mapping -> mapping.getMethodsCondition().getMethods().contains(RequestMethod.POST))
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> !OF_NO_CONSEQUENCE.matcher(path).matches())
                .map(path -> new Call(
                        HttpMethod.POST.name(),
                        path.replace("{key}", key)
                                .replaceAll(
                                        "\\{(id|client|clientId)}",
                                        client.client().id().toString()),
                        null))
                .toList();
    }

    private String filled(String path) {
        String of = path.split("/")[1];
        return PARAMETER
                .matcher(path)
                .replaceAll(parameter -> Objects.requireNonNullElse(
                        ids.get(parameter.group(1).equals("id") ? of : parameter.group(1)), "x"));
    }

    /** A body with everything in it that the description names. */
    private JsonNode body(JsonNode description, JsonNode schema, String name, int depth) {
        ObjectMapper json = new ObjectMapper();
        if (schema.has("$ref")) {
            return body(description, description.at(schema.path("$ref").asText().substring(1)), name, depth);
        }
        if (schema.has("allOf")) {
            var all = json.createObjectNode();
            schema.path("allOf").forEach(each -> {
                if (body(description, each, name, depth) instanceof ObjectNode part) {
                    all.setAll(part);
                }
            });
            return all;
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0);
        }
        return switch (schema.path("type").asText()) {
            case "object" -> {
                var object = json.createObjectNode();
                if (depth < 3) {
                    schema.path("properties")
                            .properties()
                            .forEach(each -> object.set(
                                    each.getKey(), body(description, each.getValue(), each.getKey(), depth + 1)));
                }
                yield object;
            }
            case "array" -> json.createArrayNode().add(body(description, schema.path("items"), name, depth + 1));
            case "boolean" -> json.getNodeFactory().booleanNode(true);
            case "integer", "number" -> json.getNodeFactory().numberNode(1);
            case "string" -> json.getNodeFactory().textNode(ids.getOrDefault(name, "x"));
            default -> json.createObjectNode();
        };
    }

    private Map<String, String> ids() {
        var task = tasks.createTaskQuery().processInstanceBusinessKey(key).singleResult();
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
                .eventName("takeover.withdrawn")
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
        known.put("authenticatedUserPassword", People.PASSWORD);
        known.put("messageName", "takeover.withdrawn");
        known.put("activityId", task.getTaskDefinitionKey());
        known.put(
                "history",
                history.createHistoricTaskInstanceQuery()
                        .taskId(task.getId())
                        .singleResult()
                        .getId());
        return known;
    }

    /** Every table that people's work changes, and a digest of all that it holds. */
    private Map<String, String> contents() {
        Map<String, String> digests = new TreeMap<>();
        jdbc
                .sql("select table_name from information_schema.tables where table_schema = current_schema()")
                .query(String.class)
                .list()
                .stream()
                .filter(table -> !table.startsWith("act_ru_meter"))
                .forEach(table -> digests.put(
                        table,
                        jdbc.sql(
                                        "select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from "
                                                + table + " t")
                                .query(String.class)
                                .single()));
        return digests;
    }

    /** @param json null for a form of ours */
    private record Call(
            String method, String path, @Nullable String json) {}
}
