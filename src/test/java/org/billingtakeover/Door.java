package org.billingtakeover;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Takeovers;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The product's door in a test: the firms behind it with their clients and cases, and the people who come in. */
public final class Door {

    /** Everybody's, the administrator's too. */
    public static final String PASSWORD = "only-for-tests";

    private static final Instant MORNING = Instant.parse("2026-03-02T15:00:00Z");

    private final Accounts accounts;
    private final OpenTakeover open;
    private final Takeovers takeovers;
    private final IdentityService identities;
    private final TaskService tasks;
    private final TransactionTemplate transaction;
    private final TestClock clock;
    private final Environment environment;

    Door(
            Accounts accounts,
            OpenTakeover open,
            Takeovers takeovers,
            IdentityService identities,
            TaskService tasks,
            PlatformTransactionManager transactions,
            TestClock clock,
            Environment environment) {
        this.accounts = accounts;
        this.open = open;
        this.takeovers = takeovers;
        this.identities = identities;
        this.tasks = tasks;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.environment = environment;
    }

    /** It is 10 in the morning of March 2, 2026, in Montréal. */
    public void opens() {
        clock.set(MORNING);
    }

    // ---- behind it

    /** A firm that nobody knew, whose people may come in. */
    public Firm firm(String letter) {
        return saved(SampleAccounts.firm(letter + System.nanoTime()));
    }

    /** This firm is known, and its people may come in. */
    public Firm saved(Firm firm) {
        transaction.executeWithoutResult(status -> accounts.save(firm));
        Tenant tenant = identities.newTenant(firm.id().text());
        tenant.setName(firm.name());
        identities.saveTenant(tenant);
        return firm;
    }

    /** A split client of the firm, as in {@link SampleAccounts}; the firm's clients differ by their digits. */
    public Account client(Firm firm, String digit) {
        return saved(SampleAccounts.split(firm, digit + firm.id().text().replaceAll("\\D", "")));
    }

    public Account saved(Account account) {
        transaction.executeWithoutResult(status -> accounts.save(List.of(account)));
        return account;
    }

    /** The key of a case of this client, whose new cost waits to be reviewed. */
    public String opened(Account client) {
        return opened(client, "alice");
    }

    public String opened(Account client, String by) {
        return ((OpenTakeover.Opened) open.open(client.client().id(), by)).key().text();
    }

    /** The only task of a case. */
    public Task task(String key) {
        return tasks.createTaskQuery().processInstanceBusinessKey(key).singleResult();
    }

    /** The firm has reviewed the new cost and takes over: the client is asked. */
    public void firmTakesOver(String key) {
        String quote = takeovers
                .takeover(new TakeoverKey(key))
                .state()
                .quote()
                .orElseThrow()
                .text();
        tasks.complete(task(key).getId(), Map.of("decision", "takeOver", "acknowledged", true, "quoteNumber", quote));
    }

    // ---- before it

    /** The id of somebody new with this role, at this firm if one is given, who can sign in. */
    public String person(String role, @Nullable Firm firm) {
        String id = role + System.nanoTime();
        User user = identities.newUser(id);
        user.setFirstName("Test");
        user.setLastName(role);
        user.setPassword(PASSWORD);
        ((IdentityServiceImpl) identities).saveUser(user, true);
        identities.createMembership(id, role);
        if (firm != null) {
            identities.createTenantUserMembership(firm.id().text(), id);
        }
        return id;
    }

    /** Somebody who is not signed in. */
    public Visitor stranger() {
        return new Visitor(port());
    }

    public Visitor signedIn(String person) {
        return stranger().signedInAs(person, PASSWORD);
    }

    /** Somebody new, signed in. */
    public Visitor signedIn(String role, @Nullable Firm firm) {
        return signedIn(person(role, firm));
    }

    /** Likewise, with the token of the engine's web applications, which their calls send. */
    public Visitor inTheEngine(String person) {
        Visitor visitor = signedIn(person);
        visitor.get("/camunda/app/welcome/default/");
        return visitor;
    }

    /** Somebody new, likewise. */
    public Visitor inTheEngine(String role, @Nullable Firm firm) {
        return inTheEngine(person(role, firm));
    }

    /** Somebody signs in with a browser and looks at one of the engine's web applications. */
    public void shows(Page page, String person, String application) {
        Chromium.signIn(page, origin(), person, PASSWORD);
        page.navigate(origin() + "/camunda/app/" + application);
    }

    public String origin() {
        return "http://localhost:" + port();
    }

    private int port() {
        return environment.getRequiredProperty("local.server.port", Integer.class);
    }
}
