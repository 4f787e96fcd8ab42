package org.billingtakeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.account.SampleAccounts.like;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.i18n.LocaleContextHolder;

@BackOfficeTest
@DisplayName("Bad input")
class BadInputTest {

    private static final String NOBODY = UUID.randomUUID().toString();
    private static final String LONG = "x".repeat(100_000);
    /** Tomcat takes no longer line. */
    private static final String LONG_ENOUGH = "x".repeat(7_000);

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

    @Autowired
    FilterService filters;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    private Account account;
    private Firm firm;

    @BeforeEach
    void givenAFirm() {
        door.opens();
        firm = door.firm("B");
        account = door.client(firm, "7");
    }

    @Test
    @DisplayName("in an address is answered with a page that says so, never with a stack trace")
    void inAnAddress() {
        SoftAssertions softly = new SoftAssertions();
        for (Visitor visitor : List.of(
                door.signedIn("accountant", firm),
                door.signedIn("auditor", null),
                door.signedIn("camunda-admin", null))) {
            for (String path : List.of(
                    "/clients?page=abc",
                    "/clients?page=99999999999999999999",
                    "/clients?page=-1",
                    "/clients?page=2147483647",
                    "/clients?page=",
                    "/clients?firm=F-nobody",
                    "/clients?firm=%00",
                    "/clients?search=%00",
                    "/clients?search=%25_%27%22%5C",
                    "/clients?search=%F0%9F%98%80",
                    "/clients?search=%ED%A0%80",
                    "/clients?search=" + LONG_ENOUGH,
                    "/clients?search=" + LONG,
                    "/clients?show=nothing",
                    "/clients?lang=xx",
                    "/clients?lang=%00",
                    "/clients?lang=",
                    "/sign-in?lang=zz",
                    "/sign-in?lang=fr-x-zz",
                    "/error",
                    "/error?lang=zz",
                    "/clients?lang=fr%0d%0aX-Injected:1",
                    "/commissions?firm=F-nobody",
                    "/commissions?firm=%00",
                    "/commissions?page=abc",
                    "/commissions?page=2147483647",
                    "/commissions/payments?page=-1",
                    "/bills?firm=F-nobody",
                    "/bills?firm=%00",
                    "/bills?before=nothing",
                    "/bills?before=L-99999999999999999999",
                    "/bills/nothing",
                    "/bills/L-99999999999999999999",
                    "/bills/%00",
                    "/bills/%00.pdf",
                    "/clients/" + NOBODY,
                    "/clients/import?refused=NOTHING",
                    "/clients/import?dryRun=perhaps",
                    "/clients/import?firm=%00",
                    "/clients/import/not-a-uuid",
                    "/clients/import/" + NOBODY,
                    "/clients/import/example.csv",
                    "/clients/import/example.csv?language=DE",
                    "/cases",
                    "/cases/",
                    "/cases/%00",
                    "/cases/TKO-2026-99999",
                    "/cases/%2e%2e%2fetc",
                    "/cases/" + LONG_ENOUGH,
                    "/cases/TKO-2026-99999/withdraw",
                    "/audit?from=tomorrow",
                    "/audit?from=2026-02-30",
                    "/audit?from=999999999-01-01",
                    "/audit?to=+999999999-12-31",
                    "/audit?from=%2B999999999-01-01",
                    "/audit?to=-999999999-01-01",
                    "/audit?from=0001-01-01&to=9999-12-31",
                    "/audit?from=1899-12-31",
                    "/audit?outcome=NOTHING",
                    "/audit?firm=%00",
                    "/audit?text=%00",
                    "/audit?actor=%00",
                    "/audit?text=" + LONG_ENOUGH,
                    "/audit?after=yesterday",
                    "/audit?after=%00",
                    "/audit?stop=%00",
                    "/audit/cases/%00",
                    "/audit/cases/TKO-2026-99999",
                    "/audit/cases/TKO-2026-99999/entries/abc",
                    "/audit/cases/TKO-2026-99999/entries/99999999999999999999",
                    "/audit/cases/TKO-2026-99999/diagrams/nothing/abc",
                    "/audit/cases/TKO-2026-99999/evidence.zip?lang=%00",
                    "/audit/export",
                    "/audit/export?format=xml",
                    "/audit/export?format=json&from=tomorrow",
                    "/audit/export?format=json&firm=%00",
                    "/audit/export?format=json&from=0001-01-01&to=9999-12-31&firm=" + firm.id(),
                    "/audit/export?format=csv&from=%2B999999999-01-01",
                    "/audit/export?format=csv&to=2201-01-01",
                    "/audit/verification/not-a-uuid",
                    "/disputes?page=abc",
                    "/disputes?page=-1",
                    "/disputes?page=2147483647",
                    "/metrics?from=tomorrow",
                    "/metrics?firm=%00",
                    "/sign-in/at/%00",
                    "/sign-in?error=%00",
                    "/answer/%00",
                    "/answer/" + LONG_ENOUGH,
                    "/demo/mailbox/abc",
                    "/nothing?a[]=1&=2&%00=3")) {
                checkAnswer(visitor.get(path), path, softly);
            }
        }
        softly.assertAll();
    }

