package org.billingtakeover.takeover.process;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.stereotype.Component;

/** What the form of each task keeps, in codes and amounts, and what it shows, worded for whoever reads it. */
@Component
class TaskForms {

    private final Map<String, TaskForm> forms;

    TaskForms(FormFacts facts, FormContent content, Mails mails) {
        TaskForm question = new TaskForm(
                "question",
                task -> facts.question(keyOf(task)),
                (task, language) -> content.question(keyOf(task), language));
        TaskForm changeByHand = new TaskForm(
                "change",
                task -> facts.changeByHand(ChangeByHandSteps.booking(task)),
                (task, language) -> content.changeByHand(ChangeByHandSteps.booking(task), language));
        TaskForm integration = new TaskForm(
                "integration",
                task -> facts.integrationByHand(IntegrationByHandSteps.order(task)),
                (task, language) -> content.integrationByHand(IntegrationByHandSteps.order(task), language));
        this.forms = Map.ofEntries(
                Map.entry(
                        "UserTask_ReviewNewCost",
                        new TaskForm(
                                "quote",
                                task -> facts.quote(keyOf(task)),
                                (task, language) ->
                                        content.quote(keyOf(task), kept(task, "quote", "number"), language))),
                Map.entry(BillingTakeoverProcess.ANSWER_QUESTION, question),
                Map.entry(BillingTakeoverProcess.RECORD_CLIENT_ANSWER, question),
                Map.entry(
                        "UserTask_ResolveProblem",
                        new TaskForm(
                                "problem",
                                task -> facts.problem(keyOf(task)),
                                (task, language) ->
                                        content.problem(keyOf(task), kept(task, "problem", "retryDate"), language))),
                Map.entry(
                        "UserTask_ResolveRefusedStep",
                        new TaskForm(
                                "refusedStep",
                                task -> facts.refusedStep(
                                        keyOf(task), Var.STEP.in(task), Var.REFUSAL.in(task), Var.ASKED_BY.in(task)),
                                (task, language) -> content.refusedStep(
                                        keyOf(task),
                                        Var.STEP.in(task),
                                        Var.REFUSAL.in(task),
                                        Var.ASKED_BY.in(task),
                                        language))),
                Map.entry("UserTask_ChangeByHand", changeByHand),
                Map.entry("UserTask_LookForProof", changeByHand),
                Map.entry("UserTask_TakeBackByHand", changeByHand),
                Map.entry(
                        "UserTask_CompareFirstBills",
                        new TaskForm(
                                "firstBills",
                                task -> facts.firstBills(ChangeByHandSteps.booking(task)),
                                (task, language) -> content.firstBills(ChangeByHandSteps.booking(task), language))),
                Map.entry(BillingTakeoverProcess.SET_INTEGRATION, integration),
                Map.entry(BillingTakeoverProcess.SEE_TO_INTEGRATION, integration),
                Map.entry(
                        "UserTask_ResolveUndeliverableMail",
                        new TaskForm(
                                "mail",
                                task -> facts.mail(mails.find(mailId(task)).orElseThrow()),
                                (task, language) ->
                                        content.mail(mails.find(mailId(task)).orElseThrow(), language))));
    }

    /**
     * What one kind of task shows.
     *
     * @param variable the JSON of the task alone that its form names
     * @param facts in codes, amounts and dates of ISO 8601: what the history keeps
     * @param words the same and what follows from it, for readers of one language
     */
    record TaskForm(
            String variable,
            Function<DelegateTask, Map<String, Object>> facts,
            BiFunction<DelegateTask, Language, Map<String, Object>> words) {}

    Optional<TaskForm> of(String task) {
        return Optional.ofNullable(forms.get(task));
    }

    /** What the task keeps in one field, since it was made; empty where it has no such field, as tasks of earlier versions have not. */
    static Optional<String> kept(DelegateTask task, String variable, String field) {
        return new Variable<>(variable, SpinJsonNode.class)
                .find(task)
                .filter(kept -> kept.hasProp(field))
                .map(kept -> kept.prop(field).stringValue());
    }

    private static TakeoverKey keyOf(DelegateTask task) {
        return CaseStep.key(task.getExecution());
    }

    private static UUID mailId(DelegateTask task) {
        return UUID.fromString(Var.MAIL_ID.in(task));
    }
}
