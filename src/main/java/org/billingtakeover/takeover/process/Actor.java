package org.billingtakeover.takeover.process;

import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** Who completes a task. */
final class Actor {

    private Actor() {}

    /** The signed-in user's id, or {@link Actors#SYSTEM}. */
    static String of(DelegateTask task) {
        Authentication signedIn =
                task.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        return Optional.ofNullable(signedIn).map(Authentication::getUserId).orElse(Actors.SYSTEM);
    }
}
