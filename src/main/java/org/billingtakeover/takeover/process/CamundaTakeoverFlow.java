package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SetIntegrationByHand;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.TakeoverFlow;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Message;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Var;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.variable.VariableMap;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Moves the process of a case as the case wants it: starts it, tells it what happened, completes its tasks, has its timers fire. */
@Component
class CamundaTakeoverFlow implements TakeoverFlow {

    /** Of the demo, that is, and its clients without a case have one each. */
    private static final int MOST_TIMERS = 500;

    private final Engine engine;
    private final Processes processes;
    private final PutBack putBack;
    private final TellInvitations invitations;
    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final CaseFiles files;
    private final DueChanges changes;
    private final Clock clock;
    private final ThreadLocal<Boolean> byItself = ThreadLocal.withInitial(() -> false);

    CamundaTakeoverFlow(
            Engine engine,
            Processes processes,
            PutBack putBack,
            TellInvitations invitations,
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy ManagementService management,
            CaseFiles files,
            DueChanges changes,
            Clock clock) {
        this.engine = engine;
        this.processes = processes;
        this.putBack = putBack;
        this.invitations = invitations;
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.files = files;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public void takeoverRequested(Takeover takeover) {
        processes.start(BillingTakeoverProcess.BILLING_TAKEOVER, takeover.key(), takeover.firmId(), Map.of());
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
                .anyMatch(about -> processes.isTold(about, Message.STOP_CONFIRMED, Map.of(Var.STOPPED.name(), true))));
        invitations.lookAgain(stop.client());
        return isTold;
    }

    @Override
    public void toBeMadeByHand(CaseFile file, BookingKey booking, MakeByHand.Plan plan) {
        VariableMap variables = ChangeByHandSteps.times(plan).putValue(Var.BOOKING.name(), booking.text());
        processes.start(
                BillingTakeoverProcess.CHANGE_BY_HAND,
                file.key(),
                file.takeover().firmId(),
                variables);
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
        processes.start(
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
        processes.start(
                BillingTakeoverProcess.INTEGRATION_BY_HAND,
                order.about(),
                order.order().firmId(),
                variables);
    }

    @Override
    public void integrationSettled(IntegrationOrder order) {
        processes.tellOf(
                order.about(),
                Var.INTEGRATION_ORDER,
                order.order().key().text(),
                Message.INTEGRATION_SETTLED,
                Map.of());
    }

    private void tellOf(BookingKey booking, String message, Map<String, Object> variables) {
        processes.tellOf(booking.takeover(), Var.BOOKING, booking.text(), message, variables);
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
        // Its process may end meanwhile.
        return instance != null
                && runtime.createProcessInstanceQuery().processInstanceId(instance).list().stream()
                        .anyMatch(found -> Subject.of(found.getBusinessKey()) instanceof TakeoverKey);
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
            processes.start(
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

    @Override
    public void putBack(CaseFile file) {
        putBack.putBack(file);
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
        return processes.isTold(key, message, Map.of());
    }
}
