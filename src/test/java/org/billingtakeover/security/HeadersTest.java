package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@BackOfficeTest
@DisplayName("Every answer")
class HeadersTest {

    @Autowired
    WebApplicationContext context;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(
            strings = {"/sign-in", "/clients", "/nothing", "/answer/x", "/style.css", "/camunda/app/tasklist/default/"})
    @DisplayName("forbids guessing of types, strange frames, referrers and devices")
    void onEveryPage(String path) {
        HttpHeaders headers = accountant().get(path).headers();

        assertThat(headers.map())
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("SAMEORIGIN"))
                .containsEntry("referrer-policy", List.of("no-referrer"))
                .containsEntry("cross-origin-opener-policy", List.of("same-origin"));
        assertThat(headers.firstValue("permissions-policy").orElseThrow()).contains("camera=()", "geolocation=()");
    }

    @Test
    @DisplayName("that leads elsewhere leads to a path, not to the host that the request named")
    void relativeRedirects() throws IOException {
        String session = accountant().cookie("SESSION");
        for (String cookie : List.of("", "SESSION=" + session)) {
            for (String path : List.of(
                    "/",
                    "/clients",
                    "/camunda/app/tasklist/default/",
                    "/camunda/app/tasklist",
                    "/camunda",
                    "/sign-in",
                    "/signed-out")) {
                assertThat(rawGet(path, cookie)).as(path).doesNotContain("evil.example");
            }
        }
        assertThat(rawGet("/clients", "")).containsIgnoringCase("\r\nLocation: /sign-in\r\n");
    }

    private String rawGet(String path, String cookie) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nCookie: " + cookie
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0]
                    + "\r\n";
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/clients", "/nothing", "/answer/x"})
    @DisplayName("with a page of ours lets it load nothing from elsewhere and run no script")
    void ourPolicy(String path) {
        assertThat(accountant().get(path).headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "form-action 'self'", "base-uri 'none'")
                .doesNotContain("script-src", "unsafe", "http");
    }

    @Test
    @DisplayName("with Tasklist lets it run only scripts that came with the page")
    void policyOfTasklist() {
        assertThat(accountant().get("/camunda/app/tasklist/default/").headers().allValues("content-security-policy"))
                .singleElement()
                .asString()
                .contains("default-src 'self'", "'strict-dynamic'", "object-src 'none'", "frame-ancestors 'none'")
                .containsPattern("script-src 'nonce-[^']+' 'strict-dynamic'")
                .doesNotContain("http", "$NONCE", "unsafe-eval")
                .doesNotContainPattern("script-src [^;]*'unsafe-inline'");
    }

    @Test
    @DisplayName("keeps the session's cookie from scripts and from other sites")
    void cookies() {
        Visitor visitor = door.stranger();
        List<String> cookies = new ArrayList<>(visitor.get("/sign-in").headers().allValues("set-cookie"));
        cookies.addAll(
                visitor.post("/sign-in", Map.of("username", door.person("auditor", null), "password", Door.PASSWORD))
                        .headers()
                        .allValues("set-cookie"));

        assertThat(cookies)
                .filteredOn(cookie -> cookie.startsWith("SESSION=") || cookie.startsWith("form-token="))
                .extracting(cookie -> cookie.replaceFirst("=.*", ""))
                .contains("SESSION", "form-token");
        assertThat(cookies)
                .filteredOn(cookie -> !cookie.contains("Max-Age=0"))
                .allSatisfy(cookie -> assertThat(cookie).contains("HttpOnly", "SameSite=Lax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/camunda/app/tasklist/default/"})
    @DisplayName("over HTTPS keeps the browser on HTTPS")
    void strictTransport(String path) throws Exception {
        assertThat(MockMvcBuilders.webAppContextSetup(context)
                        .apply(springSecurity())
                        .build()
                        .perform(get(path).secure(true))
                        .andReturn()
                        .getResponse()
                        .getHeader("Strict-Transport-Security"))
                .contains("max-age=31536000", "includeSubDomains");
    }

    @Test
    @DisplayName("in production carries its cookies over HTTPS only")
    void production() throws IOException {
        PropertySource<?> production = new YamlPropertySourceLoader()
                .load("production", new ClassPathResource("application-production.yaml"))
                .get(0);

        Map<String, Object> expected = Map.of(
                "server.servlet.session.cookie.secure", true,
                "camunda.bpm.webapp.csrf.enable-secure-cookie", true,
                "camunda.bpm.webapp.session-cookie.enable-secure-cookie", true);
        expected.forEach((name, value) ->
                assertThat(production.getProperty(name)).as(name).isEqualTo(value));
    }

    private Visitor accountant() {
        return door.signedIn("accountant", null);
    }
}
