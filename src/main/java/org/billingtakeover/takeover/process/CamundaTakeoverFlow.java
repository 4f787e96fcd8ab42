package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.variable.Variables.createVariables;
import static org.camunda.bpm.engine.variable.Variables.stringValue;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Client;
import org.billingtakeover.takeover.ClockMoved;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.StopIntegration;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.TakeoverFlow;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Message;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.management.JobDefinition;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** The one class that starts processes and tells running ones what happened. */
@Component
class CamundaTakeoverFlow implements TakeoverFlow {

    private final Engine engine;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final Clock clock;

    CamundaTakeoverFlow(
            Engine engine,
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy ManagementService management,
            Clock clock) {
        this.engine = engine;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.clock = clock;
    }

    @Override
    public void takeoverRequested(Takeover takeover, String language) {
        start(
                BillingTakeoverProcess.BILLING_TAKEOVER,
                takeover.key(),
                takeover.firmId(),
                Map.of(Var.LANGUAGE.name(), language));
    }

    @Override
    public void clientAnswered(String takeoverKey, boolean confirmed) {
        engine.asProduct(() -> {
            Task waiting = tasks.createTaskQuery()
                    .processInstanceBusinessKey(takeoverKey)
                    .taskDefinitionKey(BillingTakeoverProcess.RECORD_CLIENT_ANSWER)
                    .singleResult();
            if (waiting == null) {
                throw new Refusal("alreadyDecided");
            }
            tasks.complete(waiting.getId(), Map.of(Var.CLIENT_ANSWER.name(), confirmed ? "confirmed" : "declined"));
        });
    }

    @Override
    public void takeoverWithdrawn(String takeoverKey) {
        tell(takeoverKey, Message.TAKEOVER_WITHDRAWN);
    }

    @Override
    public void changeWithdrawn(String takeoverKey) {
        tell(takeoverKey, Message.CHANGE_WITHDRAWN);
    }

    @Override
    public void costChanged(String takeoverKey) {
        tell(takeoverKey, Message.COST_CHANGED);
    }

    @Override
    public void billingDateMoved(String takeoverKey) {
        tell(takeoverKey, Message.BILLING_DATE_MOVED);
    }

    @Override
    public void accountCancelled(String takeoverKey) {
        tell(takeoverKey, Message.ACCOUNT_CANCELLED);
    }

    @Override
    public void reconsidered(String takeoverKey) {
        tell(takeoverKey, Message.RECONSIDERED);
    }

    /** What the hourly watch would have found on the way, it finds at once. */
    @EventListener
    void on(ClockMoved moved) {
        engine.asProduct(() -> management
                .createJobQuery()
                .processDefinitionKey(BillingTakeoverProcess.WATCH_STOP_DATES)
                .list()
                .forEach(watch -> management.setJobDuedate(watch.getId(), Date.from(clock.instant()))));
    }

    /** Begins to stop the integration of a client whose stop date has begun, unless that is under way. */
    void stopDateReached(Client client) {
        String key = StopIntegration.keyWithoutCase(client);
        boolean underWay = engine.asProduct(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(key)
                        .count()
                > 0);
        if (!underWay) {
            start(
                    BillingTakeoverProcess.STOP_INTEGRATION,
                    key,
                    client.firmId(),
                    Map.of(Var.LANGUAGE.name(), client.language().code()));
        }
    }

    /** Begins to deliver a mail. */
    void mailPosted(String key, String firmId, String mailId, String language) {
        start(
                BillingTakeoverProcess.DELIVER_MAIL,
                key,
                firmId,
                Map.of(Var.MAIL_ID.name(), mailId, Var.LANGUAGE.name(), language));
    }

    @Override
    public Optional<Instant> nextDue() {
        return engine.asProduct(() -> {
            String watch = management
                    .createJobDefinitionQuery()
                    .processDefinitionKey(BillingTakeoverProcess.WATCH_STOP_DATES)
                    .list()
                    .stream()
                    .map(JobDefinition::getProcessDefinitionId)
                    .findFirst()
                    .orElse("");
            return management
                    .createJobQuery()
                    .timers()
                    .active()
                    .withRetriesLeft()
                    .duedateHigherThan(Date.from(clock.instant()))
                    .orderByJobDuedate()
                    .asc()
                    .listPage(0, 20)
                    .stream()
                    .filter(job -> !watch.equals(job.getProcessDefinitionId()))
                    .map(Job::getDuedate)
                    .map(Date::toInstant)
                    .findFirst();
        });
    }

    private void start(String process, String key, String firmId, Map<String, Object> variables) {
        VariableMap all = createVariables();
        all.putAll(variables);
        all.putValueTyped(Var.FIRM.name(), stringValue(firmId, true));
        engine.asProduct(() -> runtime.startProcessInstanceByKey(process, key, all));
    }

    private void tell(String key, String message) {
        engine.asProduct(() -> {
            try {
                runtime.createMessageCorrelation(message)
                        .processInstanceBusinessKey(key)
                        .correlate();
            } catch (MismatchingMessageCorrelationException e) {
                throw new Refusal("notPossibleNow");
            }
        });
    }
}
