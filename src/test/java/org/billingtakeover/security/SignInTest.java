package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.digest.PasswordManager;
import org.camunda.bpm.engine.impl.digest.Sha512HashDigest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@BackOfficeTest
@DisplayName("Sign-in")
class SignInTest {

    private static final String ENGINES = "/camunda/api/engine/engine";
    private static final String TASKS = ENGINES + "/default/task";
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");

    @Autowired
    IdentityService identities;

    @Autowired
    WebApplicationContext context;

    @Autowired
    TestClock clock;

    @Autowired
    ProcessEngineConfigurationImpl configuration;

    @Autowired
    Accounts accounts;

    @Autowired
    SetUpIdentities setUpIdentities;

    @Autowired
    Door door;

    private MockMvc pages;

    @BeforeEach
    void setUp() {
        door.opens();
        pages = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
    }

    @Test
    @DisplayName("makes whoever guesses wait, and nobody elsewhere, the owner of the account least of all")
    void guessing() throws Exception {
        String victim = door.person("auditor", null);
        for (int attempt = 0; attempt < 10; attempt++) {
            assertThat(attempt("203.0.113.9", victim, "guess " + attempt)).isEqualTo("/sign-in?error");
        }

        assertThat(attempt("203.0.113.9", victim, "guess")).isEqualTo("/sign-in?wait");
        assertThat(attempt("203.0.113.9", victim.toUpperCase(java.util.Locale.ROOT), "guess"))
                .isEqualTo("/sign-in?wait");
        assertThat(attempt("203.0.113.9", victim, Door.PASSWORD)).isEqualTo("/sign-in?wait");
        assertThat(attempt("203.0.113.10", victim, Door.PASSWORD)).isEqualTo("/");
        assertThat(attempt("203.0.113.9", door.person("auditor", null), Door.PASSWORD))
                .isEqualTo("/");
        assertThat(door.stranger().get("/sign-in?wait").body()).contains("Wait 15 minutes");
    }

    @Test
    @DisplayName("makes whoever tries one name after the other wait too")
    void manyNames() throws Exception {
        String auditor = door.person("auditor", null);
        for (int attempt = 0; attempt < PasswordGuesses.OF_ONE_ADDRESS; attempt++) {
            assertThat(attempt(
                            "203.0.113.20",
                            attempt % 7 == 0 ? auditor : "name-" + attempt,
                            attempt % 7 == 0 ? Door.PASSWORD : "guess"))
                    .isEqualTo(attempt % 7 == 0 ? "/" : "/sign-in?error");
        }
        for (int attempt = 0; attempt <= PasswordGuesses.OF_ONE_ADDRESS / 7; attempt++) {
            attempt("203.0.113.20", "another-" + attempt, "guess");
        }

        assertThat(attempt("203.0.113.20", auditor, Door.PASSWORD)).isEqualTo("/sign-in?wait");
        assertThat(attempt("203.0.113.21", auditor, Door.PASSWORD)).isEqualTo("/");
    }

    @Test
    @DisplayName("costs the same whether there is such an account or not")
    void sameCost() throws Exception {
        String known = door.person("auditor", null);
        PasswordManager present = configuration.getPasswordManager();
        AtomicInteger hashes = new AtomicInteger();
        configuration.setPasswordManager(new PasswordManager(
                new Sha512HashDigest() {
                    @Override
                    public String encrypt(String password) {
                        hashes.incrementAndGet();
                        return super.encrypt(password);
                    }
                },
                List.of()));
        try {
            attempt("203.0.113.22", known, "wrong");
            assertThat(hashes.getAndSet(0)).isOne();
            attempt("203.0.113.22", "nobody-of-this-name", "wrong");
            assertThat(hashes.get()).isOne();
        } finally {
            configuration.setPasswordManager(present);
        }
    }

    @Test
    @DisplayName("counts a wrong present password of somebody who sets a new one as a guess")
    void wrongPresentPassword() {
        String person = door.person("auditor", null);
        Visitor thief = door.inTheEngine(person);
        String credentials = "/camunda/api/engine/engine/default/user/" + person + "/credentials";
        String body = "{\"password\":\"Another long enough one 7!\",\"authenticatedUserPassword\":\"%s\"}";
        for (int attempt = 0; attempt < PasswordGuesses.OF_ONE_NAME; attempt++) {
            assertThat(thief.sendJson("PUT", credentials, body.formatted("guess " + attempt))
                            .statusCode())
                    .isEqualTo(400);
        }

        assertThat(thief.sendJson("PUT", credentials, body.formatted(Door.PASSWORD))
                        .statusCode())
                .isEqualTo(400);
        assertThat(door.signedIn(person).get("/audit").statusCode())
                .as("from the same address")
                .isEqualTo(302);
    }

