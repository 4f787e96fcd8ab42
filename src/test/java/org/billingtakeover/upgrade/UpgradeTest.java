package org.billingtakeover.upgrade;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpResponse;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.Visitor;
import org.billingtakeover.billing.BookChanges;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.notification.Outbox;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The present product starts on the data of version 1.0.0, and every case in it comes to its end. Which case waits for what is told
 * beside the data.
 */
@Tag("own-product")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "spring.mail.host=127.0.0.1",
            // What the links were made with that lie in people's mailboxes.
            "back-office.link-secret=the-demo-has-no-secrets-and-says-so-here"
        })
@ActiveProfiles("test")
@Import({UpgradeTest.EarlierDatabase.class, BackOfficeTest.Surroundings.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
// The next class of this JVM may start a product of its own.
@DirtiesContext
@DisplayName("Data of version 1.0.0")
class UpgradeTest {

    private static final EarlierData DATA = new EarlierData("1.0.0", "8");
    private static final Instant TAKEN_AT = Instant.parse("2026-12-15T05:00:27Z");
    private static final int NOTED_SEAL = 6;
    private static final String NOTED_HASH = "0e94cf2cf6d112a46e858d5c97e574bf10462fef95953f2c707c69a8627f45c1";

    /** From the mail to the primary admin of {@code TKO-2026-00030}. */
    private static final String MAILED_LINK = "/answer/ncoyL-s3uJAsCzjAaTOuYrcA7Y6ZnWQXgK4gnB8HbFI";

    private static final Map<String, List<String>> ENDS = Map.of(
            "FIRM_PAYS_ALL",
            List.of("04", "10", "11", "16", "17", "19", "20", "21", "24", "28", "30", "31", "33", "64"),
            "CLIENT_PAYS_ALL",
            List.of("05", "09", "15", "18", "22", "23", "26", "27"),
            "INTEGRATION_STOPPED",
            List.of("03", "06", "08", "12", "13", "14", "25", "29", "32"),
            "WITHDRAWN",
            List.of("01"),
            "NOTHING_TO_TAKE_OVER",
            List.of("02"),
            "NOT_ELIGIBLE",
            List.of("07"));

    private final List<Exception> failures = new ArrayList<>();

    /** How many watches there were, whenever one was looked for. */
    private final Set<Integer> watches = new HashSet<>();

    private Report untouched;
    private List<String> tasksAtFirst = List.of();
    private List<String> emptyAtFirst = List.of();
    private List<String> mailsUnderWay = List.of();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    IdentityService identity;

    @Autowired
    ConsentLinks links;

    @Autowired
    Seals seals;

    @Autowired
    StoredTrail trail;

    @Autowired
    BookChanges bookChanges;

    @Autowired
    Outbox outbox;

    @Autowired
    TestClock clock;

    @Autowired
    GreenMail mailServer;

    @LocalServerPort
    int port;

    /** The earlier version's database, at the time at which it was left. */
    @TestConfiguration(proxyBeanMethods = false)
    static class EarlierDatabase {

        @Bean
        HikariDataSource dataSource(TestClock clock) {
            HikariDataSource dataSource = TestDatabase.fresh();
            dataSource.setAutoCommit(false);
            DATA.loadInto(dataSource);
            clock.set(TAKEN_AT);
            return dataSource;
        }
    }

    @BeforeAll
    void everyCaseComesToItsEnd() {
        untouched = Verify.stored(trail, List.of(), progress -> {});
        tasksAtFirst = strings("select distinct task_def_key_ from act_ru_task");
        mailsUnderWay = strings("select id::text from mail where state <> 'SENT'");
        // The earlier watch ended when the present one began.
        emptyAtFirst = strings("""
                select point.act_id_ from act_ru_jobdef point join act_re_procdef diagram on diagram.id_ = point.proc_def_id_
                where diagram.version_ = 1 and diagram.key_ not in ('watch-stop-dates', 'pay-commissions', 'resolve-refused-step', 'invite-firm', 'change-by-hand', 'first-bills', 'integration-by-hand')
                    and not exists (select from act_ru_job where job_def_id_ = point.id_)
                """);
        runDue();

        // Lists bring what was mended elsewhere.
        change("update client set admin_email = 'mended@example.com' where admin_email = 'no address at all'");
        change("update subscription set status = 'ACTIVE' where status = 'PAST_DUE' and client_id ="
                + " (select client_id from takeover where key = 'TKO-2026-00011')");
        completes(
                "28",
                "UserTask_ResolveUndeliverableMail",
                Map.of("resolution", "retry", "correctedEmail", "mended@example.com"));
        completes("10", "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        completes("11", "UserTask_ResolveProblem", Map.of("resolution", "retry"));
        completes("12", "UserTask_ResolveProblem", Map.of("resolution", "cancel"));
        reviews("29", "leaveSeparate");
        reviews("22", "takeOver");
        reviews("09", "clientTakesOver");
        Stream.of("28", "33", "31", "09", "15", "26", "27").forEach(key -> answers(key, "confirmed"));
        // Somebody forges the answer of a case on an earlier diagram: its "no" counts all the same.
        runtime.createExecutionQuery()
                .processInstanceBusinessKey(keyOf("29"))
                .list()
                .forEach(each -> runtime.setVariableLocal(each.getId(), "clientAnswer", "confirmed"));
        Stream.of("29", "22", "25").forEach(key -> answers(key, "declined"));
        completes("29", "UserTask_ResolveRefusedStep", Map.of("resolution", "putBack"));
        // The other way, of which the client is asked after a decline.
        answers("22", "confirmed");
        completes(
                "64",
                "UserTask_RecordClientAnswer",
                Map.of(
                        "answer",
                        "confirmed",
                        "answererName",
                        "Alex Admin",
                        "answererRole",
                        "Owner",
                        "calledFrom",
                        "+1 514 555 0100",
                        "quoteNumber",
                        quoteOf("64")));

        timePassesTo(Instant.parse("2026-12-21T17:00:00Z"));
        answers(MAILED_LINK, "30", "confirmed");
        answers("32", "declined");
        answers("13", "declined");

        timePassesTo(Instant.parse("2026-12-23T17:00:00Z"));
        answers("23", "confirmed");

        timePassesTo(Instant.parse("2027-02-28T17:00:00Z"));
        seals.seal();
    }

    @Test
    @DisplayName("has a case at every step where one waits for somebody, for a time or for a job")
    void waitingPoints() {
        assertThat(tasksAtFirst)
                .containsExactlyInAnyOrder(
                        "UserTask_ReviewNewCost",
                        "UserTask_RecordClientAnswer",
                        "UserTask_ResolveProblem",
                        "UserTask_ResolveUndeliverableMail");
        assertThat(emptyAtFirst).isEmpty();
    }

    @Test
    @DisplayName("leads every case to its outcome")
    void outcomes() {
        Map<String, String> expected = new TreeMap<>();
        ENDS.forEach((outcome, keys) -> keys.forEach(key -> expected.put(keyOf(key), outcome)));
        assertThat(pairs("select key, coalesce(outcome, stage) from takeover"))
                .containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    @DisplayName("has its timers fired, since every step and form of its diagrams is there")
    void timers() {
        assertThat(management.getRegisteredDeployments())
                .containsExactlyInAnyOrderElementsOf(strings("select id_ from act_re_deployment"))
                .hasSize(2);
    }

    @Test
    @DisplayName(
            "lets each case end on the diagrams on which it began, but for the one that had to be put back and those that stop, which tells")
    void versions() {
        assertThat(strings("""
                        select distinct diagram.key_ || ' ' || diagram.version_
                        from act_hi_procinst instance join act_re_procdef diagram on diagram.id_ = instance.proc_def_id_
                        where instance.business_key_ in (
                                select key from takeover where outcome <> 'INTEGRATION_STOPPED')
                            and diagram.key_ <> 'deliver-mail'
                        """))
                .contains("billing-takeover 1", "ask-client 1", "change-payer 1", "client-takes-over-qbo 1")
                .allMatch(version -> version.endsWith(" 1"))
                .doesNotContain("agree 1");
    }

    @Test
    @DisplayName("lets no step fail, and leaves nothing to wait for but what looks every ten minutes")
    void nothingIsLeft() {
        assertThat(failures).isEmpty();
        assertThat(tasks.createTaskQuery().list()).isEmpty();
        assertThat(management.createJobQuery().list())
                .extracting(Job::getProcessDefinitionId)
                .allMatch(definition -> String.valueOf(definition).matches("(watch-stop-dates|pay-commissions):.*"));
    }

    @Test
    @DisplayName("ends with one payer in the case, on the subscription and in the ledger")
    void payers() {
        Map<String, String> payers = pairs("""
                select t.key, string_agg(s.payer || ' ' || l.payer, ' ' order by s.product)
                from takeover t join subscription s on s.client_id = t.client_id
                join payer_period l on l.company_id = t.company_id and l.product = s.product and upper_inf(l.days)
                group by t.key
                """);
        payers.keySet().retainAll(keysOf("FIRM_PAYS_ALL", "CLIENT_PAYS_ALL", "INTEGRATION_STOPPED", "WITHDRAWN"));
        assertThat(payers)
                .hasSize(32)
                .allSatisfy((key, all) -> assertThat(all)
                        .isEqualTo(
                                keysOf("FIRM_PAYS_ALL").contains(key)
                                        ? "FIRM FIRM FIRM FIRM"
                                        : keysOf("CLIENT_PAYS_ALL").contains(key)
                                                ? "CLIENT CLIENT CLIENT CLIENT"
                                                : "FIRM FIRM CLIENT CLIENT"));

        // The case says the same day as the ledger.
        assertThat(strings("select takeover_key from billing_change"))
                .containsExactlyInAnyOrderElementsOf(keysOf("FIRM_PAYS_ALL", "CLIENT_PAYS_ALL"));
        assertThat(strings("""
                                select b.takeover_key from billing_change b
                                join subscription s on s.id = b.subscription_id join takeover t on t.key = b.takeover_key
                                join payer_period l on l.company_id = t.company_id and l.product = s.product
                                    and lower(l.days) = b.billing_date and l.payer = b.to_payer
                                """)).containsExactlyInAnyOrderElementsOf(keysOf("FIRM_PAYS_ALL", "CLIENT_PAYS_ALL"));
    }

    @Test
    @DisplayName("pays each firm's commission once")
    void commissions() {
        assertThat(pairs("select firm_id, string_agg(amount::text, ' and ') from commission_payout group by firm_id"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("F-100", "120.00", "F-200", "120.00"));
        assertThat(pairs("select takeover_key, count(*)::text from mail where kind = 'COMMISSION_PAID' group by 1"))
                .isEqualTo(pairs("select takeover_key, '1' from commission_payout"));
    }

    @Test
    @DisplayName("sends each mail once, those that waited too")
    void mails() {
        List<String> ids = Arrays.stream(mailServer.getReceivedMessages())
                .map(UpgradeTest::id)
                .toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        jdbc.sql("select distinct coalesce(sent_with, id)::text from mail where sent_at >= ?")
                                .param(Timestamp.from(TAKEN_AT))
                                .query(String.class)
                                .list());
        assertThat(pairs("select id::text, kind from mail where sent_at is null"))
                .isEmpty();
        assertThat(pairs("""
                        select takeover_key, kind || ' ' || party from mail where kind not in ('REMINDER', 'INVITED')
                        group by takeover_key, client_id, kind, party, consent_request, facts having count(*) > 1
                        """)).isEmpty();
        assertThat(pairs("""
                        select consent_request::text, count(*)::text from mail where kind = 'REMINDER'
                        group by consent_request having count(*) > 2
                        """)).isEmpty();
    }

    @Test
    @DisplayName("leaves the mails that were under way to the processes that deliver them, and starts none for another")
    void mailsUnderWay() {
        assertThat(mailsUnderWay).hasSizeGreaterThan(3);
        assertThat(strings("""
                        select distinct variable.text_ from act_hi_varinst variable
                        join act_hi_procinst instance on instance.id_ = variable.proc_inst_id_
                        where instance.proc_def_key_ = 'deliver-mail' and variable.name_ = 'mailId'
                            and instance.end_time_ >= '2026-12-15 05:00:27'
                        """)).containsExactlyInAnyOrderElementsOf(mailsUnderWay);
        assertThat(strings("select distinct state from mail")).containsExactly("SENT");
        assertThat(strings("select distinct takeover_key from mail where takeover_key like 'STOP-%'"))
                .isEmpty();
    }

    @Test
    @DisplayName("stops the integrations that are to stop, and starts again those of one payer")
    void integrations() {
        Map<String, String> integrations = pairs(
                "select t.key, c.integration_status || ' ' || coalesce(c.stop_date::text, '') from takeover t join client c on c.id = t.client_id");
        assertThat(integrations)
                .as("nobody was told in time of the days that they had")
                .containsEntry(keyOf("14"), "STOPPED 2027-01-17")
                .containsEntry(keyOf("15"), "ACTIVE ")
                .containsEntry(keyOf("25"), "STOPPED 2027-02-13");
        assertThat(strings("""
                        select integration_status || ' ' || stop_date from client where name = 'Stop under way without a case'
                        """)).containsExactly("STOPPED 2027-01-05");
    }

    @Test
    @DisplayName("has one watch, the present one")
    void watch() {
        assertThat(watches).containsExactly(1);
        assertThat(management
                        .createJobQuery()
                        .processDefinitionKey("watch-stop-dates")
                        .list())
                .singleElement()
                .extracting(Job::getProcessDefinitionId)
                .isEqualTo(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("watch-stop-dates")
                        .latestVersion()
                        .singleResult()
                        .getId());
    }

    @Test
    @DisplayName("keeps a trail that verifies, before and after, and against the seal that was noted")
    void trail() {
        assertThat(untouched.findings()).isEmpty();
        assertThat(untouched.seals()).isEqualTo(NOTED_SEAL);
        Report report = Verify.stored(trail, List.of(), progress -> {});
        assertThat(report.findings()).isEmpty();
        assertThat(report.seals()).isGreaterThan(NOTED_SEAL);
        assertThat(jdbc.sql("select encode(hash, 'hex') from audit_seal where number = ?")
                        .param(NOTED_SEAL)
                        .query(String.class)
                        .single())
                .isEqualTo(NOTED_HASH);
        assertThat(pairs("select document, actor from audit_entry where what = 'DATABASE_REPLACED'"))
                .hasSize(1);
    }

    @Test
    @DisplayName("is read by its auditor, each case beside the diagrams on which it ran")
    void auditor() {
        Visitor auditor = new Visitor(port).signedInAs("audrey", "demo");
        for (String key : keysOf(ENDS.keySet().toArray(String[]::new))) {
            HttpResponse<String> page = auditor.get("/audit/cases/" + key);
            assertThat(page.statusCode()).as(key).isEqualTo(200);
            assertThat(page.body()).contains("<svg");
        }
    }

    // ---- people

    private void reviews(String number, String decision) {
        completes(
                number,
                "UserTask_ReviewNewCost",
                decision.equals("takeOver")
                        ? Map.of("decision", decision, "acknowledged", true, "quoteNumber", quoteOf(number))
                        : Map.of("decision", decision, "quoteNumber", quoteOf(number)));
    }

    /** Somebody of the group whose task it is sends what the form of the earlier version sends. */
    private void completes(String number, String step, Map<String, Object> form) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(keyOf(number))
                .taskDefinitionKey(step)
                .singleResult();
        assertThat(task).as(step + " of " + number).isNotNull();
        List<String> person = switch (step) {
            case "UserTask_ReviewNewCost" -> List.of("alice", "accountant");
            case "UserTask_RecordClientAnswer" -> List.of("simon", "client-support");
            default -> List.of("olivia", "billing-operations");
        };
        identity.setAuthentication(person.get(0), List.of(person.get(1)), List.of(task.getTenantId()));
        try {
            tasks.claim(task.getId(), person.get(0));
            tasks.complete(task.getId(), form);
        } finally {
            identity.clearAuthentication();
        }
        runDue();
    }

    private void answers(String number, String answer) {
        UUID open = jdbc.sql("select id from consent_request where takeover_key = ? and status = 'OPEN'")
                .param(keyOf(number))
                .query(UUID.class)
                .single();
        answers(links.link(open).getPath(), number, answer);
    }

    /** The client opens the link, fills in the page and sends it. */
    private void answers(String link, String number, String answer) {
        Visitor client = new Visitor(port);
        assertThat(client.get(link).body()).contains(keyOf(number));
        HttpResponse<String> answered = client.post(
                link, Map.of("name", "Alex Admin", "role", "Owner", "agree", "yes", "answer", answer, "lang", "en"));
        assertThat(answered.statusCode()).as(answered.body()).isEqualTo(302);
        runDue();
    }

    // ---- time, as the scenarios let it pass

    private void timePassesTo(Instant instant) {
        runDue();
        while (true) {
            List<Job> next = management
                    .createJobQuery()
                    .timers()
                    .withRetriesLeft()
                    .duedateLowerThan(Date.from(instant))
                    .orderByJobDuedate()
                    .asc()
                    .listPage(0, 1);
            if (next.isEmpty()) {
                break;
            }
            Instant due = next.get(0).getDuedate().toInstant();
            if (due.isAfter(clock.instant())) {
                clock.set(due);
            }
            runDue();
            watchAgainTomorrow();
        }
        clock.set(instant);
        runDue();
    }

    /** Every ten minutes, those who look would take more time than everything else. */
    private void watchAgainTomorrow() {
        Instant tomorrow = clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        List<Job> watch = jobsOf("watch-stop-dates");
        watches.add(watch.size());
        Stream.concat(watch.stream(), jobsOf("pay-commissions").stream())
                .forEach(job -> management.setJobDuedate(job.getId(), Date.from(tomorrow)));
    }

    private List<Job> jobsOf(String diagram) {
        return management.createJobQuery().processDefinitionKey(diagram).list();
    }

    private void runDue() {
        bookChanges.run();
        while (true) {
            List<Job> due =
                    management.createJobQuery().executable().withRetriesLeft().listPage(0, 100);
            if (due.isEmpty()) {
                break;
            }
            for (Job job : due) {
                try {
                    management.executeJob(job.getId());
                } catch (RuntimeException e) {
                    failures.add(e);
                }
            }
            bookChanges.run();
        }
        outbox.drain();
    }

    // ---- what is in the database

    private void change(String sql) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> jdbc.sql(sql).update());
    }

    private String quoteOf(String number) {
        return jdbc.sql("select quote_number from takeover where key = ?")
                .param(keyOf(number))
                .query(String.class)
                .single();
    }

    private List<String> strings(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private Map<String, String> pairs(String sql) {
        return jdbc.sql(sql).query((row, number) -> Map.entry(row.getString(1), row.getString(2))).list().stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<String> keysOf(String... outcomes) {
        return Arrays.stream(outcomes)
                .flatMap(outcome -> ENDS.getOrDefault(outcome, List.of()).stream())
                .map(UpgradeTest::keyOf)
                .collect(toSet());
    }

    private static String keyOf(String number) {
        return "TKO-2026-000" + number;
    }

    private static String id(MimeMessage message) {
        try {
            return message.getMessageID().replaceAll("[<>]|@.*", "");
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
