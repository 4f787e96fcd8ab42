package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.repository.Resource;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What a process owner may change while cases run. */
@ScenarioTest
@DisplayName("A new version of the diagrams")
class DiagramVersionScenarios extends Story {

    private static final List<String> CHANGED =
            List.of("billing-takeover.bpmn", "ask-client.bpmn", "change-payer.bpmn");

    @Autowired
    Withdraw withdraw;

    @Autowired
    RepositoryService repository;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    private String running;

    @BeforeEach
    void givenACaseThatWaitsForItsClient() {
        running = world.asked(world.imports(firm, AccountLine.split()));
        world.timePassesTo(LocalDate.of(2026, 3, 3));
    }

    @Test
    @DisplayName("S50 carries the cases that begin after it; those that run end on the version on which they began")
    void deployed() {
        Set<Integer> before = versions(running);

        deployNewVersion();
        String begunAfter = world.confirmed(world.imports(firm, AccountLine.split()));
        world.clientAnswers(running, true);
        world.card(firm, false);
        world.timePassesTo(LocalDate.of(2026, 3, 20));
        assertThat(daysToResolve(begunAfter)).isEqualTo(daysToResolve(running) + 3);
        world.card(firm, true);
        List.of(running, begunAfter)
                .forEach(key ->
                        world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "retry")));
        world.timePassesTo(LocalDate.of(2026, 4, 15));

        assertThat(List.of(running, begunAfter))
                .allSatisfy(key -> assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL));
        assertThat(versions(running)).isEqualTo(before);
        assertThat(versions(begunAfter)).isEqualTo(Set.of(before.iterator().next() + 1));
    }

    @Test
    @DisplayName("S50 takes over a running case when a process owner moves it, with every timer as it was")
    void moved() {
        Map<String, Date> timers = timers();
        assertThat(timers).hasSizeGreaterThan(1);
        int before = versions(running).iterator().next();

        deployNewVersion();
        world.identity.setAuthentication(
                "peter", List.of("process-owner"), List.of(firm.id().text()));
        move();
        world.identity.clearAuthentication();

        assertThat(timers()).isEqualTo(timers);
        world.clientAnswers(running, true);
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        assertThat(world.takeover(running).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(versions(running)).isEqualTo(Set.of(before + 1));
        assertThat(world.jdbc
                        .sql("select document from audit_entry where case_key = ? and what = 'PROCESS_MOVED'")
                        .param(running)
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allMatch(entry -> entry.contains("\"actor\":\"peter\""));
    }

    @Test
    @DisplayName(
            "S50 leaves cases on the diagrams of the version before: from wherever they wait they go on to their ends")
    void versionBefore() throws IOException {
        world.todayIs(LocalDate.of(2026, 3, 2));
        String today = latestDeployment();
        deployVersion("1.1.0");
        Supplier<Account> client = () -> world.imports(firm, AccountLine.split());
        String reviewed = world.opened(client.get());
        String asked = world.asked(client.get());
        String askedOnline = world.askedOnline(client.get());
        String scheduled = world.confirmed(client.get());
        String scheduledOnline = world.confirmedOnline(client.get());
        String stopping = world.askedOnline(client.get());
        world.clientAnswers(stopping, false);
        String withdrawn = world.confirmed(client.get());
        List<String> all = List.of(reviewed, asked, askedOnline, scheduled, scheduledOnline, stopping, withdrawn);
        int before = versions(reviewed).iterator().next();
        redeploy(today);

        world.firmTakesOver(reviewed);
        world.clientAnswers(reviewed, true);
        world.completes("simon", asked, "UserTask_RecordClientAnswer", world.yesByPhone(asked));
        world.clientAnswers(askedOnline, true);
        withdraw.byClient(new TakeoverKey(withdrawn));
        world.runDue();
        world.clientAnswers(withdrawn, true);
        world.card(firm, false);
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        world.card(firm, true);
        world.timePassesTo(LocalDate.of(2026, 6, 30));

        assertThat(all)
                .extracting(key -> world.takeover(key).outcome())
                .containsExactly(
                        Outcome.FIRM_PAYS_ALL,
                        Outcome.FIRM_PAYS_ALL,
                        Outcome.CLIENT_PAYS_ALL,
                        Outcome.FIRM_PAYS_ALL,
                        Outcome.CLIENT_PAYS_ALL,
                        Outcome.INTEGRATION_STOPPED,
                        Outcome.CLIENT_PAYS_ALL);
        // That version tells nobody before a stop: the case goes on with today's diagrams, which do.
        assertThat(versions(stopping)).hasSize(2).startsWith(before);
        assertThat(world.mailKindsOf(stopping)).contains("STOP_COMES to FIRM", "STOP_COMES to CLIENT");
        assertThat(all).filteredOn(key -> !key.equals(stopping)).allSatisfy(key -> {
            assertThat(versions(key)).containsExactly(before);
            assertThat(world.happened(key)).doesNotContain("STEP_REFUSED");
        });
    }

    private void deployVersion(String version) throws IOException {
        DeploymentBuilder deployment = repository.createDeployment().name(version);
        for (String kind : List.of("processes", "forms")) {
            try (Stream<Path> files = Files.list(Path.of("src", "test", "resources", kind, version))) {
                for (Path file : files.filter(each -> !each.toString().endsWith(".dmn"))
                        .filter(each -> !beginsByItself(each.toString()))
                        .toList()) {
                    deployment.addString(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        deployment.deploy();
    }

    /** It begins with its deployment, and has nothing to do with a version of cases. */
    private static boolean beginsByItself(String file) {
        return file.contains("watch-stop-dates") || file.contains("pay-commissions");
    }

    private String latestDeployment() {
        return repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("billing-takeover")
                .latestVersion()
                .singleResult()
                .getDeploymentId();
    }

    @Test
    @DisplayName(
            "S50 a stop on the diagram of before, which waits for no platform, is told once it is confirmed: with a case, and without")
    void stopOfBefore() throws IOException {
        world.watchesDaily();
        LocalDate stopDate = LocalDate.of(2026, 4, 10);
        String today = latestDeployment();
        String before = Files.readString(
                Path.of("src", "test", "resources", "processes-before", "stop-integration-2.0.0.bpmn"));
        redeploy(today, (name, text) -> name.endsWith("stop-integration.bpmn") ? before : text);
        String key = world.askedOnline(world.imports(firm, AccountLine.split().stoppingOn(stopDate)));
        world.clientAnswers(key, false);
        Account alone = world.imports(firm, AccountLine.split().stoppingOn(stopDate));
        String about = "STOP-" + alone.client().id();
        world.timePassesTo(stopDate.minusDays(1));
        redeploy(today);
        assertThat(List.of(key, about))
                .allSatisfy(each ->
                        assertThat(waitsFor(each, "integration.stopConfirmed")).isFalse());

        world.platform.isDown(true);
        world.timePassesTo(stopDate);
        world.platform.isDown(false);
        assertThat(world.happened(key)).contains("STOP_ORDERED").doesNotContain("INTEGRATION_STOPPED");
        assertThat(world.mailKindsOf(about)).endsWith("STOP_COMES to CLIENT");
        world.timePassesTo(stopDate.plusDays(2));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.INTEGRATION_STOPPED);
        assertThat(List.of(key, about))
                .allSatisfy(each -> assertThat(world.mailKindsOf(each))
                        .containsOnlyOnce("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT"));
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(about)
                        .list())
                .isEmpty();
    }

    private boolean waitsFor(String about, String message) {
        return runtime.createExecutionQuery()
                        .processInstanceBusinessKey(about)
                        .messageEventSubscriptionName(message)
                        .count()
                > 0;
    }

    private void redeploy(String earlier) {
        redeploy(earlier, (name, text) -> text);
    }

    /** @param edited from the name and the text of each file */
    private void redeploy(String earlier, BinaryOperator<String> edited) {
        DeploymentBuilder deployment = repository.createDeployment().name("S50");
        repository.getDeploymentResources(earlier).stream()
                .filter(resource -> !beginsByItself(resource.getName()))
                .forEach(resource -> deployment.addString(
                        resource.getName(),
                        edited.apply(resource.getName(), new String(resource.getBytes(), StandardCharsets.UTF_8))));
        deployment.deploy();
    }

    /** How long billing operations have, as the diagram of the case says. */
    private long daysToResolve(String key) {
        Task task = world.task(key, "UserTask_ResolveProblem");
        return Duration.between(
                        task.getCreateTime().toInstant(), task.getDueDate().toInstant())
                .toDays();
    }

    /** The same set of diagrams; billing operations have three days more, and other labels. */
    private void deployNewVersion() {
        String latest = latestDeployment();
        DeploymentBuilder deployment = repository.createDeployment().name("S50");
        for (Resource resource : repository.getDeploymentResources(latest)) {
            String text = new String(resource.getBytes(), StandardCharsets.UTF_8);
            if (!beginsByItself(resource.getName())) {
                boolean changed = CHANGED.stream().anyMatch(resource.getName()::endsWith);
                deployment.addString(resource.getName(), changed ? changed(text) : text);
            }
        }
        deployment.deploy();
    }

    private static String changed(String diagram) {
        return Pattern.compile("camunda:dueDate=\"P(\\d+)D\"|name=\"(Review new cost|Ask client to confirm)")
                .matcher(diagram)
                .replaceAll(found -> found.group(1) == null
                        ? found.group() + " now"
                        : "camunda:dueDate=\"P" + (Integer.parseInt(found.group(1)) + 3) + "D\"");
    }

    private void move() {
        for (ProcessInstance part : parts()) {
            ProcessDefinition target = repository
                    .createProcessDefinitionQuery()
                    .processDefinitionKey(repository
                            .getProcessDefinition(part.getProcessDefinitionId())
                            .getKey())
                    .latestVersion()
                    .singleResult();
            MigrationPlan plan = runtime.createMigrationPlan(part.getProcessDefinitionId(), target.getId())
                    .mapEqualActivities()
                    .build();
            runtime.newMigration(plan).processInstanceIds(part.getId()).execute();
        }
    }

    private List<ProcessInstance> parts() {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(running)
                .list();
    }

    /** When each timer of the case is due, by the step that waits for it. */
    private Map<String, Date> timers() {
        return parts().stream()
                .flatMap(part -> management.createJobQuery().processInstanceId(part.getId()).timers().list().stream())
                .collect(Collectors.toMap(this::step, Job::getDuedate));
    }

    private String step(Job timer) {
        return management
                .createJobDefinitionQuery()
                .jobDefinitionId(timer.getJobDefinitionId())
                .singleResult()
                .getActivityId();
    }

    private Set<Integer> versions(String key) {
        return history.createHistoricProcessInstanceQuery().processInstanceBusinessKey(key).list().stream()
                .filter(part -> CHANGED.contains(part.getProcessDefinitionKey() + ".bpmn"))
                .map(HistoricProcessInstance::getProcessDefinitionVersion)
                .collect(Collectors.toSet());
    }
}
