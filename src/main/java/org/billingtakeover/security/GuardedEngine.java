package org.billingtakeover.security;

import java.util.ArrayList;
import java.util.List;
import org.billingtakeover.kernel.Actors;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets the engine's guards. */
@Component
class GuardedEngine extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setResourceAuthorizationProvider(new RightsByRole());
        // The engine's own patterns allow no hyphen, as in client-support or F-100.
        configuration.setGeneralResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9-]*");
        // Nobody is called as the trail calls the client, or the product itself.
        configuration.setUserResourceWhitelistPattern(
                "(?!(?i:%s|%s)$)[a-zA-Z0-9][a-zA-Z0-9@._-]*".formatted(Actors.CLIENT, Actors.SYSTEM));
        // Whoever sends a value of a task must not choose the class that it is read into.
        configuration.setDeserializationTypeValidationEnabled(true);
        // Reading values is a right of its own, apart from reading processes and tasks.
        configuration.setEnforceSpecificVariablePermission(true);
        configuration.setEnablePasswordPolicy(true);
        // The engine's lock shuts out whoever is guessed at; the sign-in counts by itself, also by address.
        configuration.setLoginMaxAttempts(Integer.MAX_VALUE);
        configuration.setLoginDelayMaxTime(0);
        // Expressions from a query or a filter would run as code of the product.
        configuration.setEnableExpressionsInAdhocQueries(false);
        configuration.setEnableExpressionsInStoredQueries(false);
        configuration.setCustomPostCommandInterceptorsTxRequired(
                plusGuard(configuration.getCustomPostCommandInterceptorsTxRequired()));
        configuration.setCustomPostCommandInterceptorsTxRequiresNew(
                plusGuard(configuration.getCustomPostCommandInterceptorsTxRequiresNew()));
    }

    private static List<CommandInterceptor> plusGuard(@Nullable List<CommandInterceptor> present) {
        List<CommandInterceptor> all = new ArrayList<>(present == null ? List.of() : present);
        all.add(new NoExpressionsInQueries());
        return all;
    }
}
