package org.billingtakeover.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.TestMailServer;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two nodes of the product as in production, each a process, over one database and behind one proxy. */
@Tag("slow")
@DisplayName("Two nodes")
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"?#]*)[\"#]");

    /** Whoever walks on without a rest takes from the node that starts what it starts with. */
    private static final Duration BETWEEN_WALKS = Duration.ofMillis(500);

    private static final String TASKS = "/camunda/api/engine/engine/default/task";

    @TempDir
    Path folder;

    private static final GreenMail MAIL = new TestMailServer();
    private static final List<Node> NODES = new ArrayList<>();
    private Map<String, String> settings = Map.of();
    private JdbcClient jdbc;
    private Proxy proxy;
    private Visitor alice;
    private Visitor audrey;
    private String answerPage = "";

    /** Who opens which pages beside those that their start page leads to. */
    private final Map<Visitor, List<String>> staff = new LinkedHashMap<>();

    @BeforeAll
    void surroundings() throws Exception {
        String url = TestDatabase.empty();
        DataSource database = new DriverManagerDataSource(url);
        jdbc = JdbcClient.create(database);
        MAIL.start();
        proxy = new Proxy();
        settings = Settings.of(url, MAIL, proxy);
    }

    @AfterAll
    void end() throws InterruptedException {
        for (Node node : NODES) {
            node.close();
        }
        proxy.close();
        MAIL.stop();
    }

    @Test
    @Order(1)
    @DisplayName("S97 that start for the first time at once both run")
    void firstStarts() throws Exception {
        Node first = started("first");
        Node second = started("second");

        proxy.add(first.ready());
        proxy.add(second.ready());

        assertThat(count("select count(*) from act_re_deployment")).isOne();
        assertThat(count("select count(*) from act_id_user")).isEqualTo(6);
        assertThat(first.said() + second.said()).contains("Another node is starting");
    }

    @Test
    @Order(2)
    @DisplayName("S95 know whoever is signed in at one of them, and answer for each other's imports and verifications")
    void signedInEverywhere() throws Exception {
        alice = signedIn("alice");
        audrey = signedIn("audrey");

        URI started = importExample();
        String result = afterwards(alice, started.getPath());
        audrey.get("/audit/verification");
        audrey.post("/audit/verification", Map.of());
        String verified = afterwards(audrey, "/audit/verification");

        assertThat(result).contains("The list of Firm 1 is imported.");
        assertThat(verified).contains("The trail is as it was written");
        for (int i = 0; i < 2; i++) {
            assertThat(alice.get(started.getPath()).body()).contains("The list of Firm 1 is imported.");
            assertThat(audrey.get("/audit/verification").body()).contains("The trail is as it was written");
        }
    }

    @Test
    @Order(3)
    @DisplayName("one of which is replaced sign nobody out and show no fault on any page")
    void replaced() throws Exception {
        assertThat(updateNow()).as("straight to the review").contains("/tasklist/");
        String key = jdbc.sql("select key from takeover where stage <> 'CLOSED'")
                .query(String.class)
                .single();
        takesOver(key);
        answerPage = mailedLink();
        staff.put(
                alice,
                List.of("/clients", "/clients/import", "/cases/" + key, TASKS, "/camunda/app/tasklist/default/"));
        staff.put(
                audrey,
                List.of(
                        "/audit",
                        "/audit/cases/" + key,
                        "/audit/product",
                        "/audit/verification",
                        "/camunda/app/cockpit/default/"));
        staff.put(signedIn("simon"), List.of("/cases/" + key, TASKS, "/camunda/app/tasklist/default/"));
        staff.put(signedIn("olivia"), List.of("/cases/" + key, TASKS, "/camunda/app/cockpit/default/"));
        staff.put(signedIn("peter"), List.of("/metrics", "/camunda/app/cockpit/default/"));
        staff.put(signedIn("ada"), List.of("/camunda/app/admin/default/"));
        List<String> faults = new ArrayList<>();
        walk(faults);

        Node third = started("third");
        walkUntil("the third node's start", faults, third::isReady);
        proxy.add(third);
        Node first = NODES.get(0);
        first.stop();
        walkUntil("the first node's end", faults, () -> !first.isAlive());
        proxy.remove(first);
        walk(faults);

        assertThat(faults).isEmpty();
        assertThat(count("select count(*) from act_re_deployment")).isOne();
    }

    @Test
    @Order(4)
    @DisplayName("go on with the jobs of one that is told to stop, which keeps none of them locked")
    void jobsGivenBack() throws Exception {
        assertThat(NODES.get(0).isAlive()).isFalse();
        assertThat(count("select count(*) from act_ru_job where lock_owner_ is not null and duedate_ < now()"))
                .isZero();
        assertThat(count("select count(*) from act_ru_incident")).isZero();
    }

    private void walkUntil(String what, List<String> faults, Callable<Boolean> itHasCome) {
        await(what).pollInterval(BETWEEN_WALKS).atMost(Duration.ofMinutes(5)).until(() -> {
            walk(faults);
            return itHasCome.call();
        });
    }

    /** Everybody opens all that their pages lead to, and the client the page behind the mailed link. */
    private void walk(List<String> faults) {
        staff.forEach((visitor, pages) -> {
            Set<String> open = new LinkedHashSet<>(pages);
            open.add("/");
            for (String page : List.copyOf(open)) {
                Matcher link = LINK.matcher(look(visitor, page, faults));
                while (link.find()) {
                    open.add(link.group(1));
                }
            }
            open.stream().filter(page -> !page.startsWith("/camunda/app")).forEach(page -> look(visitor, page, faults));
        });
        look(new Visitor(proxy.port()), answerPage, faults);
    }

    private static String look(Visitor visitor, String page, List<String> faults) {
        HttpResponse<String> answer = visitor.get(page);
        if (answer.statusCode() != 200
                || !page.contains("/api/") && answer.body().contains("name=\"password\"")) {
            faults.add(page + ": " + answer.statusCode());
        }
        return answer.body();
    }

    /** The page behind the link in the mail that asks the client, once the mail has come. */
    private static String mailedLink() throws Exception {
        List<String> links = new ArrayList<>();
        await("a mail with a link").atMost(Duration.ofMinutes(2)).until(() -> {
            for (MimeMessage mail : MAIL.getReceivedMessages()) {
                Matcher link = Pattern.compile("(/answer/[\\w-]+)")
                        .matcher(((MimeMultipart) mail.getContent())
                                .getBodyPart(0)
                                .getContent()
                                .toString());
                link.results().map(MatchResult::group).forEach(links::add);
            }
            return !links.isEmpty();
        });
        return links.get(0);
    }

    private Visitor signedIn(String id) {
        return new Visitor(proxy.port()).signedInAs(id, Settings.PASSWORD);
    }

    /** The accountant reviews the cost, so that the client is asked. */
    private void takesOver(String key) throws IOException {
        alice.get("/camunda/app/tasklist/default/");
        JsonNode task = JSON.readTree(alice.get(TASKS).body()).path(0);
        String id = task.path("id").asText();
        String quote = jdbc.sql("select quote_number from takeover where key = ?")
                .param(key)
                .query(String.class)
                .single();
        assertThat(alice.postJson(TASKS + "/" + id + "/claim", "{\"userId\": \"alice\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(alice.postJson(TASKS + "/" + id + "/submit-form", """
                        {"variables": {"decision": {"value": "takeOver"}, "acknowledged": {"value": true},
                                       "quoteNumber": {"value": "%s"}}}
                        """.formatted(quote))
                        .statusCode())
                .isEqualTo(204);
    }

    private URI importExample() {
        byte[] list = alice.download("/clients/import/example.csv?language=EN");
        alice.get("/clients/import");
        return alice.upload(
                        "/clients/import", Map.of("firm", "F-1", "dryRun", "false", "again", "true"), "list.csv", list)
                .headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow();
    }

    /** The page once what it shows has come to its end. */
    private static String afterwards(Visitor visitor, String path) {
        return await("the end of what " + path + " shows")
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> visitor.get(path),
                        page -> page.headers().firstValue("Refresh").isEmpty())
                .body();
    }

    /** Where the case of the first client that has none is shown. */
    private String updateNow() {
        Matcher client = Pattern.compile("action=\"(/clients/[0-9a-f-]+/takeover)\"")
                .matcher(alice.get("/clients").body());
        assertThat(client.find()).isTrue();
        return alice.post(client.group(1), Map.of())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    private Node started(String name) throws IOException {
        Node node = new Node(folder, name, settings);
        NODES.add(node);
        return node;
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }
}
