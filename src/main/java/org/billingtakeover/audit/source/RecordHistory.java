package org.billingtakeover.audit.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.camunda.bpm.engine.history.HistoricDecisionInputInstance;
import org.camunda.bpm.engine.history.HistoricDecisionOutputInstance;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionEvaluationEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricDecisionInstanceEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricIncidentEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.event.HistoryEventTypes;
import org.camunda.bpm.engine.impl.history.event.UserOperationLogEntryEventEntity;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.entity.CommentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricJobLogEventEntity;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.jspecify.annotations.Nullable;

/** Tells the trail what the engine tells its history, case by case. Variables are left out: what matters of them the business tells. */
final class RecordHistory implements HistoryEventHandler {

    private static final Set<String> SAID_BY_STEPS = Set.of("Job Execute", "ProcessInstance Create");

    /** What ends a task, with what its form sent. */
    private static final Set<String> COMPLETIONS =
            Set.of(UserOperationLogEntry.OPERATION_TYPE_COMPLETE, UserOperationLogEntry.OPERATION_TYPE_RESOLVE);

    private final Recorder recorder;

    RecordHistory(Recorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        Map<String, List<UserOperationLogEntryEventEntity>> operations = new LinkedHashMap<>();
        for (HistoryEvent event : events) {
            if (event instanceof UserOperationLogEntryEventEntity operation) {
                operations
                        .computeIfAbsent(operation.getOperationId(), id -> new ArrayList<>())
                        .add(operation);
            } else {
                handleEvent(event);
            }
        }
        operations.values().forEach(this::operation);
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event instanceof HistoricActivityInstanceEventEntity step) {
            step(step);
        } else if (event instanceof HistoricProcessInstanceEventEntity instance) {
            instance(instance);
        } else if (event instanceof UserOperationLogEntryEventEntity operation) {
            operation(List.of(operation));
        } else if (event instanceof HistoricDecisionEvaluationEvent evaluation) {
            decision(evaluation.getRootHistoricDecisionInstance());
            evaluation.getRequiredHistoricDecisionInstances().forEach(this::decision);
        } else if (event instanceof HistoricIncidentEventEntity incident) {
            incident(incident);
        } else if (event instanceof HistoricJobLogEventEntity job && job.isFailureLog()) {
            failure(job);
        }
    }

    void comment(CommentEntity comment) {
        Map<String, @Nullable Object> content = new HashMap<>();
        content.put("task", comment.getTaskId());
        content.put("comment", new Personal(comment.getFullMessage()));
        String instance = comment.getTaskId() == null
                ? comment.getProcessInstanceId()
                : Context.getCommandContext()
                        .getTaskManager()
                        .findTaskById(comment.getTaskId())
                        .getProcessInstanceId();
        record(instance, actor(comment.getUserId()), "TASK_COMMENTED", content);
    }

    private void step(HistoricActivityInstanceEventEntity step) {
        String how = step.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_START)
                ? "entered"
                : step.isEventOfType(HistoryEventTypes.ACTIVITY_INSTANCE_END)
                        ? step.isCanceled() ? "cancelled" : "left"
                        : null;
        if (how == null) {
            return;
        }
        ProcessDefinition diagram = diagram(step);
        recorder.moved(
                about(step.getProcessInstanceId()),
                signedIn(),
                new Recorder.Step(
                        step.getActivityInstanceId(),
                        diagram.getKey(),
                        diagram.getVersion(),
                        step.getActivityId(),
                        how));
    }

    private void instance(HistoricProcessInstanceEventEntity instance) {
        if (instance.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_START)) {
            run(instance, "began");
        } else if (instance.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_END)) {
            run(instance, "ended");
        } else if (instance.isEventOfType(HistoryEventTypes.PROCESS_INSTANCE_MIGRATE)) {
            ProcessDefinition diagram = diagram(instance);
            Map<String, @Nullable Object> content = new HashMap<>();
            content.put("process", diagram.getKey());
            content.put("version", diagram.getVersion());
            content.put("instance", instance.getProcessInstanceId());
            content.put("state", instance.getState());
            record(instance.getProcessInstanceId(), signedIn(), "PROCESS_MOVED", content);
        }
    }

    private void run(HistoricProcessInstanceEventEntity instance, String how) {
        ProcessDefinition diagram = diagram(instance);
        recorder.moved(
                about(instance.getProcessInstanceId()),
                signedIn(),
                new Recorder.Run(
                        instance.getProcessInstanceId(),
                        diagram.getKey(),
                        diagram.getVersion(),
                        how,
                        instance.getState(),
                        instance.getDeleteReason()));
    }

    /** @param properties what one operation changed */
    private void operation(List<UserOperationLogEntryEventEntity> properties) {
        UserOperationLogEntryEventEntity operation = properties.get(0);
        if (isSaidOtherwise(operation) || changesNothing(properties)) {
            return;
        }
        Map<String, @Nullable Object> content = new HashMap<>();
        content.put("operation", operation.getOperationType());
        content.put("entity", operation.getEntityType());
        content.put("task", operation.getTaskId());
        content.put("deployment", operation.getDeploymentId());
        content.put("annotation", personal(operation.getAnnotation()));
        content.put(
                "changes",
                properties.stream()
                        .filter(property -> property.getProperty() != null)
                        .map(RecordHistory::change)
                        .toList());
        if (COMPLETIONS.contains(operation.getOperationType())) {
            content.put("fields", recorder.sent(operation.getTaskId()));
        }
        record(operation.getProcessInstanceId(), actor(operation.getUserId()), "OPERATION", content);
    }

    private static Map<String, @Nullable Object> change(UserOperationLogEntryEventEntity property) {
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put("property", property.getProperty());
        change.put("before", property.getOrgValue());
        change.put("after", property.getNewValue());
        return change;
    }

    /** That the engine itself starts a process or goes on with one is in its steps. */
    private static boolean isSaidOtherwise(UserOperationLogEntryEventEntity operation) {
        return operation.getUserId() == null
                && operation.getProcessInstanceId() != null
                && SAID_BY_STEPS.contains(operation.getEntityType() + " " + operation.getOperationType());
    }

    /** The rights of roles are written anew at each start. */
    private static boolean changesNothing(List<UserOperationLogEntryEventEntity> properties) {
        return properties.stream()
                .allMatch(property ->
                        property.getOrgValue() != null && property.getOrgValue().equals(property.getNewValue()));
    }

    private void decision(HistoricDecisionInstanceEntity decision) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        for (HistoricDecisionInputInstance input : decision.getInputs()) {
            inputs.put(Optional.ofNullable(input.getClauseName()).orElse(input.getClauseId()), input.getValue());
        }
        Map<String, Map<String, @Nullable Object>> rules = new LinkedHashMap<>();
        for (HistoricDecisionOutputInstance output : decision.getOutputs()) {
            rules.computeIfAbsent(String.valueOf(output.getRuleOrder()), rule -> new LinkedHashMap<>())
                    .put(output.getVariableName(), output.getValue());
        }
        DecisionDefinition table = deployments().findDeployedDecisionDefinitionById(decision.getDecisionDefinitionId());
        recorder.answered(
                new Recorder.Answered(table.getKey(), table.getVersion(), inputs, List.copyOf(rules.values())));
    }

    private void incident(HistoricIncidentEventEntity incident) {
        String what = incident.isEventOfType(HistoryEventTypes.INCIDENT_CREATE)
                ? "INCIDENT_OPENED"
                : incident.isEventOfType(HistoryEventTypes.INCIDENT_RESOLVE)
                                || incident.isEventOfType(HistoryEventTypes.INCIDENT_DELETE)
                        ? "INCIDENT_CLOSED"
                        : null;
        if (what != null) {
            Map<String, @Nullable Object> content = new HashMap<>();
            content.put("type", incident.getIncidentType());
            content.put("step", incident.getActivityId());
            content.put("message", personal(incident.getIncidentMessage()));
            record(incident.getProcessInstanceId(), signedIn(), what, content);
        }
    }

    private void failure(HistoricJobLogEventEntity job) {
        Map<String, @Nullable Object> content = new HashMap<>();
        content.put("step", job.getActivityId());
        content.put("triesBefore", job.getJobRetries());
        content.put("message", personal(job.getJobExceptionMessage()));
        record(job.getProcessInstanceId(), Actors.SYSTEM, "TRY_FAILED", content);
    }

    private void record(
            @Nullable String processInstanceId, String actor, String what, Map<String, @Nullable Object> content) {
        content.values().removeIf(Objects::isNull);
        recorder.record(new Fact(about(processInstanceId), actor, what, content));
    }

    /** An exception's message may name somebody. */
    private static @Nullable Personal personal(@Nullable String message) {
        return message == null ? null : new Personal(message);
    }

    /** The engine has the instance at hand whenever it tells of it. */
    private static String about(@Nullable String processInstanceId) {
        return Optional.ofNullable(processInstanceId)
                .map(id -> Context.getCommandContext().getExecutionManager().findExecutionById(id))
                .map(ExecutionEntity::getBusinessKey)
                .orElse(Fact.PRODUCT);
    }

    private static String signedIn() {
        return actor(Context.getCommandContext().getAuthenticatedUserId());
    }

    private static String actor(@Nullable String user) {
        return user == null ? Actors.SYSTEM : user;
    }

    private static ProcessDefinition diagram(HistoryEvent event) {
        return deployments().findDeployedProcessDefinitionById(event.getProcessDefinitionId());
    }

    private static DeploymentCache deployments() {
        return Context.getProcessEngineConfiguration().getDeploymentCache();
    }
}
