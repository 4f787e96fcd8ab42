package org.billingtakeover.takeover.process;

import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** On whose command the engine does something. */
final class Actor {

    private Actor() {}

    /** The signed-in user's id, or {@link Actors#SYSTEM}. */
    static String of(DelegateTask task) {
        return of(task.getProcessEngineServices());
    }

    static String of(DelegateExecution step) {
        return of(step.getProcessEngineServices());
    }

    private static String of(ProcessEngineServices engine) {
        Authentication signedIn = engine.getIdentityService().getCurrentAuthentication();
        return Optional.ofNullable(signedIn).map(Authentication::getUserId).orElse(Actors.SYSTEM);
    }
}
