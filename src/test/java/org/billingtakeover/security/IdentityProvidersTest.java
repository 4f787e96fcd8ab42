package org.billingtakeover.security;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.catalina.LifecycleException;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Chromium;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.transaction.support.TransactionTemplate;

/** A product whose people come from an authorization server: one that is trusted with everything, and one that is a firm's own. */
@Tag("slow")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "camunda.bpm.process-engine-name=providers",
            "spring.mail.host=127.0.0.1"
        })
@ActiveProfiles("test")
@Import({TestDatabase.class, BackOfficeTest.Surroundings.class})
@DisplayName("Whoever signs in at an identity provider")
class IdentityProvidersTest {

    private static final String ENGINES = "/camunda/api/engine/engine";
    private static final String TASKS = ENGINES + "/providers/task/";
    private static final String PRODUCT = "http://localhost:" + TestSocketUtils.findAvailableTcpPort();
    private static final int PROVIDER_PORT = TestSocketUtils.findAvailableTcpPort();
    private static final Firm OURS = SampleAccounts.firm("F-1");
    private static final Firm THEIRS = SampleAccounts.firm("F-2");

    private static AuthorizationServer provider = started();
    private static Chromium chromium;

    @Autowired
    Door door;

    @Autowired
    Accounts accounts;

    @Autowired
    IdentityService identities;

