package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.takeover.OpenTakeover;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@BackOfficeTest
@DisplayName("On our pages")
class RightsTest {

    /** Role by right: a column for each role, in the order of {@link Role}. */
    private static final String TABLE = """
            #                  accountant|support|operations|owner|auditor|administrator
            SEE_CLIENTS         | yes    | yes   | yes      | yes | yes   | yes
            OPEN_TAKEOVERS      | yes    | no    | no       | no  | no    | no
            WITHDRAW_TAKEOVERS  | yes    | no    | no       | no  | no    | no
            RECONSIDER_TAKEOVERS| yes    | no    | no       | no  | no    | no
            IMPORT_LISTS        | yes    | no    | no       | no  | no    | yes
            SETTLE_DISPUTES     | no     | no    | yes      | no  | no    | no
            SEE_FIGURES         | no     | no    | yes      | yes | no    | yes
            SEE_COMMISSIONS     | yes    | no    | yes      | no  | no    | no
            SEE_BILLS           | yes    | yes   | yes      | no  | yes   | no
            SEE_PAYMENTS        | no     | no    | yes      | no  | no    | no
            READ_AUDIT          | no     | no    | no       | no  | yes   | no
            WORK_ON_TASKS       | yes    | yes   | yes      | no  | no    | no
            PROVE_CHANGES       | yes    | no    | yes      | no  | no    | no
            RECORD_ANSWERS      | no     | yes   | no       | no  | no    | no
            SEND_LINKS          | yes    | yes   | no       | no  | no    | no
            WATCH_PROCESSES     | no     | no    | yes      | yes | yes   | no
            RETRY_JOBS          | no     | no    | yes      | no  | no    | no
            MOVE_CASES          | no     | no    | no       | yes | no    | no
            MANAGE_PEOPLE       | no     | no    | no       | no  | no    | yes
            """;

    @Autowired
    OpenTakeover open;

    @Autowired
    IdentityService identities;

    @Autowired
    StaffAccounts staff;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    Door door;

    private Firm firm;
    private Account client;
    private String key;

    @BeforeEach
    void givenACase() {
        door.opens();
        firm = door.firm("R");
        client = door.client(firm, "3");
        setUpIdentities.setUp();
        key = door.opened(client);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = TABLE)
    @DisplayName("each role may do this, and is refused the rest")
    void rightsOfRoles(ArgumentsAccessor row) {
        Right right = row.get(0, Right.class);
        assertThat(row.size()).isEqualTo(1 + Role.values().length);
        for (Role role : Role.values()) {
            boolean may =
                    row.getString(1 + List.of(Role.values()).indexOf(role)).equals("yes");
            String id = person(role);

            assertThat(staff.find(id).orElseThrow().may(right)).as("%s", role).isEqualTo(may);
            assertThat(isGranted(right, door.signedIn(id)))
                    .as("%s, by the pages", role)
                    .isEqualTo(may);
        }
    }

