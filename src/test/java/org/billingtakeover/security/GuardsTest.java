package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BackOfficeTest
@DisplayName("Somebody who may work on a task")
class GuardsTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";
    private static final List<String> FOREIGN = List.of("decision", "clientAnswer", "switchAt", "outcome");

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    private Firm firm;
    private Visitor accountant;
    private Task task;

    @BeforeEach
    void givenATask() {
        door.opens();
        firm = door.firm("G");
        setUpIdentities.setUp();
        task = door.task(door.opened(door.client(firm, "3")));
        String id = door.person("accountant", firm);
        accountant = door.inTheEngine(id);
        assertThat(accountant
                        .postJson(ENGINE + "/task/" + task.getId() + "/claim", "{\"userId\":\"" + id + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    static Stream<String> foreign() {
        return FOREIGN.stream();
    }

    @ParameterizedTest
    @MethodSource("foreign")
    @DisplayName("sets no variable of the case beside the form")
    void variables(String name) {
        Map<String, Object> before = runtime.getVariables(task.getProcessInstanceId());
        String value = "{\"value\":\"forged\",\"type\":\"String\"}";
        String map = "{\"modifications\":{\"" + name + "\":" + value + "}}";
        String onTask = ENGINE + "/task/" + task.getId();
        String onCase = ENGINE + "/process-instance/" + task.getProcessInstanceId();
        String onStep = ENGINE + "/execution/" + task.getExecutionId();

        for (String owner : List.of(
                onTask + "/variables", onTask + "/localVariables", onCase + "/variables", onStep + "/localVariables")) {
            assertRefused(accountant.sendJson("PUT", owner + "/" + name, value), owner);
            assertRefused(accountant.postJson(owner, map), owner);
            assertRefused(accountant.sendJson("DELETE", owner + "/" + name, ""), owner);
        }
        assertRefused(
                accountant.postJson(
                        ENGINE + "/message",
                        "{\"messageName\":\"takeover.withdrawn\",\"processInstanceId\":\"" + task.getProcessInstanceId()
                                + "\",\"processVariables\":{\"" + name + "\":" + value + "}}"),
                "/message");
        assertThat(runtime.getVariables(task.getProcessInstanceId())).isEqualTo(before);
        assertStillWaiting();
    }

    @ParameterizedTest
    @ValueSource(strings = {"complete", "submit-form"})
    @DisplayName("sends nothing with it that its form does not send")
    void completion(String action) {
        for (String name : List.of("clientAnswer", "switchAt", "outcome")) {
            HttpResponse<String> refused = accountant.postJson(
                    ENGINE + "/task/" + task.getId() + "/" + action,
                    "{\"variables\":{\"" + name + "\":{\"value\":\"forged\",\"type\":\"String\"}}}");
            assertRefused(refused, action + " " + name);
            assertThat(refused.body()).contains("\"message\":\"This task does not take a value called “" + name + "”.");
        }
        assertStillWaiting();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bpmnError", "bpmnEscalation"})
    @DisplayName("does not end it as an error or an escalation, which no form does")
    void errors(String kind) {
        assertRefused(
                accountant.postJson(
                        ENGINE + "/task/" + task.getId() + "/" + kind,
                        "{\"errorCode\":\"forged\",\"escalationCode\":\"forged\",\"variables\":{\"decision\":{\"value\":\"takeOver\",\"type\":\"String\"}}}"),
                kind);
        assertStillWaiting();
    }

    @Test
    @DisplayName("sends no serialized Java object")
    void serializedObjects() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new java.util.ArrayList<>(List.of("x")));
        }
        String object = "{\"variables\":{\"decision\":{\"type\":\"Object\",\"value\":\""
                + Base64.getEncoder().encodeToString(bytes.toByteArray())
                + "\",\"valueInfo\":{\"objectTypeName\":\"java.util.ArrayList\","
                + "\"serializationDataFormat\":\"application/x-java-serialized-object\"}}}}";

        for (String action : List.of("complete", "submit-form")) {
            HttpResponse<String> refused = accountant.postJson(ENGINE + "/task/" + task.getId() + "/" + action, object);
            assertRefused(refused, action);
            assertThat(refused.body()).contains("variables.decision.valueInfo");
        }
        assertThatThrownBy(() -> inEngine("java.util.ArrayList", Variables.SerializationDataFormats.JAVA, "x"))
                .hasMessageContaining("Java serialization format is prohibited");
        assertStillWaiting();
    }

    @Test
    @DisplayName("names no class that JSON would be read into")
    void typedObjects() {
        String object = "{\"variables\":{\"decision\":{\"type\":\"Object\",\"value\":\"\\\"/etc/some-file\\\"\","
                + "\"valueInfo\":{\"objectTypeName\":\"java.io.File\","
                + "\"serializationDataFormat\":\"application/json\"}}}}";

        HttpResponse<String> refused = accountant.postJson(ENGINE + "/task/" + task.getId() + "/complete", object);
        assertRefused(refused, "complete");
        assertThat(refused.body()).contains("variables.decision.valueInfo");
        assertStillWaiting();
    }

    /** Past the rules for people. */
    private void inEngine(String type, Variables.SerializationDataFormats format, String value) {
        runtime.setVariable(
                task.getProcessInstanceId(),
                "forged",
                Variables.serializedObjectValue(value)
                        .objectTypeName(type)
                        .serializationDataFormat(format)
                        .create());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "//evil.example/",
                "//evil.example/..",
                "//evil.example/%2e%2e",
                "/%5cevil.example",
                "/camunda//evil.example",
                "/camunda//evil.example/",
                "/camunda/%2f/evil.example",
                "/camunda/app//evil.example",
                "/camunda/app/tasklist//evil.example",
                "/camunda/app/tasklist//evil.example/..",
                "/camunda/app/tasklist/%2f%2fevil.example",
                "//evil.example/camunda/app/tasklist",
                "/camunda/app/tasklist;//evil.example",
                "/?lang=//evil.example",
                "/sign-in?continue=https://evil.example",
            })
    @DisplayName("is never sent to another host, nor is a stranger")
    void redirects(String path) {
        for (Visitor visitor : List.of(accountant, door.stranger())) {
            HttpResponse<String> answer = visitor.get(path);

            assertThat(answer.statusCode()).isLessThan(500);
            assertThat(answer.headers().allValues("Location"))
                    .allSatisfy(location -> assertThat(location)
                            .matches("(http://localhost:" + port + ")?/([^/\\\\].*)?")
                            .doesNotContain("//evil", "\\"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api;/engine/engine/default/task",
                "/camunda/app/..;/api/engine/engine/default/task",
                "/clients;x=1"
            })
    @DisplayName("are not led astray by parameters in a path, which are refused")
    void parametersInPath(String path) {
        for (Visitor visitor : List.of(accountant, door.stranger())) {
            assertThat(visitor.get(path).statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/engine-rest",
                "/engine-rest/",
                "/engine-rest/task",
                "/engine-rest/engine/default/task",
                "/engine-rest/history/task",
                "/rest/task",
                "/actuator",
                "/actuator/env",
                "/h2-console",
            })
    @DisplayName("finds no second door, nor does a stranger")
    void secondDoors(String path) {
        assertThat(accountant.get(path).statusCode()).isEqualTo(404);
        HttpResponse<String> stranger = door.stranger().get(path);
        assertThat(stranger.statusCode()).isEqualTo(302);
        assertThat(stranger.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
    }

    @Test
    @DisplayName("is told in their own words that somebody else has taken the task, or that it is done")
    void tooLate() {
        String other = door.person("accountant", firm);
        Visitor colleague = door.inTheEngine(other);
        String claim = "{\"userId\":\"" + other + "\"}";

        HttpResponse<String> taken = colleague.postJson(ENGINE + "/task/" + task.getId() + "/claim", claim);
        assertThat(taken.statusCode()).isEqualTo(400);
        assertThat(taken.body())
                .contains("\"message\":\"Somebody else has taken this task before you. Nothing was recorded.");
        assertThat(tasks.createTaskQuery().taskId(task.getId()).singleResult().getAssignee())
                .isNotEqualTo(other);

        for (String action : List.of("claim", "complete", "submit-form")) {
            HttpResponse<String> gone = colleague.postJson(
                    ENGINE + "/task/" + UUID.randomUUID() + "/" + action, action.equals("claim") ? claim : "{}");
            assertThat(gone.body())
                    .as(action)
                    .contains("\"message\":\"The case has just moved on, so this was not done.");
        }
    }

    @Test
    @DisplayName("does not wait for work as a machine outside would, each time with a thread of the server")
    void workers() {
        HttpResponse<String> refused = accountant.postJson(
                ENGINE + "/external-task/fetchAndLock",
                "{\"workerId\":\"x\",\"maxTasks\":1,\"asyncResponseTimeout\":1000,\"topics\":[{\"topicName\":\"x\",\"lockDuration\":1000}]}");

        assertThat(refused.statusCode()).isEqualTo(403);
    }

    private void assertStillWaiting() {
        assertThat(tasks.createTaskQuery().taskId(task.getId()).count()).isOne();
    }

    /** The engine's own pages answer 500 to a completion that is refused, whatever the reason; its sentence says which. */
    private static void assertRefused(HttpResponse<String> answer, String what) {
        assertThat(answer.statusCode()).as(what + ": " + answer.body()).isIn(400, 403, 404, 405, 500);
        assertThat(answer.body()).doesNotContain("\tat ", "org.postgresql", "NullPointerException");
    }
}
