package org.billingtakeover.takeover.process;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.takeover.FormSent;
import org.billingtakeover.takeover.FormShown;
import org.billingtakeover.takeover.Refusal;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;

/**
 * Takes, gives back and completes tasks for signed-in people: each for oneself, with the variables that the task's form may send; and keeps their
 * notes. A refusal is worded for the reader, without the engine's own words around it.
 */
final class GuardedTasks {

    /** Characters. */
    private static final int LONGEST_NOTE = 4000;

    private final MessageSource messages;
    private final ApplicationEventPublisher events;

    GuardedTasks(MessageSource messages, ApplicationEventPublisher events) {
        this.messages = messages;
        this.events = events;
    }

    /** @throws BadUserRequestException with a sentence, if the rules refuse; nothing has changed then */
    <T extends @Nullable Object> T complete(
            CommandExecutor executor, String taskId, @Nullable Map<String, Object> variables, Supplier<T> completion) {
        return forPeople(
                executor,
                context -> {
                    TaskEntity task = heldTask(context, taskId);
                    events.publishEvent(sent(taskId, inputsOf(task, variables == null ? Map.of() : variables)));
                    if (!Actors.CLIENT.equals(task.getAssignee())) {
                        events.publishEvent(shown(task));
                    }
                },
                completion);
    }

    /**
     * People take tasks, and give none to others.
     *
     * @param userId null to give the task back to the group
     * @throws BadUserRequestException with a sentence, if whoever is signed in is somebody else or came too late
     */
    void claim(CommandExecutor executor, String taskId, @Nullable String userId, Runnable claim) {
        this.<@Nullable Void>forPeople(executor, context -> onlyForOneself(context, taskId, userId), () -> {
            claim.run();
            return null;
        });
    }

    /**
     * A task is given back by whoever has it, and taken over by who could have taken it: a colleague of the same role and firm. The engine
     * itself knows one right for both and for handing tasks to anybody, which nobody has; the product hands on tasks as it must.
     *
     * @param userId null to give the task back to the group
     * @throws BadUserRequestException with a sentence, if whoever is signed in may not
     */
    void assign(CommandExecutor executor, String taskId, @Nullable String userId, Runnable assign) {
        boolean isByProduct = !executor.execute((CommandContext context) -> context.isAuthorizationCheckEnabled());
        if (isByProduct) {
            assign.run();
            return;
        }
        this.<@Nullable Void>forPeople(executor, context -> onlyAmongColleagues(context, taskId, userId), () -> {
            executor.execute((CommandContext context) -> context.runWithoutAuthorization(() -> {
                assign.run();
                return true;
            }));
            return null;
        });
    }

    /**
     * Notes on a task are for people who can see the task, as they see the rest of it. The engine itself asks nobody who they are.
     *
     * @param note null where notes are read
     * @throws BadUserRequestException with a sentence, if whoever is signed in does not see the task, or the note is too long
     */
    <T extends @Nullable Object> T note(
            CommandExecutor executor, String taskId, @Nullable String note, Supplier<T> work) {
        return forPeople(executor, context -> onlyByWhoSeesIt(context, taskId, note), work);
    }

    private <T extends @Nullable Object> T forPeople(
            CommandExecutor executor, Consumer<CommandContext> rule, Supplier<T> work) {
        if (!isSignedIn(executor)) {
            return work.get();
        }
        try {
            // One command, so that what the rule tells and what the work does are one transaction.
            return executor.execute(context -> {
                rule.accept(context);
                return work.get();
            });
        } catch (RuntimeException e) {
            Refusal refusal = refusalIn(e);
            if (refusal == null) {
                throw e;
            }
            refusal.followedBy().ifPresent(events::publishEvent);
            throw inWords(refusal);
        }
    }

    private static boolean isSignedIn(CommandExecutor executor) {
        return Boolean.TRUE.equals(executor.execute(context -> context.getAuthentication() != null));
    }

    private static TaskEntity heldTask(CommandContext context, String taskId) {
        TaskEntity task = openTask(context, taskId);
        if (!context.getAuthenticatedUserId().equals(task.getAssignee())) {
            throw new Refusal("notTaken");
        }
        return task;
    }

    private static FormShown shown(TaskEntity task) {
        return new FormShown(
                CaseStep.subject(task.getExecution()),
                task.getAssignee(),
                task.getTaskDefinitionKey(),
                Reader.language());
    }

