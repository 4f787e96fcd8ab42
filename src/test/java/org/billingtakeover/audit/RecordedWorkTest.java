package org.billingtakeover.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.trail.Fact;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What staff and the engine do beside the steps of a case. */
@BackOfficeTest
@DisplayName("The audit trail records")
class RecordedWorkTest {

    /** With one line, which has no number of users. */
    private static final String LIST = """
            Company ID,Company name,Primary admin,Admin email,Language,Country,Province,Currency,QBO plan,QBO payer,QBO billing day,\
            QBO status,Time plan,Time users,Time payer,Time cycle,Time billing day,Time status,Time in payroll
            1,Atelier Untel,Alex Admin,alex@example.com,French,CA,QC,CAD,Plus,Firm,15,Active,Premium,many,Client,Monthly,15,Active,No
            """;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    Door door;

    @Autowired
    ImportAccountList importList;

    @Autowired
    AnswerRequest answers;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    RepositoryService repository;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    IdentityService identities;

    @Autowired
    AuthorizationService rights;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private Firm firm;
    private String key;

    @BeforeEach
    void givenACase() {
        door.opens();
        firm = door.firm("W");
        key = door.opened(door.client(firm, ""));
    }

    @AfterEach
    void nobodyIsSignedIn() {
        identities.clearAuthentication();
    }

    @Test
    @DisplayName("an import of an account list, who ran it and what became of its lines, but no dry run")
    void imports() throws Exception {
        byte[] list = LIST.getBytes(StandardCharsets.UTF_8);
        int before = about(Fact.PRODUCT).size();

        importList.run(
                firm.id(),
                AccountList.of(list),
                new Claim(LocalDate.of(2026, 3, 2), false),
                true,
                "alice",
                (progress, soFar) -> {});
        assertThat(about(Fact.PRODUCT)).hasSize(before);
        importList.run(
                firm.id(),
                AccountList.of(list),
                new Claim(LocalDate.of(2026, 3, 2), false),
                false,
                "alice",
                (progress, soFar) -> {});

        List<String> recorded = about(Fact.PRODUCT).subList(before, before + 2);
        assertThat(recorded.get(0))
                .contains("\"what\":\"IMPORT_BEGUN\"", "\"actor\":\"alice\"", "\"firm\":\"" + firm.id() + "\"");
        assertThat(recorded.get(1))
                .contains("\"what\":\"IMPORT_ENDED\"", "\"actor\":\"alice\"", "\"bad\":1", "\"added\":0")
                .doesNotContain("Untel", "alex");
    }

    @Test
    @DisplayName("that a process owner moved a running case to a new version of its diagram")
    void moved() throws Exception {
        ProcessInstance running = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .processDefinitionKey("billing-takeover")
                .singleResult();
        DeploymentWithDefinitions deployment = deployAnotherVersion();
        try {
            String target = deployment.getDeployedProcessDefinitions().get(0).getId();
            int version = deployment.getDeployedProcessDefinitions().get(0).getVersion();
            identities.setAuthentication(
                    "peter", List.of("process-owner"), List.of(firm.id().text()));
            MigrationPlan plan = runtime.createMigrationPlan(running.getProcessDefinitionId(), target)
                    .mapEqualActivities()
                    .build();
            runtime.newMigration(plan).processInstanceIds(running.getId()).execute();

            assertThat(entry("PROCESS_MOVED"))
                    .contains(
                            "\"actor\":\"peter\"", "\"process\":\"billing-takeover\"", "\"version\":" + version + "}");
        } finally {
            identities.clearAuthentication();
            repository.deleteDeployment(deployment.getId(), true);
        }
    }

    @Test
    @DisplayName("each try that failed, the incident after the last, who tried again, and that it was over then")
    void incident() {
        asked();
        Job job = reminder();
        jdbcUpdate("update consent_request set language = language || '?' where takeover_key = ?");
        assertThatThrownBy(() -> management.executeJob(job.getId())).isInstanceOf(RuntimeException.class);
        assertThat(entry("TRY_FAILED")).contains("\"step\":\"BoundaryEvent_FirstReminder\"", "\"triesBefore\":");
        // The engine's own history keeps what failed, with its stack, for whoever mends it.
        assertThat(history.createHistoricJobLogQuery()
                        .jobId(job.getId())
                        .failureLog()
                        .count())
                .isOne();
        assertThat(about(key)).noneMatch(entry -> entry.contains("INCIDENT_OPENED"));

        management.setJobRetries(job.getId(), 1);
        assertThatThrownBy(() -> management.executeJob(job.getId())).isInstanceOf(RuntimeException.class);
        assertThat(about(key))
                .anyMatch(entry -> entry.contains("INCIDENT_OPENED")
                        && entry.contains("\"type\":\"failedJob\"")
                        && entry.contains("\"step\":\"BoundaryEvent_FirstReminder\""));
        assertThat(about(key)).noneMatch(entry -> entry.contains("INCIDENT_CLOSED"));

        jdbcUpdate("update consent_request set language = rtrim(language, '?') where takeover_key = ?");
        identities.setAuthentication("olivia", List.of("billing-operations", "camunda-admin"));
        management.setJobRetries(job.getId(), 3);

        assertThat(about(key))
                .anyMatch(entry -> entry.contains("INCIDENT_CLOSED")
                        && entry.contains("\"step\":\"BoundaryEvent_FirstReminder\"")
                        && entry.contains("\"actor\":\"olivia\""));
        assertThat(about(key))
                .anyMatch(entry -> entry.contains("\"operation\":\"SetJobRetries\"")
                        && entry.contains("\"actor\":\"olivia\"")
                        && entry.contains("\"property\":\"retries\""));
    }