    @Test
    @DisplayName("that asks for days no calendar of ours has is refused, and nothing of it is in the log")
    void days() {
        Visitor auditor = door.signedIn("auditor", null);
        SoftAssertions softly = new SoftAssertions();
        String log = logOf(() -> {
            for (String path : List.of("/audit?", "/audit/export?format=json&", "/audit/export?format=csv&")) {
                for (String day : List.of("%2B999999999-12-31", "-999999999-01-01", "0001-01-01", "9999-12-31")) {
                    for (String end : List.of("from=", "to=")) {
                        HttpResponse<String> answer = auditor.get(path + end + day);
                        softly.assertThat(answer.statusCode())
                                .as(path + end + day)
                                .isEqualTo(400);
                        softly.assertThat(answer.body()).contains("<h1>The request could not be read</h1>");
                    }
                }
            }
        });
        softly.assertThat(log).isEmpty();
        softly.assertThat(auditor.get("/audit?from=1900-01-01&to=2200-12-31").statusCode())
                .isEqualTo(200);
        softly.assertThat(auditor.get("/audit?from=&to=").statusCode()).isEqualTo(200);
        softly.assertAll();
    }

    @Test
    @DisplayName("that cannot be kept is answered with a page, not with an empty one")
    void notStorable() {
        Visitor accountant = door.signedIn("accountant", firm);
        for (String path : List.of("/sign-in?lang=%00", "/clients?search=%00")) {
            HttpResponse<String> page = accountant.get(path);
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).contains("<h1>The request could not be read</h1>");
        }
    }

    @Test
    @DisplayName("is no way to the page of errors: there is none without an error")
    void noError() {
        for (Visitor visitor : List.of(door.stranger(), door.signedIn("auditor", null))) {
            HttpResponse<String> page = visitor.get("/error");
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body()).contains("<h1>There is nothing under this address</h1>");
        }
    }

    @Test
    @DisplayName("in a form is answered with a page that says so, never with a stack trace")
    void inAForm() {
        Visitor accountant = door.signedIn("accountant", firm);
        accountant.get("/clients");
        String client = "/clients/" + account.client().id() + "/takeover";
        SoftAssertions softly = new SoftAssertions();
        for (String path : List.of(
                "/clients/not-a-uuid/takeover",
                "/clients/" + NOBODY + "/takeover",
                "/clients/import",
                "/clients",
                "/disputes/not-a-uuid",
                "/disputes/" + NOBODY,
                "/doubts/payers/not-a-uuid",
                "/doubts/payers/" + NOBODY,
                "/doubts/ids/not-a-uuid",
                "/doubts/ids/" + NOBODY,
                "/doubts/alike/%00",
                "/doubts/alike/F-nobody",
                "/doubts/spellings/not-a-uuid",
                "/doubts/spellings/" + NOBODY,
                "/clients/mails",
                "/clients/not-a-uuid/listed",
                "/clients/" + NOBODY + "/listed",
                "/clients/not-a-uuid/option-two",
                "/clients/" + NOBODY + "/option-two",
                "/cases/%00/withdraw",
                "/cases/TKO-2026-99999/withdraw",
                "/cases/TKO-2026-99999/reconsider",
                "/cases/TKO-2026-99999/offer-instead",
                "/cases/TKO-2026-99999/link",
                "/cases/TKO-2026-99999/primary-admin",
                "/cases/TKO-2026-99999/bill",
                "/audit/verification",
                "/sign-in",
                "/answer/nobody",
                "/answer/nobody/withdraw",
                "/answer/nobody/not-me",
                "/answer/nobody/language",
                "/answer/again",
                "/",
                client,
                client)) {
            checkAnswer(accountant.post(path, Map.of()), path, softly);
            accountant.get("/clients");
            checkAnswer(
                    accountant.post(path, Map.of("firm", "\0", "username", LONG, "password", "\0", "name", LONG)),
                    path,
                    softly);
            accountant.get("/clients");
        }
        softly.assertAll();
    }

    @Test
    @DisplayName(
            "in the way of writing an address is refused at the door, by strangers and staff alike, and nothing of it is in the log")
    void crookedAddresses() throws Exception {
        SoftAssertions softly = new SoftAssertions();
        List<String> crooked = List.of(
                "/%63amunda/app/tasklist/default/",
                "/%63amunda/api/engine/engine/default/task",
                "/camunda/%61pi/engine/engine/default/task",
                "/answer/../camunda/api/engine/engine/default/task",
                "/answer/%2e%2e/camunda/api/engine/engine/default/task",
                "/answer/..%2fcamunda/app/tasklist/default/",
                "/./clients",
                "/clients/.",
                "/clients%2f",
                "/cl%69ents",
                "/clients%00",
                "/clients%",
                "/clients%zz",
                "/clients%4",
                "/clients/%ff",
                "/clients/%c3%28",
                "/clients/%ed%a0%80",
                "/clients\\..\\x",
                "/clients%5c..%5cx",
                "/clients?search=%zz",
                "/clients?search=%",
                "/sign-in?lang=%4",
                "/demo/%2e%2e/clients");
        for (String cookie : List.of("", "SESSION=" + signedIn())) {
            String log = logOf(() -> {
                for (String address : crooked) {
                    String answer = rawGet(address, cookie);
                    softly.assertThat(answer).as(address).startsWith("HTTP/1.1 400");
                    softly.assertThat(answer).as(address).doesNotContain("Exception", "\tat ");
                }
            });
            softly.assertThat(log).isEmpty();
        }
        softly.assertThat(rawGet("/cases/%C3%89t%C3%A9", "")).startsWith("HTTP/1.1 302");
        softly.assertAll();
    }

    @Test
    @DisplayName(
            "in the fields of a stranger is refused in a line: a name that cannot be kept, codes that are none, a form without its parts")
    void fieldsOfStrangers() throws Exception {
        Visitor stranger = door.stranger();
        stranger.get("/sign-in");
        String log = logOf(() -> {
            assertThat(stranger.post("/sign-in", Map.of("username", "ali\0ce", "password", "x"))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(stranger.post("/sign-in", Map.of("username", "alice", "password", "x\0"))
                            .statusCode())
                    .isEqualTo(400);
            for (String cookie : List.of("", "SESSION=" + signedIn())) {
                for (String type :
                        List.of("multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed")) {
                    assertThat(raw("POST /clients/import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: "
                                    + cookie + "\r\nContent-Type: " + type + "\r\nContent-Length: 3\r\n\r\nabc"))
                            .as(type)
                            .startsWith("HTTP/1.1 400");
                }
            }
            assertThat(raw("POST /sign-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                            + "application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nusername=%zz"))
                    .startsWith("HTTP/1.1 400");
        });
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("in a name changes nothing around it: marks that turn the direction or break lines are not shown")
    void marksInNames() {
        door.saved(like(account, "client", like(account.client(), "name", "Untel\u202Egpj.exe\u2028\u0085\u2066")));
        Visitor accountant = door.signedIn("accountant", firm);
        String page = accountant.get("/clients").body();
        assertThat(page).contains("Untel gpj.exe ").doesNotContainPattern("[\u202E\u2028\u0085\u2066]");
        assertThat(accountant.get("/clients?search=%E2%80%AEx").body()).doesNotContain("\u202E");
    }

    private String signedIn() {
        return door.signedIn("accountant", firm).cookie("SESSION");
    }

    private String rawGet(String address, String cookie) {
        return raw("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: " + cookie
                + "\r\n\r\n");
    }

    /** As no browser would send it. */
    private String raw(String request) {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("for the engine is refused before the engine or the database stumbles over it")
    void forTheEngine() {
        Visitor accountant = door.signedIn("accountant", firm);
        accountant.get("/camunda/app/tasklist/default/");
        String engine = "/camunda/api/engine/engine/default/";
        String tasks = engine + "filter/" + aFilter() + "/list";
        String deep = "[".repeat(1_500) + "]".repeat(1_500);
        SoftAssertions softly = new SoftAssertions();
        String log = logOf(() -> {
            for (String json : List.of(
                    "{\"nameLike\":\"\\u0000\"}",
                    "{\"nameLike\":\"a\\u0000b\"} ",
                    "{\"orQueries\":[{\"nameLike\":\"\\u0000\"}]}",
                    "{\"taskVariables\":[{\"name\":\"x\",\"operator\":\"eq\",\"value\":\"\\u0000\"}]}",
                    "{\"nothing\":" + deep + "}",
                    "{\"taskVariables\":[{\"name\":\"x\",\"operator\":\"eq\",\"value\":" + deep + "}]}",
                    "{\"priority\":" + "1".repeat(3_000) + "}",
                    "{\"" + "k".repeat(60_000) + "\":1}")) {
                String shown = json.length() > 80 ? json.substring(0, 80) : json;
                for (String path : List.of(tasks, engine + "task/" + NOBODY + "/submit-form")) {
                    HttpResponse<String> answer = accountant.postJson(path, json);
                    softly.assertThat(answer.statusCode()).as(path + shown).isEqualTo(400);
                    softly.assertThat(answer.body()).as(path + shown).doesNotContain("Exception", "\tat ");
                }
            }
            softly.assertThat(accountant.get(engine + "filter?resourceType=%00").statusCode())
                    .isEqualTo(400);
            softly.assertThat(accountant
                            .postJson(tasks, "{\"nameLike\":\"" + "x".repeat(2_000_000) + "\"}")
                            .statusCode())
                    .isEqualTo(413);
            softly.assertThat(accountant.postJson(tasks, "{").statusCode()).isEqualTo(400);
        });
        softly.assertThat(log).isEmpty();
        softly.assertThat(accountant
                        .postJson(tasks, "{\"nameLike\":\"\\\\u0000é\"}")
                        .body())
                .contains("\"count\":0");
        softly.assertThat(accountant.postJson(tasks, "").statusCode()).isEqualTo(200);
        softly.assertAll();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /filter/FILTER/list       | {"sorting":[null]}
                    /filter/FILTER/list       | {"sorting":[{"sortBy":"nothing","sortOrder":"asc"}]}
                    /filter/FILTER/list       | null
                    /filter/FILTER/list       | {"orQueries":[null]}
                    /filter/FILTER/list       | {"orQueries":[{"priority":"x"}]}
                    /filter/FILTER/list       | {"taskVariables":[null]}
                    /filter/FILTER/list       | {"taskVariables":[{"name":"x"}]}
                    /task/NOBODY/complete     | null
                    /task/NOBODY/claim        | null
                    /process-instance         | {"variables":[{}]}
                    /filter/create            | {"resourceType":"Task"}
                    /history/task             | null
                    /user/none/unlock         | null
                    /modification/execute     | {}
                    /history/process-instance | {"processDefinitionKeyNotIn":[]}
                    """)
    @DisplayName("that lacks something is refused by the engine without a stack trace in the log")
    void lackingForTheEngine(String path, String json) {
        Visitor accountant = door.signedIn("accountant", firm);
        accountant.get("/camunda/app/tasklist/default/");
        String log = logOf(() -> {
            HttpResponse<String> answer = accountant.postJson(
                    "/camunda/api/engine/engine/default"
                            + path.replace("FILTER", aFilter()).replace("NOBODY", NOBODY),
                    json);
            assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("because \\\"", "\tat ", "java.lang");
        });
        assertThat(log).isEmpty();
    }

    @Test
    @DisplayName("is answered in English to whoever reads neither French nor English")
    void inAnotherLanguage() {
        identities.setAuthentication(
                "test", List.of("accountant"), List.of(firm.id().text()));
        LocaleContextHolder.setLocale(Locale.GERMAN);
        try {
            assertThatThrownBy(() -> tasks.claim("none", "somebody"))
                    .hasMessage(
                            "A task is taken by yourself, for yourself. Nothing was recorded. Ask the other person to take it.");
        } finally {
            LocaleContextHolder.resetLocaleContext();
            identities.clearAuthentication();
        }
    }

    private String aFilter() {
        return filters.createFilterQuery()
                .filterNameLike("%To review%")
                .singleResult()
                .getId();
    }

    private static void checkAnswer(HttpResponse<String> answer, String path, SoftAssertions softly) {
        String shown = path.length() > 80 ? path.substring(0, 80) : path;
        softly.assertThat(answer.statusCode()).as(shown).isLessThan(500);
        softly.assertThat(answer.body())
                .as(shown)
                .doesNotContain("\tat ", "Exception", "org.billingtakeover", "org.springframework", "SQL [", "??");
        softly.assertThat(answer.headers().map()).as(shown).doesNotContainKey("x-injected");
    }

    /** The warnings and errors with a stack trace. */
    private static String logOf(Runnable work) {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        all.addAppender(log);
        try {
            work.run();
        } finally {
            all.detachAppender(log);
        }
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN)
                        && (event.getThrowableProxy() != null
                                || event.getFormattedMessage().contains("\tat ")))
                .map(ILoggingEvent::getFormattedMessage)
                .collect(Collectors.joining("\n"));
    }
}