    /** @return what is sent, but for fields that were left empty */
    private static Map<Variable<?>, Object> inputsOf(TaskEntity task, Map<String, Object> variables) {
        Set<Variable<?>> allowed =
                BillingTakeoverProcess.TASK_INPUTS.getOrDefault(task.getTaskDefinitionKey(), Set.of());
        Map<Variable<?>, Object> inputs = new HashMap<>();
        for (String name : variables.keySet()) {
            Variable<?> input = allowed.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("foreignVariable", name));
            Object value = value(variables, name);
            if (value != null && !input.type().isInstance(value)) {
                throw new Refusal("wrongValue", name);
            }
            if (value != null) {
                inputs.put(input, value);
            }
        }
        return inputs;
    }

    private static @Nullable Object value(Map<String, Object> variables, String name) {
        Object value = variables instanceof VariableMap typed ? typed.getValueTyped(name) : variables.get(name);
        // Forms send some without a type; what would have to be read into a class stays as it is.
        return value instanceof TypedValue typed && !(value instanceof SerializableValue) ? typed.getValue() : value;
    }

    private static FormSent sent(String taskId, Map<Variable<?>, Object> inputs) {
        Map<String, Object> choices = new HashMap<>();
        Map<String, String> words = new HashMap<>();
        inputs.forEach((input, value) -> {
            if (BillingTakeoverProcess.CHOICES.contains(input)) {
                choices.put(input.name(), value);
            } else {
                words.put(input.name(), value.toString());
            }
        });
        return new FormSent(taskId, choices, words);
    }

    private static void onlyForOneself(CommandContext context, String taskId, @Nullable String userId) {
        String me = context.getAuthenticatedUserId();
        if (userId != null && !userId.equals(me)) {
            throw new Refusal("onlyForOneself");
        }
        String holder = openTask(context, taskId).getAssignee();
        if (userId == null && holder != null && !holder.equals(me)) {
            throw new Refusal("onlyForOneself");
        }
    }

    private static void onlyAmongColleagues(CommandContext context, String taskId, @Nullable String userId) {
        String me = context.getAuthenticatedUserId();
        if (userId == null) {
            if (!me.equals(openTask(context, taskId).getAssignee())) {
                throw new Refusal("onlyHolderGivesBack");
            }
        } else if (!userId.equals(me)) {
            throw new Refusal("onlyForOneself");
        } else if (!isForOneOf(groups(context), context, taskId)) {
            throw new Refusal("notForYourRole");
        }
    }

    private static List<String> groups(CommandContext context) {
        List<String> groups = context.getAuthentication().getGroupIds();
        return groups == null ? List.of() : groups;
    }

    /** The engine finds no task of another firm, and none that the caller may not read. */
    private static boolean isForOneOf(List<String> groups, CommandContext context, String taskId) {
        return !groups.isEmpty()
                && context.getProcessEngineConfiguration()
                                .getTaskService()
                                .createTaskQuery()
                                .taskId(taskId)
                                .taskCandidateGroupIn(groups)
                                .includeAssignedTasks()
                                .count()
                        > 0;
    }

    private static boolean onlyByWhoSeesIt(CommandContext context, String taskId, @Nullable String note) {
        long seen = context.getProcessEngineConfiguration()
                .getTaskService()
                .createTaskQuery()
                .taskId(taskId)
                .count();
        if (seen == 0) {
            throw new Refusal("notPossibleNow");
        }
        if (note != null && note.length() > LONGEST_NOTE) {
            throw new Refusal("noteTooLong", note.length(), LONGEST_NOTE);
        }
        return true;
    }

    private static TaskEntity openTask(CommandContext context, String taskId) {
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        if (task == null) {
            throw new Refusal("notPossibleNow");
        }
        return task;
    }

    private BadUserRequestException inWords(Refusal refusal) {
        InWords words = new InWords(Reader.language());
        String sentence = messages.getMessage(
                "refusal." + refusal.code(),
                refusal.arguments().stream()
                        .map(argument -> inWords(argument, words))
                        .toArray(),
                Reader.language().locale());
        return new BadUserRequestException(sentence, refusal);
    }

    private Object inWords(Object argument, InWords words) {
        if (argument instanceof Rejection reason) {
            return messages.getMessage(
                    "problem." + reason, null, words.language().locale());
        }
        return argument instanceof LocalDate date ? words.date(date) : argument;
    }

    private static @Nullable Refusal refusalIn(@Nullable Throwable thrown) {
        if (thrown instanceof TaskAlreadyClaimedException) {
            return new Refusal("takenByAnother");
        }
        if (thrown instanceof OptimisticLockingException) {
            return new Refusal("notPossibleNow");
        }
        if (thrown == null || thrown instanceof Refusal) {
            return (Refusal) thrown;
        }
        return refusalIn(thrown.getCause());
    }
}