    @Test
    @DisplayName("who claimed a task, who took it over, and who gave it back")
    void assignments() {
        Task task = door.task(key);
        identities.setAuthentication(
                "anna",
                List.of("accountant", "camunda-admin"),
                List.of(firm.id().text()));
        tasks.claim(task.getId(), "anna");
        identities.setAuthentication(
                "bert",
                List.of("accountant", "camunda-admin"),
                List.of(firm.id().text()));
        tasks.setAssignee(task.getId(), "bert");
        tasks.setAssignee(task.getId(), null);

        assertThat(about(key).stream()
                        .filter(entry -> entry.contains("\"what\":\"OPERATION\""))
                        .toList())
                .satisfiesExactly(
                        claim -> assertThat(claim)
                                .contains("\"operation\":\"Claim\"", "\"actor\":\"anna\"", "\"after\":\"anna\""),
                        assign -> assertThat(assign)
                                .contains(
                                        "\"operation\":\"Assign\"",
                                        "\"actor\":\"bert\"",
                                        "\"before\":\"anna\"",
                                        "\"after\":\"bert\""),
                        back -> assertThat(back)
                                .contains("\"operation\":\"Assign\"", "\"actor\":\"bert\"", "\"before\":\"bert\""));
    }

    @Test
    @DisplayName("who said what on a task, the words where they can be erased")
    void comments() {
        Task task = door.task(key);
        identities.setAuthentication(
                "anna",
                List.of("accountant", "camunda-admin"),
                List.of(firm.id().text()));
        tasks.createComment(task.getId(), null, "Mireille called");

        assertThat(entry("TASK_COMMENTED"))
                .contains("\"actor\":\"anna\"", task.getId())
                .doesNotContain("Mireille");
        assertThat(jdbc.sql("select value from audit_personal where case_key = ?")
                        .param(key)
                        .query(String.class)
                        .list())
                .contains("Mireille called");
    }

    @Test
    @DisplayName("what the form of a completed task sent, field by field")
    void sentByForm() {
        asked();

        assertThat(completion())
                .contains(
                        "\"operation\":\"Complete\"",
                        "\"fields\":{\"acknowledged\":true,\"decision\":\"takeOver\",\"quoteNumber\":\"Q-");
    }

    @Test
    @DisplayName(
            "what was typed into a form, the words where they can be erased, and nothing of a form that was refused")
    void typedIntoForm() {
        asked();
        String phone = answers.beginByPhone(new TakeoverKey(key), "simon");
        String quote = jdbc.sql("select quote_number from takeover where key = ?")
                .param(key)
                .query(String.class)
                .single();
        Map<String, Object> form = Map.of(
                "answer", "confirmed",
                "answererName", "Mireille Untel",
                "answererRole", "Owner",
                "calledFrom", "+1 514 555 0100",
                "quoteNumber", quote);
        identities.setAuthentication(
                "simon", List.of("client-support"), List.of(firm.id().text()));
        tasks.claim(phone, "simon");
        int before = about(key).size();
        Map<String, Object> foreign = new HashMap<>(form);
        foreign.put("answererName", true);
        assertThatThrownBy(() -> tasks.complete(phone, foreign))
                .isInstanceOf(BadUserRequestException.class)
                .hasMessageContaining("answererName");
        assertThat(about(key)).hasSize(before);

        tasks.complete(phone, form);

        assertThat(completion())
                .contains(
                        "\"answer\":\"confirmed\"",
                        "\"answererName\":{\"digest\":",
                        "\"answererRole\":{\"digest\":",
                        "\"calledFrom\":{\"digest\":",
                        "\"actor\":\"simon\"")
                .doesNotContain("Mireille", "Owner", "514 555");
        assertThat(jdbc.sql("select value from audit_personal where case_key = ?")
                        .param(key)
                        .query(String.class)
                        .list())
                .contains("Mireille Untel", "Owner", "+1 514 555 0100");
    }

