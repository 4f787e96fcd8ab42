package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@BackOfficeTest
@DisplayName("A call of the engine's API")
class OpenEngineCallsTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default/";

    @Autowired
    OpenTakeover open;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    private Firm firm;
    private Firm another;
    private Task task;

    @BeforeEach
    void givenACase() {
        door.opens();
        firm = door.firm("O");
        another = door.firm("T");
        Account client = door.client(firm, "1");
        setUpIdentities.setUp();
        String key = door.opened(client);
        task = door.task(key);
    }

    @Test
    @DisplayName("keeps a note on a task for the firm's own people, of 4,000 characters at most, for good")
    void notes() {
        Visitor own = door.inTheEngine("accountant", firm);
        String notes = ENGINE + "task/" + task.getId() + "/comment";

        assertThat(own.postJson(notes + "/create", note(4000)).statusCode()).isEqualTo(200);
        assertThat(own.postJson(notes + "/create", note(4001)).body())
                .contains("This note has 4,001 characters, and a note has 4,000 at most.");
        assertThat(own.postJson(notes + "/create", note(4001)).statusCode()).isEqualTo(400);
        assertThat(own.get(notes).body()).contains("aaaa");
        String id = tasks.getTaskComments(task.getId()).get(0).getId();
        assertThat(own.sendJson("DELETE", notes + "/" + id, "").statusCode()).isEqualTo(403);
        assertThat(own.sendJson("DELETE", notes, "").statusCode()).isEqualTo(403);
        assertThat(own.sendJson("PUT", notes, "{\"id\":\"%s\",\"message\":\"b\"}".formatted(id))
                        .statusCode())
                .isEqualTo(403);
        for (Visitor stranger : List.of(
                door.inTheEngine("accountant", another),
                door.inTheEngine("auditor", null),
                door.inTheEngine("client-support", null))) {
            assertThat(stranger.get(notes).statusCode()).isIn(400, 403, 404);
            assertThat(stranger.get(notes).body()).doesNotContain("aaaa");
            assertThat(stranger.postJson(notes + "/create", note(1)).statusCode())
                    .isIn(400, 403, 404);
        }
        assertThat(tasks.getTaskComments(task.getId())).hasSize(1);
    }

    @Test
    @DisplayName("S54 tries a job again without a date, and no other way")
    void retries() {
        Job job = management
                .createJobQuery()
                .processInstanceId(task.getProcessInstanceId())
                .timers()
                .list()
                .get(0);
        String retries = ENGINE + "job/" + job.getId() + "/retries";
        Visitor operations = door.inTheEngine("billing-operations", null);
        for (String body : List.of(
                "{\"retries\":1,\"dueDate\":\"2026-01-01T00:00:00.000+0000\"}",
                "{\"retries\":0}",
                "{\"retries\":5}",
                "{\"dueDate\":null}",
                "[{\"retries\":1}]")) {
            assertThat(operations.sendJson("PUT", retries, body).statusCode())
                    .as(body)
                    .isEqualTo(403);
        }
        assertThat(operations
                        .sendJson("PUT", retries, "{\"retries\":1,\"retries\":0}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(operations.sendJson("PUT", retries, "{\"retries\":1} {}").statusCode())
                .isEqualTo(400);
        assertThat(operations
                        .sendJson("PUT", retries + "?dueDate=x", "{\"retries\":1}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(operations.sendJson("PUT", retries, "{\"retries\":1}").statusCode())
                .isEqualTo(204);
        assertThat(management.createJobQuery().jobId(job.getId()).singleResult().getDuedate())
                .isEqualTo(job.getDuedate());
        assertThat(door.inTheEngine("process-owner", null)
                        .sendJson("PUT", retries, "{\"retries\":1}")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/engine/engine/default/task/%69d",
                "/camunda/api/engine/engine/default/%74ask/count",
                "/camunda/api/engine/engine/default/TASK/count",
                "/%63amunda/api/engine/engine",
                "/camunda/%61pi/engine/engine",
                "/camunda/api/engine/%65ngine",
                "/camunda/api/engine/engine/default/../default/user",
                "/camunda/api/engine/engine/default/%2e%2e/default/user",
                "/camunda/api/engine/engine//default/user",
                "/camunda/api/engine/engine;x=1",
                "/camunda/api/engine/task",
                "/camunda/api/engine/engine/other/task",
                "/camunda/api/engine/engine?x=1",
                "/camunda/api/engine/engine?%78=1",
                "/camunda/api/admin/setup/default/user/create",
            })
    @DisplayName("is not open by another spelling of its address")
    void spellings(String path) {
        assertThat(door.inTheEngine("auditor", null).get(path).statusCode()).isIn(400, 403, 404);
    }

    @Test
    @DisplayName("is not read where it is refused: the rest of a large file never comes, and is not waited for")
    void notRead() throws Exception {
        Visitor auditor = door.inTheEngine("auditor", null);
        for (String call : List.of("POST " + ENGINE + "deployment/create", "PUT " + ENGINE + "user/me/profile")) {
            for (String type : List.of("multipart/form-data; boundary=x", "application/x-www-form-urlencoded")) {
                try (Socket socket = new Socket("localhost", port)) {
                    socket.setSoTimeout(20_000);
                    socket.getOutputStream()
                            .write((call + " HTTP/1.1\r\nHost: localhost\r\nCookie: SESSION="
                                            + auditor.cookie("SESSION") + "\r\nContent-Type: " + type
                                            + "\r\nContent-Length: 200000000\r\n\r\nbeginning")
                                    .getBytes(StandardCharsets.US_ASCII));
                    socket.getOutputStream().flush();

                    assertThat(new BufferedReader(
                                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                                    .readLine())
                            .as(call + " " + type)
                            .startsWith("HTTP/1.1 403");
                }
            }
        }
    }

    private static String note(int length) {
        return "{\"message\":\"" + "a".repeat(length) + "\"}";
    }
}
