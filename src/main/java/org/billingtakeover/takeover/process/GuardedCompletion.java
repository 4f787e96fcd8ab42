package org.billingtakeover.takeover.process;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.billingtakeover.account.Language;
import org.billingtakeover.takeover.Refusal;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Completes a task for a signed-in person: takes only the variables that the task's form may send, and words a refusal for the
 * reader, without the engine's own words around it.
 */
final class GuardedCompletion {

    private final MessageSource messages;

    GuardedCompletion(MessageSource messages) {
        this.messages = messages;
    }

    /** @throws BadUserRequestException with a sentence, if the rules refuse; nothing has changed then */
    <T extends @Nullable Object> T complete(
            CommandExecutor executor, String taskId, @Nullable Map<String, Object> variables, Supplier<T> completion) {
        if (!isSignedIn(executor)) {
            return completion.get();
        }
        try {
            executor.execute(context -> onlyInputsOfTheTask(context, taskId, variables));
            return completion.get();
        } catch (RuntimeException e) {
            Refusal refusal = refusalIn(e);
            if (refusal == null) {
                throw e;
            }
            throw new BadUserRequestException(inWords(refusal), refusal);
        }
    }

    /**
     * People end a task by its form. An error or an escalation that no diagram catches would end the case without an outcome.
     *
     * @throws BadUserRequestException if somebody is signed in
     */
    void refuseToPeople(CommandExecutor executor) {
        if (isSignedIn(executor)) {
            throw new BadUserRequestException(inWords(new Refusal("onlyByForm")));
        }
    }

    /**
     * People take tasks, and give none to others.
     *
     * @param userId null to give the task back to the group
     * @throws BadUserRequestException if whoever is signed in is somebody else
     */
    void onlyForOneself(CommandExecutor executor, @Nullable String userId) {
        boolean forAnother = Boolean.TRUE.equals(executor.execute(context -> context.getAuthentication() != null
                && userId != null
                && !userId.equals(context.getAuthentication().getUserId())));
        if (forAnother) {
            throw new BadUserRequestException(inWords(new Refusal("onlyForOneself")));
        }
    }

    private static boolean isSignedIn(CommandExecutor executor) {
        return Boolean.TRUE.equals(executor.execute(context -> context.getAuthentication() != null));
    }

    private static boolean onlyInputsOfTheTask(
            CommandContext context, String taskId, @Nullable Map<String, Object> variables) {
        TaskEntity task = context.getTaskManager().findTaskById(taskId);
        if (task != null && variables != null) {
            Set<String> allowed =
                    BillingTakeoverProcess.TASK_INPUTS.getOrDefault(task.getTaskDefinitionKey(), Set.of());
            for (String name : variables.keySet()) {
                if (!allowed.contains(name)) {
                    throw new Refusal("foreignVariable", name);
                }
            }
        }
        return true;
    }

    private String inWords(Refusal refusal) {
        return messages.getMessage(
                "refusal." + refusal.code(),
                refusal.arguments().toArray(),
                // Whatever the browser asks for.
                Language.of(LocaleContextHolder.getLocale()).locale());
    }

    private static @Nullable Refusal refusalIn(@Nullable Throwable thrown) {
        if (thrown == null || thrown instanceof Refusal) {
            return (Refusal) thrown;
        }
        return refusalIn(thrown.getCause());
    }
}