    @Test
    @DisplayName("no right is without its line in the table above")
    void wholeTable() {
        assertThat(TABLE.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> Right.valueOf(line.split("\\|")[0].strip())))
                .containsExactly(Right.values());
    }

    @Test
    @DisplayName("who has several roles may do what any of them may")
    void severalRoles() {
        String id = person(Role.AUDITOR);
        identities.createMembership(id, Role.CLIENT_SUPPORT.group());

        assertThat(Arrays.stream(Right.values()).filter(staff.find(id).orElseThrow()::may))
                .containsExactly(
                        Right.SEE_CLIENTS,
                        Right.SEE_BILLS,
                        Right.READ_AUDIT,
                        Right.WORK_ON_TASKS,
                        Right.RECORD_ANSWERS,
                        Right.SEND_LINKS,
                        Right.WATCH_PROCESSES);
    }

    @Test
    @DisplayName("who has a firm but no role yet may do nothing, and reads so")
    void noRole() {
        String id = person(Role.ACCOUNTANT);
        identities.deleteMembership(id, Role.ACCOUNTANT.group());
        Visitor visitor = door.signedIn(id);

        assertThat(visitor.get("/").body())
                .contains("Nothing is open to you yet")
                .doesNotContain("href=\"/clients\"");
        assertThat(visitor.get("/clients").statusCode()).isEqualTo(403);
        assertThat(visitor.get("/cases/" + key).statusCode()).isEqualTo(403);
    }

    private boolean isGranted(Right right, Visitor visitor) {
        return switch (right) {
            case SEE_CLIENTS -> isLinkedAndOpen(visitor, "/clients");
            case OPEN_TAKEOVERS -> {
                boolean choosesMails = takes(
                        visitor, "/clients/mails", Map.of("firm", firm.id().text(), "daily", "true"));
                assertThat(takes(visitor, "/clients/" + client.client().id() + "/takeover"))
                        .isEqualTo(choosesMails);
                yield choosesMails;
            }
            case WITHDRAW_TAKEOVERS -> takes(visitor, "/cases/" + key + "/withdraw");
            case RECONSIDER_TAKEOVERS -> takes(visitor, "/cases/" + key + "/reconsider");
            case IMPORT_LISTS -> opens(visitor.get("/clients/import"));
            case SETTLE_DISPUTES -> isLinkedAndOpen(visitor, "/disputes") && isLinkedAndOpen(visitor, "/doubts");
            case SEE_FIGURES -> isLinkedAndOpen(visitor, "/metrics");
            case SEE_COMMISSIONS -> isLinkedAndOpen(visitor, "/commissions");
            case SEE_BILLS -> isLinkedAndOpen(visitor, "/bills");
            case SEE_PAYMENTS -> isLinkedAndOpen(visitor, "/commissions/payments");
            case READ_AUDIT -> isLinkedAndOpen(visitor, "/audit");
            case WORK_ON_TASKS -> isLinkedAndInTheEngine(visitor, "tasklist");
            case PROVE_CHANGES -> takes(visitor, "/cases/" + key + "/bill");
            case RECORD_ANSWERS -> takes(visitor, "/cases/" + key + "/phone-answer");
            case SEND_LINKS -> takes(visitor, "/cases/" + key + "/link");
            case WATCH_PROCESSES -> isLinkedAndInTheEngine(visitor, "cockpit");
            case RETRY_JOBS -> calls(visitor, "PUT", "job/" + UUID.randomUUID() + "/retries", "{\"retries\":1}");
            case MOVE_CASES -> calls(visitor, "POST", "migration/generate", "{}");
            case MANAGE_PEOPLE ->
                isLinkedAndInTheEngine(visitor, "admin")
                        && calls(visitor, "PUT", "user/nobody/profile", "{\"id\":\"nobody\"}");
        };
    }

    private static boolean isLinkedAndOpen(Visitor visitor, String path) {
        boolean open = opens(visitor.get(path));
        assertThat(visitor.get("/").body().contains("href=\"" + path + "\""))
                .as("a link to %s", path)
                .isEqualTo(open);
        return open;
    }

    private static boolean isLinkedAndInTheEngine(Visitor visitor, String application) {
        // The engine looks at who is there when it serves an application or its interface, and tells of it here.
        visitor.get("/camunda/app/welcome/default/");
        HttpResponse<String> applications = visitor.get("/camunda/api/admin/auth/user/default");
        assertThat(applications.body()).contains("authorizedApps");
        boolean open = applications.body().contains("\"" + application + "\"");
        assertThat(visitor.get("/").body().contains("href=\"/camunda/app/" + application + "/default/\""))
                .as("a link to %s", application)
                .isEqualTo(open);
        return open;
    }

    /** The engine finds nothing wrong but that there is no such thing. */
    private static boolean calls(Visitor visitor, String method, String path, String json) {
        visitor.get("/camunda/app/welcome/default/");
        HttpResponse<String> answer = visitor.sendJson(method, "/camunda/api/engine/engine/default/" + path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403, 404, 500);
        return answer.statusCode() != 403;
    }

    private static boolean takes(Visitor visitor, String path) {
        return takes(visitor, path, Map.of());
    }

    private static boolean takes(Visitor visitor, String path, Map<String, String> form) {
        visitor.get("/");
        return opens(visitor.post(path, form));
    }

    private static boolean opens(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isIn(200, 302, 403);
        return answer.statusCode() != 403;
    }

    private String person(Role role) {
        return door.person(role.group(), role.reachesAllFirms() ? null : firm);
    }
}
