package org.billingtakeover.takeover.process;

import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
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

    <T> T asProduct(Supplier<T> work) {
        ProcessEngineConfigurationImpl configuration =
                (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
        return configuration
                .getCommandExecutorTxRequired()
                .execute((CommandContext context) -> context.runWithoutAuthorization(work::get));
    }

    void asProduct(Runnable work) {
        asProduct(() -> {
            work.run();
            return true;
        });
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
