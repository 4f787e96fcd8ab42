package org.billingtakeover.takeover.process;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;

/** Managers of the engine that do not look for what nobody makes here: at the end of thousands of processes, each look is a statement more. */
final class SparingManagers {

    private SparingManagers() {}

    static List<SessionFactory> factories() {
        return List.of(
                new Factory(EventSubscriptionManager.class, Subscriptions::new),
                new Factory(AuthorizationManager.class, Authorizations::new));
    }

    private record Factory(Class<?> kind, Supplier<Session> manager) implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return kind;
        }

        @Override
        public Session openSession() {
            return manager.get();
        }
    }

    /** Signals alone are thrown for later, by a job that does nothing where nobody waits for it any more. */
    private static final class Subscriptions extends EventSubscriptionManager {

        @Override
        public void deleteEventSubscription(EventSubscriptionEntity subscription) {
            if (subscription.isSubscriptionForEventType(EventType.SIGNAL)) {
                super.deleteEventSubscription(subscription);
            } else {
                getDbEntityManager().delete(subscription);
            }
        }
    }

    /** Rights are given to whole groups, and nobody's to a single process; its id comes back for no other. */
    private static final class Authorizations extends AuthorizationManager {

        @Override
        public void deleteAuthorizationsByResourceId(Resource resource, String id) {
            if (resource != Resources.PROCESS_INSTANCE) {
                super.deleteAuthorizationsByResourceId(resource, id);
            }
        }
    }
}