    @Test
    @DisplayName("of an accountant does not outlive the role: neither clients nor cases nor tasks are read then")
    void accountantsRoleTaken() {
        Firm firm = door.firm("S");
        Account account = door.client(firm, "8");
        setUpIdentities.setUp();
        String key = door.opened(account);
        String leaver = door.person("accountant", firm);
        Visitor visitor = door.signedIn(leaver);
        assertThat(visitor.get("/clients").body()).contains(account.client().name());
        assertThat(visitor.get("/cases/" + key).statusCode()).isEqualTo(200);
        assertThat(visitor.get(TASKS).body()).contains("UserTask_ReviewNewCost");

        identities.deleteMembership(leaver, "accountant");
        clock.set(NOW.plusSeconds(31));

        for (String path : List.of("/clients", "/cases/" + key, "/clients/import", "/audit", "/audit/cases/" + key)) {
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(403);
        }
        assertThat(visitor.get(TASKS).statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("is not ended by a call without the token that it should send, as another site could make one")
    void failedToken() {
        Visitor auditor = door.signedIn("auditor", null);
        assertThat(auditor.postJson(TASKS, "{}").statusCode())
                .as("no token yet")
                .isEqualTo(403);
        auditor.get(TASKS + "/count");
        assertThat(auditor.postJson(TASKS, "{}").statusCode()).isEqualTo(200);

        assertThat(auditor.postForged(TASKS, "{}").statusCode()).isEqualTo(403);
        assertThat(auditor.post("/sign-out?forged", Map.of("_csrf", "forged")).statusCode())
                .isEqualTo(403);

        assertThat(auditor.postJson(TASKS, "{}").statusCode()).isEqualTo(200);
        assertThat(auditor.get("/audit").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("forgets wrong attempts when the right password follows")
    void forgets() throws Exception {
        String somebody = door.person("auditor", null);
        for (int round = 0; round < 3; round++) {
            for (int attempt = 0; attempt < 5; attempt++) {
                attempt("203.0.113.11", somebody, "slip of the finger");
            }
            assertThat(attempt("203.0.113.11", somebody, Door.PASSWORD)).isEqualTo("/");
        }
    }

    @Test
    @DisplayName("has no second place where passwords can be tried out")
    void noSecondPlace() {
        // The engine itself denies it to those who may not read accounts.
        Visitor admin = door.inTheEngine("camunda-admin", null);

        assertThat(admin.postJson(
                                "/camunda/api/engine/engine/default/identity/verify",
                                "{\"username\":\"admin\",\"password\":\"" + Door.PASSWORD + "\"}")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short-1A", "no-capital-1", "NO-SMALL-1", "No-digit-here", "NoOtherSign1"})
    @DisplayName("takes no password that is easy to guess")
    void passwordPolicy(String password) {
        User user = identities.newUser("newcomer" + System.nanoTime());
        user.setPassword(password);

        assertThatThrownBy(() -> identities.saveUser(user)).hasMessageContaining("Password does not match policy");
    }

    @Test
    @DisplayName("gives a session of its own, that nobody could have prepared")
    void sessionFixation() {
        String somebody = door.person("auditor", null);
        Visitor visitor = door.signedIn("accountant", null);
        String before = visitor.cookie("SESSION");
        visitor.get("/");

        visitor.post("/sign-in", Map.of("username", somebody, "password", Door.PASSWORD));

        assertThat(before).isNotEmpty();
        assertThat(visitor.cookie("SESSION")).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    @DisplayName("ends everywhere when somebody signs out on a page of ours")
    void signOut() {
        Visitor auditor = door.signedIn("auditor", null);
        assertThat(auditor.get(ENGINES).statusCode()).isEqualTo(200);
        auditor.get("/audit");

        assertThat(auditor.post("/sign-out", Map.of()).statusCode()).isEqualTo(302);
        assertThat(auditor.get(ENGINES).statusCode()).isEqualTo(401);
        assertThat(auditor.get("/audit").statusCode()).isEqualTo(302);
    }

    @Test
    @DisplayName("is over for a person whose account is taken, within a minute")
    void accountTaken() {
        String leaver = door.person("auditor", null);
        Visitor visitor = door.signedIn(leaver);
        assertThat(visitor.get(ENGINES).statusCode()).isEqualTo(200);
        assertThat(visitor.get("/audit").statusCode()).isEqualTo(200);

        identities.deleteUser(leaver);
        clock.set(NOW.plusSeconds(31));

        assertThat(visitor.get(ENGINES).statusCode()).isEqualTo(401);
        assertThat(visitor.get("/audit").statusCode()).isEqualTo(302);
        assertThat(visitor.get("/sign-in").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("is over where the password was set anew, within a minute")
    void passwordSetAnew() {
        String person = door.person("auditor", null);
        Visitor thief = door.signedIn(person);
        assertThat(thief.get("/audit").statusCode()).isEqualTo(200);

        User account = identities.createUserQuery().userId(person).singleResult();
        account.setPassword("Another long enough one 7!");
        identities.saveUser(account);
        clock.set(NOW.plusSeconds(31));

        assertThat(thief.get(ENGINES).statusCode()).isEqualTo(401);
        assertThat(thief.get("/audit").statusCode()).isEqualTo(302);
        Visitor owner = door.stranger().signedInAs(person, "Another long enough one 7!");
        assertThat(owner.get("/audit").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("does not outlive a role that is taken, within a minute")
    void roleTaken() {
        String mover = door.person("auditor", null);
        Visitor visitor = door.signedIn(mover);
        String definitions = "/camunda/api/engine/engine/default/process-definition/count";
        assertThat(visitor.get(definitions).body()).doesNotContain("\"count\":0");
        assertThat(visitor.get("/audit").body()).contains("href=\"/clients\"");

        identities.deleteMembership(mover, "auditor");
        clock.set(NOW.plusSeconds(31));

        assertThat(visitor.get(definitions).statusCode()).isEqualTo(403);
        assertThat(visitor.get("/").body()).doesNotContain("href=\"/clients\"");
    }

    /** Where the page sends whoever tried. */
    private String attempt(String address, String user, String password) throws Exception {
        // Not by the token of Spring's tests: it would take the place of the product's own in every test that follows.
        MockHttpServletResponse page =
                pages.perform(get("/sign-in")).andReturn().getResponse();
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.getContentAsString());
        assertThat(token.find()).isTrue();
        return String.valueOf(pages.perform(post("/sign-in")
                        .cookie(page.getCookies())
                        .with(request -> {
                            request.setRemoteAddr(address);
                            return request;
                        })
                        .param("_csrf", token.group(1))
                        .param("username", user)
                        .param("password", password))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }
}