    @Autowired
    TaskService tasks;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry settings) {
        settings.add("server.port", () -> PRODUCT.replaceAll(".*:", ""));
        settings.add("back-office.public-url", () -> PRODUCT);
        provider(settings, 0, "house", Map.of());
        provider(settings, 1, "ours", Map.of("firm", OURS.id().text()));
    }

    private static void provider(DynamicPropertyRegistry settings, int number, String id, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.putAll(Map.of("id", id, "name", "Provider " + id, "client-id", id, "client-secret", "secret-of-" + id));
        all.put("issuer", provider.issuer());
        all.forEach(
                (name, value) -> settings.add("back-office.identity-providers[" + number + "]." + name, () -> value));
    }

    @BeforeAll
    static void openBrowser() {
        chromium = new Chromium();
    }

    @AfterAll
    static void end() {
        chromium.close();
        provider.close();
    }

    @BeforeEach
    void givenTwoFirms() {
        door.opens();
        if (accounts.firms().isEmpty()) {
            Map<Firm, Account> clients =
                    Map.of(OURS, SampleAccounts.split(OURS, "of-F-1"), THEIRS, SampleAccounts.split(THEIRS, "of-F-2"));
            transaction.executeWithoutResult(status -> {
                clients.keySet().forEach(accounts::save);
                accounts.save(List.copyOf(clients.values()));
            });
            setUpIdentities.setUp();
            clients.values().forEach(account -> door.opened(account));
        }
    }

    @Test
    @DisplayName("comes back to the page they wanted, with the role and the firm that the provider tells")
    void accountant() {
        Page page = visitor("amelie", List.of("accountant"), Map.of("firm", "F-1"));

        page.navigate(PRODUCT + "/clients");
        signIn(page, "house", "amelie");

        assertThat(page).hasURL(PRODUCT + "/clients");
        assertThat(page.locator("main")).containsText("Atelier of-F-1");
        assertThat(page.locator("main")).not().containsText("Atelier of-F-2");
        assertThat(page.locator("header.site")).containsText("Amelie Test");
        assertThat(seesTaskOf(page, "F-1")).isTrue();
        assertThat(seesTaskOf(page, "F-2")).isFalse();
    }

    @Test
    @DisplayName("does not come to a local account that is called as theirs would be, and takes nothing from it")
    void localAccountOfTheSameName() {
        User local = identities.newUser("house.ludwig");
        local.setFirstName("Local");
        local.setLastName("Account");
        local.setPassword("A long enough one 4!");
        identities.saveUser(local);
        identities.createMembership("house.ludwig", "auditor");
        Page page = visitor("ludwig", List.of("accountant"), Map.of("firm", "F-1"));

        page.navigate(PRODUCT + "/clients");
        signIn(page, "house", "ludwig");

        assertThat(page).hasURL(PRODUCT + "/sign-in?no-role");
        User after = identities.createUserQuery().userId("house.ludwig").singleResult();
        org.assertj.core.api.Assertions.assertThat(after.getFirstName()).isEqualTo("Local");
        org.assertj.core.api.Assertions.assertThat(identities
                        .createGroupQuery()
                        .groupMember("house.ludwig")
                        .list())
                .extracting(Group::getId)
                .containsExactly("auditor");
    }

    @Test
    @DisplayName("is an accountant of that firm and nothing else, if the provider is one firm's own")
    void firmsOwnProvider() {
        Page page = visitor("greedy", List.of("accountant", "camunda-admin", "auditor"), Map.of("firm", "F-2"));

        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "ours", "greedy");

        assertThat(groups("ours.greedy")).containsExactly("accountant");
        page.navigate(PRODUCT + "/clients");
        assertThat(page.locator("main")).containsText("Atelier of-F-1");
        assertThat(page.locator("main")).not().containsText("Atelier of-F-2");
    }

    @Test
    @DisplayName("cannot be taken for somebody with an account here, or of another provider")
    void sameName() {
        Page page = visitor("admin", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "admin");

        assertThat(groups("house.admin")).containsExactly("auditor");
        assertThat(groups("admin")).containsExactly("camunda-admin");
    }

    @Test
    @DisplayName("finds a button for each provider, beside each other and not as one")
    void buttons() {
        Page page = chromium.page("en-CA");
        page.navigate(PRODUCT + "/sign-in");
        BoundingBox house = page.locator("a[href$='/sign-in/at/house']").boundingBox();
        BoundingBox ours = page.locator("a[href$='/sign-in/at/ours']").boundingBox();

        org.assertj.core.api.Assertions.assertThat(ours.x - (house.x + house.width))
                .isGreaterThan(4);
    }

    @Test
    @DisplayName("is told so where they have no role, or no firm that is known here, and no account is made")
    void noRole() {
        for (Map<String, Object> firm : List.of(Map.<String, Object>of(), Map.<String, Object>of("firm", "F-9"))) {
            Page page = visitor("nobody", List.of("accountant", "staff"), firm);

            page.navigate(PRODUCT + "/sign-in");
            signIn(page, "house", "nobody");

            assertThat(page.locator("[role=alert]")).containsText("you have no role here");
            assertThat(page.navigate(PRODUCT + "/clients").url()).endsWith("/sign-in");
        }
        assertThat(identities.createUserQuery().userId("house.nobody").count()).isZero();
    }

    @Test
    @DisplayName("has a user name that the engine takes, whatever the provider calls them")
    void oddName() {
        Page page = visitor("auth0|x y", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "auth0|x y");

        assertThat(page.navigate(PRODUCT + "/clients").status()).isEqualTo(200);
        assertThat(identities.createUserQuery().userFirstNameLike("Auth0%").list())
                .singleElement()
                .satisfies(user -> assertThat(user.getId()).matches("house\\._[0-9a-f]{32}"));
    }

    @Test
    @DisplayName("loses within a minute the role that the provider takes, and gains what it gives")
    void roleTaken() {
        Page page = visitor("mover", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "mover");
        assertThat(page.navigate(PRODUCT + "/audit").status()).isEqualTo(200);

        says("mover", List.of("accountant"), Map.of("firm", "F-2"));
        clock.set(clock.instant().plus(Duration.ofSeconds(31)));

        assertThat(page.navigate(PRODUCT + "/audit").status()).isEqualTo(403);
        page.navigate(PRODUCT + "/clients");
        assertThat(page.locator("main")).containsText("Atelier of-F-2");
        assertThat(seesTaskOf(page, "F-2")).isTrue();
        assertThat(seesTaskOf(page, "F-1")).isFalse();
    }

    @Test
    @DisplayName("loses a role in each of many requests at once")
    void roleTakenAtOnce() {
        Page page = visitor("hurried", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "hurried");
        page.navigate(PRODUCT + ENGINES);
        assertThat(statuses(page, "/audit")).containsOnly(200);

        says("hurried", List.of("accountant"), Map.of("firm", "F-2"));
        clock.set(clock.instant().plus(Duration.ofSeconds(31)));

        assertThat(statuses(page, "/audit")).containsOnly(403);
    }

    @Test
    @DisplayName("is signed out within a minute when the provider forgets them, and holds no role any more")
    void forgotten() {
        Page page = visitor("leaver", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "leaver");
        assertThat(page.navigate(PRODUCT + ENGINES).status()).isEqualTo(200);

        AuthorizationServer.forget("leaver");
        clock.set(clock.instant().plus(Duration.ofSeconds(31)));

        assertThat(page.request().get(PRODUCT + ENGINES).status()).isEqualTo(401);
        assertThat(page.navigate(PRODUCT + "/clients").url()).endsWith("/sign-in");
    }

    @Test
    @DisplayName("is signed out, and loses what they had, when the provider tells no role of them any more")
    void allRolesTaken() {
        Page page = visitor("demoted", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "demoted");

        says("demoted", List.of("staff"), Map.of());
        clock.set(clock.instant().plus(Duration.ofSeconds(31)));

        assertThat(page.navigate(PRODUCT + "/clients").url()).endsWith("/sign-in");
        assertThat(groups("house.demoted")).isEmpty();
    }

    @Test
    @DisplayName("is kept out while the provider does not answer, and goes on when it does")
    void providerDown() throws LifecycleException {
        Page page = visitor("patient", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "patient");

        clock.set(clock.instant().plus(Duration.ofSeconds(31)));
        provider.pause();
        Response refused = page.navigate(PRODUCT + "/clients");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(page.locator("main")).containsText("cannot be reached at the moment");

        provider.goOn();
        assertThat(page.navigate(PRODUCT + "/clients").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("may ask for many things at once when the provider has to be asked again")
    void atOnce() {
        Page page = visitor("hasty", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "hasty");
        // Our own pages may ask for nothing by script.
        page.navigate(PRODUCT + ENGINES);

        for (int round = 0; round < 3; round++) {
            clock.set(clock.instant().plus(Duration.ofSeconds(31)));
            assertThat(statuses(page, ENGINES)).containsOnly(200);
        }
    }

    @Test
    @DisplayName("is signed out at the provider too, from our pages and from Tasklist")
    void signOut() {
        Page page = visitor("amelie2", List.of("accountant"), Map.of("firm", "F-1"));
        Supplier<String> whereSignInLeads = () -> {
            page.navigate(PRODUCT + "/sign-in");
            page.locator("a[href$='/sign-in/at/house']").click();
            page.waitForLoadState();
            return page.url();
        };
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "amelie2");
        page.navigate(PRODUCT + "/clients");
        page.locator("form[action$='sign-out'] button").first().click();
        assertThat(page).hasURL(PRODUCT + "/sign-in");
        assertThat(whereSignInLeads.get()).startsWith(provider.issuer());

        page.locator("[name=username]").fill("amelie2");
        page.locator("[name=password]").fill(AuthorizationServer.PASSWORD);
        page.locator("button[type=submit]").click();
        page.navigate(PRODUCT + "/camunda/app/tasklist/providers/");
        page.locator("[ng-show='user.name'] .dropdown-toggle, .account.dropdown .dropdown-toggle")
                .first()
                .click();
        page.locator(".logout a, a[ng-click*=logout]").first().click();
        assertThat(page).hasURL(PRODUCT + "/sign-in");
        assertThat(whereSignInLeads.get()).startsWith(provider.issuer());
    }

    @Test
    @DisplayName("hears a sentence where there is no such provider")
    void noSuchProvider() {
        Page page = chromium.page("en-CA");

        page.navigate(PRODUCT + "/sign-in/at/elsewhere");

        assertThat(page.locator("[role=alert]")).containsText("did not work");
    }

    @Test
    @DisplayName("cannot sign in here with a password")
    void noPassword() {
        Page page = visitor("amelie3", List.of("auditor"), Map.of());
        page.navigate(PRODUCT + "/sign-in");
        signIn(page, "house", "amelie3");

        for (String password : List.of("", AuthorizationServer.PASSWORD)) {
            assertThat(identities.checkPassword("house.amelie3", password)).isFalse();
        }
    }

    private static AuthorizationServer started() {
        return new AuthorizationServer(PROVIDER_PORT, PRODUCT, "house", "ours");
    }

    /** What eight requests at once for the same are answered. */
    private static List<Object> statuses(Page page, String path) {
        return List.copyOf((List<?>) page.evaluate(
                "path => Promise.all(Array(8).fill(path).map(each => fetch(each, {cache: 'no-store'}).then(answer => answer.status)))",
                path));
    }

    private Page visitor(String name, List<String> groups, Map<String, Object> more) {
        says(name, groups, more);
        return chromium.page("en-CA");
    }

    private static void says(String name, List<String> groups, Map<String, Object> more) {
        Map<String, Object> claims = new HashMap<>(more);
        claims.put("groups", groups);
        claims.put("given_name", Character.toUpperCase(name.charAt(0)) + name.substring(1));
        claims.put("family_name", "Test");
        claims.put("email", "someone@example.ca");
        AuthorizationServer.PEOPLE.put(name, claims);
    }

    private static void signIn(Page page, String provider, String name) {
        page.locator("a[href$='/sign-in/at/" + provider + "']").click();
        page.locator("[name=username]").fill(name);
        page.locator("[name=password]").fill(AuthorizationServer.PASSWORD);
        page.locator("button[type=submit]").click();
        page.waitForURL(PRODUCT + "/**");
    }

    private List<String> groups(String user) {
        return identities.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList();
    }

    private boolean seesTaskOf(Page page, String firm) {
        String task =
                tasks.createTaskQuery().tenantIdIn(firm).listPage(0, 1).get(0).getId();
        return page.request().get(PRODUCT + TASKS + task).ok();
    }
}
