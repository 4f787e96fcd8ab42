package org.billingtakeover.takeover.process;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Runs what the product itself does in the engine. The rights of whoever is signed in guard the engine's public face, not the
 * product's own steps: those are allowed what the domain allows.
 */
@Component
class Engine {

    private final ProcessEngine engine;

    Engine(@Lazy ProcessEngine engine) {
        this.engine = engine;
    }

    static boolean runsAJob() {
        CommandContext context = Context.getCommandContext();
        return context != null && context.getCurrentJob() != null;
    }

    <T> T asProduct(Supplier<T> work) {
        return run(configuration().getCommandExecutorTxRequired(), work);
    }

    /** As {@link #asProduct}, in a transaction of its own. */
    void asProductAlone(Runnable work) {
        run(configuration().getCommandExecutorTxRequiresNew(), () -> {
            work.run();
            return true;
        });
    }

    private ProcessEngineConfigurationImpl configuration() {
        return (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    }

    private static <T> T run(CommandExecutor executor, Supplier<T> work) {
        return executor.execute((CommandContext context) -> context.runWithoutAuthorization(work::get));
    }

    void asProduct(Runnable work) {
        asProduct(() -> {
            work.run();
            return true;
        });
    }

    /** As {@link #asProduct}, and the engine's history says on whose command. */
    void as(String actor, String tenant, Runnable work) {
        IdentityService identities = engine.getIdentityService();
        Authentication before = identities.getCurrentAuthentication();
        identities.setAuthentication(actor, List.of(), List.of(tenant));
        try {
            asProduct(work);
        } finally {
            if (before == null) {
                identities.clearAuthentication();
            } else {
                identities.setAuthentication(before);
            }
        }
    }

    /**
     * The process that one which waits in a call has called; both may have begun in this very command.
     *
     * @throws java.util.NoSuchElementException if it waits in no call
     */
    String calledBy(String processInstance) {
        return Context.getCommandContext().getDbEntityManager().getCachedEntitiesByType(ExecutionEntity.class).stream()
                .filter(each -> each.isProcessInstanceExecution() && each.getSuperExecution() != null)
                .filter(each -> each.getSuperExecution().getProcessInstanceId().equals(processInstance))
                .map(ExecutionEntity::getId)
                .findFirst()
                .orElseThrow();
    }
}
