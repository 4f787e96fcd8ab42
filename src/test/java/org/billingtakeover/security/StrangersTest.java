package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What strangers send must not fill the memory or the disk. */
@BackOfficeTest
@DisplayName("A stranger")
class StrangersTest {

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/sign-in?error",
                "/clients",
                "/audit",
                "/camunda/app/tasklist/default/",
                "/answer/abc",
                "/nothing"
            })
    @DisplayName("leaves no session behind")
    void noSession(String path) {
        Visitor stranger = door.stranger();

        stranger.get(path);
        stranger.post("/sign-in", Map.of("username", "nobody", "password", "wrong"));

        assertThat(stranger.cookie("SESSION")).isEmpty();
    }

    @Test
    @DisplayName("who turns out to be staff comes to the page that they wanted")
    void wantedPage() {
        Visitor auditor = door.stranger();
        auditor.get("/audit?outcome=WITHDRAWN");
        auditor.get("/sign-in");

        HttpResponse<String> signedIn =
                auditor.post("/sign-in", Map.of("username", door.person("auditor", null), "password", Door.PASSWORD));

        assertThat(signedIn.headers().firstValue("Location").orElseThrow()).isEqualTo("/audit?outcome=WITHDRAWN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sign-in", "/clients/import", "/nothing", "/camunda/api/engine/engine/default/deployment/create"
            })
    @DisplayName("is refused a file before it is sent")
    void file(String path) throws Exception {
        try (Socket socket = new Socket("localhost", port)) {
            // The rest of the file never comes: a server that waits for it never answers.
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST " + path
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                                    + "Content-Length: 60000000\r\n\r\n"
                                    + "--x\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\nbeginning")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            String answer = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();

            assertThat(answer).startsWith("HTTP/1.1 302");
        }
    }
}