    @Test
    @DisplayName("who deployed a diagram and who deleted it again")
    void deployments() throws Exception {
        mayDoAll("peter", Resources.DEPLOYMENT);
        identities.setAuthentication("peter", List.of("process-owner"));
        DeploymentWithDefinitions deployment = deployAnotherVersion();
        repository.deleteDeployment(deployment.getId(), true);

        assertThat(about(Fact.PRODUCT).stream()
                        .filter(entry -> entry.contains(deployment.getId()))
                        .toList())
                .satisfiesExactly(
                        deployed -> assertThat(deployed)
                                .contains(
                                        "\"operation\":\"Create\"", "\"entity\":\"Deployment\"", "\"actor\":\"peter\""),
                        deleted -> assertThat(deleted)
                                .contains(
                                        "\"operation\":\"Delete\"",
                                        "\"entity\":\"Deployment\"",
                                        "\"actor\":\"peter\""));
    }

    @Test
    @DisplayName("who gave and took a group and a right, from whom")
    void changesOfRights() {
        mayDoAll("ada", Resources.USER, Resources.GROUP, Resources.GROUP_MEMBERSHIP, Resources.AUTHORIZATION);
        identities.setAuthentication("ada", List.of());
        String newcomer = "newcomer-" + NUMBER.incrementAndGet() + System.nanoTime();
        identities.saveUser(identities.newUser(newcomer));
        identities.createMembership(newcomer, "auditor");
        identities.deleteMembership(newcomer, "auditor");
        Authorization right = rights.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
        right.setUserId(newcomer);
        right.setResource(Resources.PROCESS_DEFINITION);
        right.setResourceId("billing-takeover");
        right.addPermission(Permissions.READ);
        rights.saveAuthorization(right);
        rights.deleteAuthorization(right.getId());

        for (Map.Entry<String, String> each : List.of(
                Map.entry("Create", "User"),
                Map.entry("Create", "Group membership"),
                Map.entry("Delete", "Group membership"),
                Map.entry("Create", "Authorization"),
                Map.entry("Delete", "Authorization"))) {
            assertThat(about(Fact.PRODUCT))
                    .as(each.toString())
                    .anyMatch(entry -> entry.contains("\"operation\":\"" + each.getKey() + "\"")
                            && entry.contains("\"entity\":\"" + each.getValue() + "\"")
                            && entry.contains("\"actor\":\"ada\"")
                            && entry.contains(newcomer));
        }
    }

    private void mayDoAll(String user, Resources... resources) {
        for (Resources resource : resources) {
            Authorization right = rights.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
            right.setUserId(user);
            right.setResource(resource);
            right.setResourceId(Authorization.ANY);
            right.addPermission(Permissions.ALL);
            rights.saveAuthorization(right);
        }
    }

    /** The accountant takes over, and the client is asked. */
    private void asked() {
        identities.setAuthentication(
                "alice", List.of("accountant"), List.of(firm.id().text()));
        tasks.claim(door.task(key).getId(), "alice");
        door.firmTakesOver(key);
        identities.clearAuthentication();
    }

    private Job reminder() {
        return management
                .createJobQuery()
                .processDefinitionKey("ask-client")
                .activityId("BoundaryEvent_FirstReminder")
                .list()
                .stream()
                .filter(job -> runtime.createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey()
                        .equals(key))
                .findFirst()
                .orElseThrow();
    }

    private DeploymentWithDefinitions deployAnotherVersion() throws Exception {
        String diagram =
                new ClassPathResource("processes/billing-takeover.bpmn").getContentAsString(StandardCharsets.UTF_8);
        return repository
                .createDeployment()
                .addString(
                        "billing-takeover.bpmn",
                        diagram.replace("name=\"Billing take-over\"", "name=\"Billing take-over, newer\""))
                .deployWithResult();
    }

    private void jdbcUpdate(String sql) {
        transaction.executeWithoutResult(
                status -> assertThat(jdbc.sql(sql).param(key).update()).isPositive());
    }

    private String entry(String what) {
        return about(key).stream()
                .filter(entry -> entry.endsWith("\"what\":\"" + what + "\"}"))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError(what));
    }

    /** Of the task that was completed last. */
    private String completion() {
        return about(key).stream()
                .filter(entry -> entry.contains("\"operation\":\"Complete\""))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private List<String> about(String chain) {
        return jdbc.sql("select document from audit_entry where case_key = ? order by number")
                .param(chain)
                .query(String.class)
                .list();
    }
}
