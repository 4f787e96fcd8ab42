package org.billingtakeover.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Two nodes of the product as in production, each a process, over one database and behind one proxy. */
@DisplayName("Two nodes")
@SuppressWarnings("NullAway.Init")
@TestMethodOrder(OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoNodesTest {

    private static final String PASSWORD = "Two-n0des-of-one";
    private static final Pattern CASE = Pattern.compile("/cases/(TKO-\\d+-\\d+)");

    @TempDir
    Path folder;

    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Map<String, String> SETTINGS = new LinkedHashMap<>();
    private static final List<Node> NODES = new ArrayList<>();
    private JdbcClient jdbc;
    private Proxy proxy;
    private Visitor alice;
    private Visitor audrey;

    @BeforeAll
    void surroundings() throws Exception {
        String url = TestDatabase.empty();
        DataSource database = new DriverManagerDataSource(url);
        jdbc = JdbcClient.create(database);
        MAIL.start();
        proxy = new Proxy();
        SETTINGS.putAll(Map.of(
                "spring.datasource.url",
                url,
                "spring.datasource.username",
                "postgres",
                "spring.datasource.password",
                "postgres",
                "spring.mail.host",
                "127.0.0.1",
                "spring.mail.port",
                String.valueOf(MAIL.getSmtp().getPort()),
                "server.servlet.session.cookie.secure",
                "false",
                "back-office.mail.from",
                "back-office@example.com",
                "back-office.public-url",
                "http://localhost:" + proxy.port(),
                "back-office.link-secret",
                "a7Qm-49xT-Zr02-bLw8-kPe5-Yd31-Hs6v"));
        SETTINGS.putAll(Map.of(
                "back-office.admin.id", "ada",
                "back-office.admin.first-name", "Ada",
                "back-office.admin.last-name", "Admin",
                "back-office.admin.email", "ada@example.com",
                "back-office.admin.password", PASSWORD));
        firm();
        person(0, "alice", "accountant", "F-1");
        person(1, "audrey", "auditor", "");
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
        assertThat(count("select count(*) from act_id_user")).isEqualTo(3);
        assertThat(first.said() + second.said()).contains("Another node is starting");
    }

    @Test
    @Order(2)
    @DisplayName("S95 know whoever is signed in at one of them, and answer for each other's imports and verifications")
    void signedInEverywhere() throws Exception {
        alice = new Visitor(proxy.port()).signedInAs("alice", PASSWORD);
        audrey = new Visitor(proxy.port()).signedInAs("audrey", PASSWORD);

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
        Matcher found = CASE.matcher(updateNow());
        assertThat(found.find()).isTrue();
        String key = found.group(1);
        List<String> faults = new ArrayList<>();
        walk(key, faults);

        Node third = started("third");
        while (!third.isReady()) {
            walk(key, faults);
        }
        proxy.add(third);
        Node first = NODES.get(0);
        first.stop();
        while (first.isAlive()) {
            walk(key, faults);
        }
        proxy.remove(first);
        walk(key, faults);

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

    private void walk(String key, List<String> faults) {
        for (String page : List.of(
                "/",
                "/clients",
                "/clients/import",
                "/cases/" + key,
                "/camunda/app/tasklist/default/",
                "/camunda/api/engine/engine/default/task")) {
            look(alice, page, faults);
        }
        for (String page : List.of(
                "/",
                "/audit",
                "/audit/cases/" + key,
                "/audit/product",
                "/audit/verification",
                "/camunda/app/cockpit/default/")) {
            look(audrey, page, faults);
        }
    }

    private void look(Visitor visitor, String page, List<String> faults) {
        HttpResponse<String> answer = visitor.get(page);
        if (answer.statusCode() != 200
                || !page.contains("/api/") && answer.body().contains("name=\"password\"")) {
            faults.add(page + ": " + answer.statusCode());
        }
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
    private static String afterwards(Visitor visitor, String path) throws InterruptedException {
        HttpResponse<String> page = visitor.get(path);
        while (page.headers().firstValue("Refresh").isPresent()) {
            Thread.sleep(100);
            page = visitor.get(path);
        }
        return page.body();
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
        Node node = new Node(folder, name, SETTINGS);
        NODES.add(node);
        return node;
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private static void firm() {
        Map<String, String> firm = Map.of(
                "id", "F-1",
                "name", "Firm 1",
                "email", "firm@example.com",
                "language", "en",
                "country", "CA",
                "province", "QC",
                "time-zone", "America/Toronto",
                "currency", "CAD",
                "wholesale-billing", "true",
                "payment-method-on-file", "true");
        firm.forEach((name, value) -> SETTINGS.put("back-office.firms[0]." + name, value));
        SETTINGS.put("back-office.firms[0].bill-day", "15");
    }

    private static void person(int number, String id, String role, String firm) {
        String person = "back-office.users[" + number + "].";
        SETTINGS.put(person + "id", id);
        SETTINGS.put(person + "first-name", id);
        SETTINGS.put(person + "last-name", "Test");
        SETTINGS.put(person + "email", id + "@example.com");
        SETTINGS.put(person + "password", PASSWORD);
        SETTINGS.put(person + "groups[0]", role);
        if (!firm.isEmpty()) {
            SETTINGS.put(person + "firm", firm);
        }
    }
}
