package org.billingtakeover.takeover.process;

import static org.camunda.bpm.engine.variable.Variables.createVariables;
import static org.camunda.bpm.engine.variable.Variables.stringValue;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Client;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.ClockMoved;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.PrepareQuote;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SetIntegrationByHand;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.TakeoverFlow;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Message;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.Execution;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstanceModificationBuilder;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** The one class that starts processes and tells running ones what happened. */
@Component
class CamundaTakeoverFlow implements TakeoverFlow {

    private static final Logger LOG = LoggerFactory.getLogger(CamundaTakeoverFlow.class);

    /** Pressed in a hurry, the clock moves while the watch of the move before is still running. */
    private static final int MOST_HURRIES = 5;

    /** Of the demo, that is, and its clients without a case have one each. */
    private static final int MOST_TIMERS = 500;

    private final Engine engine;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final CaseFiles files;
    private final DueChanges changes;
    private final Clock clock;
    private final ThreadLocal<Boolean> puttingBack = ThreadLocal.withInitial(() -> false);
    private final ThreadLocal<Boolean> byItself = ThreadLocal.withInitial(() -> false);

    CamundaTakeoverFlow(
            Engine engine,
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy ManagementService management,
            CaseFiles files,
            DueChanges changes,
            Clock clock) {
        this.engine = engine;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.files = files;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public void takeoverRequested(Takeover takeover) {
        start(BillingTakeoverProcess.BILLING_TAKEOVER, takeover.key(), takeover.firmId(), Map.of());
    }

    @Override
    public void clientAnswered(TakeoverKey key) {
        engine.asProduct(() -> {
            Optional<Task> own = task(key, BillingTakeoverProcess.ANSWER_QUESTION);
            if (own.isPresent()) {
                engine.as(
                        Actors.CLIENT,
                        own.get().getTenantId(),
                        () -> tasks.complete(own.get().getId()));
            } else {
                completeWhatOnlyEarlierDiagramsHave(key);
            }
        });
    }

    private void completeWhatOnlyEarlierDiagramsHave(TakeoverKey key) {
        task(key, BillingTakeoverProcess.RECORD_CLIENT_ANSWER)
                .ifPresentOrElse(waiting -> tasks.complete(waiting.getId()), () -> putBack(files.read(key)));
    }

    @Override
    public void notPossible(TakeoverKey key) {
        engine.asProduct(() -> {
            if (!isTold(key, Message.CHANGED)) {
                completeWhatOnlyEarlierDiagramsHave(key);
            }
        });
    }

    @Override
    public String clientTelephones(TakeoverKey key, String actor) {
        boolean isOpen = engine.asProduct(
                () -> task(key, BillingTakeoverProcess.RECORD_CLIENT_ANSWER).isPresent()
                        || isTold(key, Message.CLIENT_TELEPHONES));
        if (!isOpen) {
            throw new Refusal("alreadyDecided");
        }
        // The engine finds what a command has made once that command has ended.
        return engine.asProduct(() -> {
            Task recording =
                    task(key, BillingTakeoverProcess.RECORD_CLIENT_ANSWER).orElseThrow();
            if (recording.getAssignee() == null) {
                engine.as(actor, recording.getTenantId(), () -> tasks.setAssignee(recording.getId(), actor));
            }
            return recording.getId();
        });
    }

    private Optional<Task> task(TakeoverKey key, String definition) {
        return Optional.ofNullable(tasks.createTaskQuery()
                .processInstanceBusinessKey(key.text())
                .taskDefinitionKey(definition)
                .singleResult());
    }

    @Override
    public void takeoverWithdrawn(TakeoverKey key) {
        tell(key, Message.ENDED_EARLY, Message.TAKEOVER_WITHDRAWN);
    }

    @Override
    public void changeWithdrawn(TakeoverKey key) {
        tell(key, Message.CHANGED, Message.CHANGE_WITHDRAWN);
    }

    @Override
    public void costChanged(TakeoverKey key) {
        tell(key, Message.CHANGED, Message.COST_CHANGED);
    }

    @Override
    public void billingDateMoved(TakeoverKey key) {
        tell(key, Message.CHANGED, Message.BILLING_DATE_MOVED);
    }

    @Override
    public void accountCancelled(TakeoverKey key) {
        tell(key, Message.ENDED_EARLY, Message.ACCOUNT_CANCELLED);
    }

    @Override
    public void notFollowed(TakeoverKey key) {
        stepRefused(key, "Follow the account list", "notFollowed", Actors.SYSTEM);
    }

    @Override
    public void reconsidered(TakeoverKey key) {
        tell(key, Message.CHANGED, Message.RECONSIDERED);
    }

    /** What those who look every few minutes would have found on the way, they find at once. */
    @EventListener
    void on(ClockMoved moved) {
        boolean hurried = false;
        for (int times = 0; times < MOST_HURRIES && !hurried; times++) {
            hurried = hurryWatch();
        }
    }

    /** @return false if one was just being run, so that it is another timer by now */
    private boolean hurryWatch() {
        try {
            engine.asProduct(() -> Stream.of(BillingTakeoverProcess.WATCH, BillingTakeoverProcess.PAY_COMMISSIONS)
                    .flatMap(diagram -> management.createJobQuery().processDefinitionKey(diagram).list().stream())
                    .forEach(watch -> management.setJobDuedate(watch.getId(), Date.from(clock.instant()))));
            return true;
        } catch (ProcessEngineException e) {
            return false;
        }
    }

    /** Begins to invite the firm of a client that was found with two payers. */
    void twoPayersFound(Client client) {
        start(BillingTakeoverProcess.INVITE_FIRM, new ClientKey(client.id()), client.firmId(), Map.of());
    }

    @EventListener
    void on(AccountChanged changed) {
        engine.asProduct(() -> lookAgain(changed.clientId(), Message.LOOK_AGAIN));
    }

    /**
     * What waits for a client with one payer ends by itself the next morning: on a billing date there are thousands of them. Told once it has
     * happened: the engine refuses whoever goes on with an invitation that looks at this moment, and that must undo nothing.
     */
    @TransactionalEventListener
    void on(Happening.Happened happened) {
        if (happened.what() instanceof Happening.Opened) {
            tellInvitation(happened.takeover(), Message.UPDATE_NOW);
        } else if (changesWhoSeesToTheStop(happened.what())) {
            tellInvitation(happened.takeover(), Message.LOOK_AGAIN);
        }
    }

    private void tellInvitation(TakeoverKey key, String message) {
        UUID client = files.read(key).takeover().clientId();
        try {
            engine.asProductAlone(() -> lookAgain(client, message));
        } catch (OptimisticLockingException e) {
            LOG.info("The invitation beside the case {} looks already", key);
        }
    }

    /** An agreed change sees to it, and begins and ends by these. */
    private static boolean changesWhoSeesToTheStop(Happening what) {
        return what instanceof Happening.ChangeScheduled
                || what instanceof Happening.CostChanged
                || what instanceof Happening.ChangeCancelled
                || what instanceof Happening.Withdrawn
                || what instanceof Happening.Closed closed && !closed.outcome().isOnePayer();
    }

    /** Nothing depends on it: it is looked again by itself. */
    private void lookAgain(UUID client, String message) {
        runtime
                .createExecutionQuery()
                .processInstanceBusinessKey(new ClientKey(client).text())
                .messageEventSubscriptionName(message)
                .list()
                .stream()
                .filter(waiting -> isStillWaiting(waiting, message))
                .forEach(waiting -> runtime.messageEventReceived(message, waiting.getId()));
    }

    /** One that heard it earlier in this command has gone on, and has not been written down yet. */
    private static boolean isStillWaiting(Execution execution, String message) {
        return ((ExecutionEntity) execution)
                .getEventSubscriptions().stream().anyMatch(each -> message.equals(each.getEventName()));
    }

    /** Begins to ask a person what becomes of a mail. */
    void mailStuck(Subject about, FirmId firmId, String mailId) {
        start(BillingTakeoverProcess.DELIVER_MAIL, about, firmId, Map.of(Var.MAIL_ID.name(), mailId));
    }

    @Override
    public void changeRejected(TakeoverKey key) {
        engine.asProduct(() -> {
            Instant due = files.read(key).state().due().orElseGet(clock::instant);
            // Diagrams of earlier versions wait there for nothing but their timer.
            if (!isTold(key, Message.CHANGED) && !isTold(key, Message.BILLING_DATE_MOVED) && !looksAgainAt(key, due)) {
                putBack(files.read(key));
            }
        });
    }

    /** It would look by itself some time later; where it waits for its billing date, it looks then. */
    @Override
    public void changeConfirmed(TakeoverKey key) {
        if (changes.isWaitedFor(key)) {
            engine.asProduct(() -> looksAgainAt(key, clock.instant()));
        }
    }

    @Override
    public void changeToBeChecked(TakeoverKey key) {
        engine.asProduct(() -> {
            if (!looksAgainAt(key, clock.instant())) {
                fire(key, BillingTakeoverProcess.BILLING_TAKEOVER, clock.instant());
            }
        });
    }

    /** Has the timer fire for which a case waits while its payer is being changed, if it waits for one. */
    private boolean looksAgainAt(TakeoverKey key, Instant due) {
        return fire(key, BillingTakeoverProcess.CHANGE_PAYER, due);
    }

    private boolean fire(TakeoverKey key, String diagram, Instant due) {
        List<Job> timers = runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(key.text())
                .processDefinitionKey(diagram)
                .list()
                .stream()
                .flatMap(instance ->
                        management.createJobQuery().processInstanceId(instance.getId()).timers().list().stream())
                .toList();
        timers.forEach(timer -> management.setJobDuedate(timer.getId(), Date.from(due)));
        return !timers.isEmpty();
    }

    @Override
    public void madeThoughWithdrawn(TakeoverKey key) {
        stepRefused(key, "Withdraw the booking", "madeThoughWithdrawn", Actors.SYSTEM);
    }

    @Override
    public boolean stopConfirmed(IntegrationOrder stop) {
        boolean isTold = engine.asProduct(() -> Stream.of(stop.about(), stop.client())
                .distinct()
                .anyMatch(about -> isTold(about, Message.STOP_CONFIRMED, Map.of(Var.STOPPED.name(), true))));
        engine.asProduct(() -> lookAgain(stop.client().client(), Message.LOOK_AGAIN));
        return isTold;
    }

    @Override
    public void toBeMadeByHand(CaseFile file, BookingKey booking, MakeByHand.Plan plan) {
        VariableMap variables = ChangeByHandSteps.times(plan).putValue(Var.BOOKING.name(), booking.text());
        start(BillingTakeoverProcess.CHANGE_BY_HAND, file.key(), file.takeover().firmId(), variables);
    }

    @Override
    public void settledByHand(BookingKey booking, boolean toBeTakenBack) {
        tellOf(booking, Message.SETTLED_BY_HAND, Map.of(Var.TO_TAKE_BACK.name(), toBeTakenBack));
    }

    @Override
    public void billSentIn(BookingKey booking) {
        tellOf(booking, Message.BILL_SENT_IN, Map.of());
    }

    @Override
    public void firstBillsRead(CaseFile file, BookingKey booking, Finding finding, Instant refundUntil) {
        start(
                BillingTakeoverProcess.FIRST_BILLS,
                file.key(),
                file.takeover().firmId(),
                FirstBillsSteps.show(finding, refundUntil).putValue(Var.BOOKING.name(), booking.text()));
    }

    @Override
    public void firstBillsReadAgain(BookingKey booking, Finding finding, Instant refundUntil) {
        tellOf(booking, Message.BILLS_READ_AGAIN, FirstBillsSteps.show(finding, refundUntil));
    }

    @Override
    public void integrationToBeSet(IntegrationOrder order, Account account, SetIntegrationByHand.Plan plan) {
        VariableMap variables = IntegrationByHandSteps.times(plan)
                .putValue(Var.INTEGRATION_ORDER.name(), order.order().key().text());
        start(
                BillingTakeoverProcess.INTEGRATION_BY_HAND,
                order.about(),
                order.order().firmId(),
                variables);
    }

    @Override
    public void integrationSettled(IntegrationOrder order) {
        tellOf(order.about(), Var.INTEGRATION_ORDER, order.order().key().text(), Message.INTEGRATION_SETTLED, Map.of());
    }

    private void tellOf(BookingKey booking, String message, Map<String, Object> variables) {
        tellOf(booking.takeover(), Var.BOOKING, booking.text(), message, variables);
    }

    /** @param order the variable that tells one process about the same subject from another */
    private void tellOf(
            Subject about, Variable<String> order, String value, String message, Map<String, Object> variables) {
        engine.asProduct(() -> runtime.createExecutionQuery()
                .processInstanceBusinessKey(about.text())
                .processVariableValueEquals(order.name(), value)
                .messageEventSubscriptionName(message)
                .list()
                .forEach(waiting -> runtime.messageEventReceived(message, waiting.getId(), variables)));
    }

    @Override
    public boolean isByItself() {
        return Engine.runsAJob() || byItself.get();
    }

    @Override
    public void byItself(Runnable work) {
        byItself.set(true);
        try {
            work.run();
        } finally {
            byItself.remove();
        }
    }

    @Override
    public Optional<Instant> nextDue() {
        return engine.asProduct(() -> management
                .createJobQuery()
                .timers()
                .active()
                .withRetriesLeft()
                .duedateHigherThan(Date.from(clock.instant()))
                .orderByJobDuedate()
                .asc()
                .listPage(0, MOST_TIMERS)
                .stream()
                .filter(this::isOfCase)
                .map(Job::getDuedate)
                .map(Date::toInstant)
                .findFirst());
    }

    private boolean isOfCase(Job timer) {
        String instance = timer.getProcessInstanceId();
        return instance != null
                && Subject.of(runtime.createProcessInstanceQuery()
                                .processInstanceId(instance)
                                .singleResult()
                                .getBusinessKey())
                        instanceof TakeoverKey;
    }

    /** Tells billing operations that a step was refused, unless they know already that the process of this case is astray. */
    void stepRefused(TakeoverKey key, String step, String why, String actor) {
        CaseFile file = files.read(key);
        boolean known = engine.asProduct(() -> runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(key.text())
                        .processDefinitionKey(BillingTakeoverProcess.RESOLVE_REFUSED_STEP)
                        .count()
                > 0);
        if (!known) {
            start(
                    BillingTakeoverProcess.RESOLVE_REFUSED_STEP,
                    key,
                    file.takeover().firmId(),
                    Map.of(
                            Var.STEP.name(), step,
                            Var.REFUSAL.name(), why,
                            Var.ASKED_BY.name(), actor,
                            Var.TOO_EARLY.name(), BillingTakeoverProcess.MENDS_ITSELF.contains(why)));
        }
    }

    /** Whether this thread is putting a process to its place: steps that the case passes on the way there are refused in silence. */
    boolean isPuttingBack() {
        return puttingBack.get();
    }

    @Override
    public void putBack(CaseFile file) {
        puttingBack.set(true);
        try {
            engine.asProduct(() -> {
                runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(file.key().text())
                        .processDefinitionKey(BillingTakeoverProcess.BILLING_TAKEOVER)
                        .list()
                        .forEach(astray -> runtime.deleteProcessInstance(
                                astray.getId(), "Put back to where the case stands", true, true, true, false));
                if (file.takeover().isOpen()) {
                    place(file);
                }
            });
        } finally {
            puttingBack.remove();
        }
    }

    private void place(CaseFile file) {
        VariableMap variables = transientFirm(file.takeover().firmId());
        file.state().due().ifPresent(due -> {
            variables.putValue(Var.REVIEW_DUE.name(), Date.from(due));
            variables.putValue(Var.REVIEW_UNTIL.name(), Date.from(reviewUntil(file, due)));
            variables.putValue(Var.RETRY_AT.name(), Date.from(due));
        });
        List<String> place = BillingTakeoverProcess.placeOf(file.state());
        String instance = runtime.createProcessInstanceByKey(BillingTakeoverProcess.BILLING_TAKEOVER)
                .businessKey(file.key().text())
                .setVariables(variables)
                .startBeforeActivity(place.get(0))
                .execute()
                .getId();
        for (String element : place.subList(1, place.size())) {
            instance = engine.calledBy(instance);
            ProcessInstanceModificationBuilder move = runtime.createProcessInstanceModification(instance);
            for (ActivityInstance waiting :
                    runtime.getActivityInstance(instance).getChildActivityInstances()) {
                move = move.cancelActivityInstance(waiting.getId());
            }
            move.startBeforeActivity(element).setVariables(variables).execute();
        }
    }

    private static Instant reviewUntil(CaseFile file, Instant due) {
        return file.quote()
                .map(quote -> new PrepareQuote.ToReview(quote.validUntil(), due).until())
                .orElse(due);
    }

    private void start(String process, Subject about, FirmId firmId, Map<String, Object> variables) {
        VariableMap all = transientFirm(firmId);
        all.putAll(variables);
        engine.asProduct(() -> runtime.startProcessInstanceByKey(process, about.text(), all));
    }

    private static VariableMap transientFirm(FirmId firmId) {
        return createVariables().putValueTyped(Var.FIRM.name(), stringValue(firmId.text(), true));
    }

    /**
     * A process that waits for neither waits for something else than its case does.
     *
     * @param before what diagrams of earlier versions wait for
     */
    private void tell(TakeoverKey key, String message, String before) {
        engine.asProduct(() -> {
            if (!isTold(key, message) && !isTold(key, before)) {
                putBack(files.read(key));
            }
        });
    }

    private boolean isTold(TakeoverKey key, String message) {
        return isTold(key, message, Map.of());
    }

    private boolean isTold(Subject about, String message, Map<String, Object> variables) {
        List<Execution> waiting = runtime.createExecutionQuery()
                .processInstanceBusinessKey(about.text())
                .messageEventSubscriptionName(message)
                .list();
        if (waiting.size() != 1) {
            return false;
        }
        runtime.messageEventReceived(message, waiting.get(0).getId(), variables);
        return true;
    }
}
