package org.billingtakeover.nodes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.model.FilesOfTests;
import org.billingtakeover.model.FilesRefused;
import org.billingtakeover.model.Product;
import org.billingtakeover.model.ShippedFiles;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.transaction.support.TransactionTemplate;

/** Of several nodes that share the engine's tables, this one, on an engine and a database of its own. */
@Tag("slow")
@DisplayName("A node")
class NodesTest {

    /** Whoever asks again at once takes the machine from what it waits for. Nanoseconds. */
    private static final long A_MOMENT = 20_000_000;

    private static final Pattern STEP = Pattern.compile("delegateExpression=\"\\$\\{(\\w+)}\"");

    private final HikariDataSource database = TestDatabase.fresh();
    private final ThreadPoolTaskExecutor threads = new ThreadPoolTaskExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final SpringJobExecutor executor = new SpringJobExecutor();
    private final ProcessEngine engine = engine();

    @AfterEach
    void close() {
        mayEnd.countDown();
        engine.close();
        threads.shutdown();
        database.close();
    }

    @Test
    @DisplayName("executes what is deployed, of any version, if every step and form that it names exists here")
    void whatItKnows() {
        Deployment earlier = deployedElsewhere(ofVersion("1.0.0"));
        Deployment strange = deployedElsewhere(engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("strange.bpmn", calling("isNotHere")));
        Deployment withoutForm = deployedElsewhere(engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "formless.bpmn",
                        Bpmn.createExecutableProcess("formless")
                                .startEvent()
                                .userTask()
                                .camundaFormRef("is-not-here.${language}")
                                .camundaFormRefBinding("deployment")
                                .endEvent()
                                .done()));

        known().register();

