package org.billingtakeover.takeover.process;

import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.IdGenerator;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.db.DbEntity;
import org.camunda.bpm.engine.impl.db.PersistenceSession;
import org.camunda.bpm.engine.impl.db.entitymanager.DbEntityManager;
import org.camunda.bpm.engine.impl.event.EventType;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionManager;

/** Managers of the engine that do not do for each of thousands of processes what comes to nothing here. */
final class SparingManagers {

    private SparingManagers() {}

    static List<SessionFactory> factories(ProcessEngineConfigurationImpl engine) {
        return List.of(
                new Factory(EventSubscriptionManager.class, Subscriptions::new),
                new Factory(AuthorizationManager.class, Authorizations::new),
                new Factory(
                        DbEntityManager.class,
                        () -> new Entities(
                                engine.getIdGenerator(),
                                Context.getCommandContext().getSession(PersistenceSession.class))));
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

    /** A new row whose id is well needs no sentence that says, with all its values, that it is not. */
    private static final class Entities extends DbEntityManager {

        Entities(IdGenerator ids, PersistenceSession session) {
            super(ids, session);
        }

        @Override
        protected void validateId(DbEntity row) {
            if (row.getId() == null || row.getId().equals(Authorization.ANY)) {
                super.validateId(row);
            }
        }
    }
}
