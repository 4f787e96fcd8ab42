package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.init;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.model.FilesOnDisk;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.BpmnError;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.junit5.ProcessEngineExtension;
import org.camunda.bpm.engine.test.mock.MockExpressionManager;
import org.camunda.bpm.engine.test.mock.Mocks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Walks through one diagram by itself: the engine is real, every step is a stand-in that does nothing but set the variables that a test
 * gives it, and called diagrams wait until they are told what to hand back.
 */
abstract class DiagramEngine {

    private static final ProcessEngine ENGINE = start();
    private static final Pattern STEP = Pattern.compile("elegateExpression=\"\\$\\{([A-Za-z]+)}\"");
    static final Date LATER = Date.from(Instant.parse("2126-03-02T12:00:00Z"));

    @RegisterExtension
    final ProcessEngineExtension deploys =
            ProcessEngineExtension.builder().useProcessEngine(ENGINE).build();

    private final Map<String, Consumer<VariableScope>> steps = new HashMap<>();

    /** Every engine of this thread would find them. */
    @AfterEach
    void forgetsStandIns() {
        Mocks.reset();
    }

    private static ProcessEngine start() {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("diagrams");
        configuration.setDataSource(TestDatabase.ofEngine());
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setJobExecutorActivate(false);
        configuration.setEnforceHistoryTimeToLive(false);
        configuration.setExpressionManager(new MockExpressionManager());
        ProcessEngine engine = configuration.buildProcessEngine();
        init(engine);
        return engine;
    }

    /** What a step sets when it is its turn; a step that nothing is said of does nothing. */
    final void step(String bean, Map<String, ?> variables) {
        steps.put(bean, scope -> scope.setVariables(variables));
    }

    /** A step that finds this, one after the other. */
    final void inTurn(String bean, String variable, String... found) {
        Iterator<String> next = List.of(found).iterator();
        steps.put(bean, scope -> scope.setVariable(variable, next.next()));
    }

    /** A step that raises an error each time. */
    final void stepFails(String bean, String error) {
        steps.put(bean, scope -> {
            throw new BpmnError(error);
        });
    }

    /** Starts a diagram; its timers are due on a later day unless {@code variables} say otherwise. */
    final ProcessInstance started(String process, Map<String, ?> variables) {
        FilesOnDisk.read(FilesOnDisk.PROCESSES)
                .text(process + ".bpmn")
                .lines()
                .flatMap(line -> STEP.matcher(line).results())
                .map((MatchResult found) -> found.group(1))
                .forEach(bean -> Mocks.register(bean, new StandIn(bean)));
        Map<String, Object> all = new HashMap<>(Map.of("language", "en"));
        List.of("reviewDue", "reviewUntil", "answerDue", "nextReminder", "switchAt", "retryAt", "stopAt", "lookAt")
                .forEach(date -> all.put(date, LATER));
        all.putAll(variables);
        return ENGINE.getRuntimeService().startProcessInstanceByKey(process, "TKO-2026-00001", all);
    }

    final ProcessInstance started(String process) {
        return started(process, Map.of());
    }

    /** Whoever's turn it is completes the task. */
    final void completes(ProcessInstance instance, String task, Map<String, Object> variables) {
        Task waiting = ENGINE.getTaskService()
                .createTaskQuery()
                .processInstanceId(instance.getId())
                .taskDefinitionKey(task)
                .singleResult();
        ENGINE.getTaskService().complete(waiting.getId(), variables);
    }

    /** The called diagram that waits ends and hands this back. */
    final void returns(ProcessInstance instance, String called, Map<String, Object> variables) {
        ProcessInstance waiting = ENGINE.getRuntimeService()
                .createProcessInstanceQuery()
                .superProcessInstanceId(instance.getId())
                .singleResult();
        assertThat(waiting).hasProcessDefinitionKey(called);
        completes(waiting, "StandIn", variables);
    }

    final void fires(ProcessInstance instance, String timer) {
        Job job = ENGINE.getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .activityId(timer)
                .singleResult();
        ENGINE.getManagementService().executeJob(job.getId());
    }

    /** Runs what waits for its own transaction. */
    final void runs(ProcessInstance instance) {
        ENGINE.getManagementService()
                .createJobQuery()
                .processInstanceId(instance.getId())
                .messages()
                .list()
                .forEach(job -> ENGINE.getManagementService().executeJob(job.getId()));
    }

    final void happens(ProcessInstance instance, String message) {
        happens(instance, message, Map.of());
    }

    final void happens(ProcessInstance instance, String message, Map<String, Object> variables) {
        Execution waiting = ENGINE.getRuntimeService()
                .createExecutionQuery()
                .processInstanceId(instance.getId())
                .messageEventSubscriptionName(message)
                .singleResult();
        ENGINE.getRuntimeService().messageEventReceived(message, waiting.getId(), variables);
    }

    private final class StandIn implements JavaDelegate, TaskListener, ExecutionListener {

        private final String bean;

        StandIn(String bean) {
            this.bean = bean;
        }

        @Override
        public void execute(DelegateExecution step) {
            act(step);
        }

        @Override
        public void notify(DelegateExecution step) {
            act(step);
        }

        @Override
        public void notify(DelegateTask task) {
            act(task);
        }

        private void act(VariableScope scope) {
            steps.getOrDefault(bean, unsaid -> {}).accept(scope);
        }
    }
}