        assertThat(engine.getManagementService().getRegisteredDeployments())
                .contains(earlier.getId())
                .doesNotContain(strange.getId(), withoutForm.getId());
    }

    @Test
    @DisplayName("fires the timers of a version before its own")
    void timerOfTheVersionBefore() {
        deployedElsewhere(engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "waiting.bpmn",
                        Bpmn.createExecutableProcess("waiting")
                                .startEvent()
                                .intermediateCatchEvent()
                                .timerWithDuration("PT0S")
                                .endEvent()
                                .done()));
        engine.getRuntimeService().startProcessInstanceByKey("waiting");

        known().register();
        executor.start();

        while (engine.getRuntimeService().createProcessInstanceQuery().count() > 0) {
            LockSupport.parkNanos(A_MOMENT);
        }
        assertThat(jobs()).isEmpty();
    }

    @Test
    @DisplayName("finds what another one deploys while it runs")
    void deployedMeanwhile() {
        KnownDeployments known = known();
        known.register();
        Deployment later = deployedElsewhere(ofVersion("1.0.0"));

        known.register();

        assertThat(engine.getManagementService().getRegisteredDeployments()).contains(later.getId());
    }

    @Test
    @DisplayName(
            "that is old and starts again does not put its diagrams over newer ones, unless an operator goes back to it")
    void deployedOnce() {
        deployOnce(false).postProcessEngineBuild(engine);
        String newest = ofVersion("1.0.0").name("SpringAutoDeployment").deploy().getId();

        deployOnce(false).postProcessEngineBuild(engine);
        assertThat(deploymentOfNewest()).isEqualTo(newest);

        deployOnce(true).postProcessEngineBuild(engine);
        String again = deploymentOfNewest();
        assertThat(again).isNotEqualTo(newest);

        deployOnce(true).postProcessEngineBuild(engine);
        assertThat(deploymentOfNewest()).isEqualTo(again);
    }

    @Test
    @DisplayName("refuses its first start in sentences where a table or a diagram has a fault, and deploys nothing")
    void firstStartRefused() {
        DeployOnce faulty = new DeployOnce(
                with("${checkAgain}", "${checkAgainn}", "\"3, 7\"", "\"3; cinq\""), Product.check(), false);

        assertThatThrownBy(() -> faulty.postProcessEngineBuild(engine))
                .isInstanceOf(FilesRefused.class)
                .hasMessageContaining(
                        "names checkAgainn, but no code of that name exists. Ask a developer, or correct the name.")
                .hasMessageContaining(
                        "deadlines.dmn: row 2 (Rule_ClientAnswer), column “Days after the beginning”: \"3; cinq\" is no list of days.");

        assertThat(engine.getRepositoryService().createDeploymentQuery().count())
                .isZero();
    }

    @Test
    @DisplayName(
            "goes on with what is in force where a table has a fault, says so, and takes the mended one at its next start")
    void goesOnWithOlderOnes() {
        deployOnce(false).postProcessEngineBuild(engine);
        String sound = deploymentOfNewest();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(DeployOnce.class);
        logger.addAppender(log);

        new DeployOnce(with("\"3, 7\"", "\"7, 3\""), Product.check(), false).postProcessEngineBuild(engine);

        logger.detachAppender(log);
        assertThat(deploymentOfNewest()).isEqualTo(sound);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getFormattedMessage())
                    .startsWith(
                            "The diagrams, tables and forms of this version do not come into force; those deployed at ")
                    .contains(
                            "\n- deadlines.dmn: row 2 (Rule_ClientAnswer), column “Days after the beginning”: \"7, 3\" is no list");
        });

        new DeployOnce(with("\"3, 7\"", "\"2, 7\""), Product.check(), false).postProcessEngineBuild(engine);
        assertThat(deploymentOfNewest()).isNotEqualTo(sound);
    }

    @Test
    @DisplayName("that stops ends the job that it has begun, and gives back those that it has only taken")
    void jobsGivenBack() throws InterruptedException {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("slow.bpmn", calling("slowStep"))
                .deploy();
        for (int i = 0; i < 5; i++) {
            engine.getRuntimeService().startProcessInstanceByKey("calling");
        }
        executor.start();
        begun.await();
        while (jobs().stream().filter(NodesTest::isTaken).count() < 5) {
            LockSupport.parkNanos(A_MOMENT);
        }

        StaticListableBeanFactory executors = new StaticListableBeanFactory();
        executors.addBean("executor", executor);
        Thread stop = new Thread(() -> {
            try {
                new GiveJobsBack(
                                executors.getBeanProvider(JobExecutor.class),
                                JdbcClient.create(database),
                                new TransactionTemplate(new JdbcTransactionManager(database)))
                        .stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stop.start();
        while (stop.getState() != Thread.State.TIMED_WAITING) {
            LockSupport.parkNanos(A_MOMENT);
        }
        mayEnd.countDown();
        stop.join();

        assertThat(jobs()).hasSize(4).noneMatch(NodesTest::isTaken);
    }

    /** The diagrams and forms of this version with the tests' tables, all with these edits. */
    private static ShippedFiles with(String... beforeAndAfter) {
        return new FilesOfTests() {
            @Override
            public Map<String, byte[]> read() {
                Map<String, byte[]> files = new TreeMap<>(super.read());
                files.replaceAll((name, content) -> {
                    String text = new String(content, StandardCharsets.UTF_8);
                    for (int i = 0; i < beforeAndAfter.length; i += 2) {
                        text = text.replace(beforeAndAfter[i], beforeAndAfter[i + 1]);
                    }
                    return text.getBytes(StandardCharsets.UTF_8);
                });
                return files;
            }
        };
    }

    private static DeployOnce deployOnce(boolean again) {
        return new DeployOnce(new FilesOfTests(), Product.check(), again);
    }

    private List<Job> jobs() {
        return engine.getManagementService().createJobQuery().list();
    }

    private static boolean isTaken(Job job) {
        return ((JobEntity) job).getLockOwner() != null;
    }

    private String deploymentOfNewest() {
        return engine.getRepositoryService()
                .createProcessDefinitionQuery()
                .processDefinitionKey("billing-takeover")
                .latestVersion()
                .singleResult()
                .getDeploymentId();
    }

    private DeploymentBuilder ofVersion(String version) {
        DeploymentBuilder deployment = engine.getRepositoryService().createDeployment();
        filesOf(version).forEach(deployment::addString);
        return deployment;
    }

    /** Diagrams, tables and forms by name. */
    private static Map<String, String> filesOf(String version) {
        Map<String, String> files = new TreeMap<>();
        for (String kind : List.of("processes", "forms")) {
            try (Stream<Path> kept = Files.list(Path.of("src", "test", "resources", kind, version))) {
                for (Path file : kept.toList()) {
                    files.put(file.getFileName().toString(), Files.readString(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    /** The engine takes it for granted that it knows what it has deployed itself. */
    private Deployment deployedElsewhere(DeploymentBuilder builder) {
        Deployment deployment = builder.deploy();
        engine.getManagementService().unregisterDeploymentForJobExecutor(deployment.getId());
        return deployment;
    }

    private static BpmnModelInstance calling(String step) {
        return Bpmn.createExecutableProcess("calling")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaAsyncBefore()
                .camundaDelegateExpression("${" + step + "}")
                .endEvent()
                .done();
    }

    private KnownDeployments known() {
        StaticApplicationContext product = new StaticApplicationContext();
        Matcher step = STEP.matcher(String.join("", filesOf("1.0.0").values()));
        while (step.find()) {
            if (!product.containsBean(step.group(1))) {
                product.registerSingleton(step.group(1), Object.class);
            }
        }
        return new KnownDeployments(engine.getRepositoryService(), engine.getManagementService(), product);
    }

    private ProcessEngine engine() {
        threads.setCorePoolSize(1);
        threads.setMaxPoolSize(1);
        threads.afterPropertiesSet();
        executor.setTaskExecutor(threads);
        executor.setMaxJobsPerAcquisition(10);
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("node");
        configuration.setDataSource(database);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setJobExecutorDeploymentAware(true);
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorActivate(false);
        configuration.setBeans(Map.of("slowStep", (JavaDelegate) execution -> {
            begun.countDown();
            mayEnd.await();
        }));
        return configuration.buildProcessEngine();
    }
}
