package org.billingtakeover.security;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions of staff as every node sees them. One request at a time renews a session, whichever nodes they came to: an identity provider
 * may take a second use of the same token for a theft of it.
 */
@Component
@ConditionalOnWebApplication
class StoredSessions {

    private static final String CONTEXT = HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
    /** The attribute that says when rights were read last, an {@link Instant}. */
    static final String READ_AT = FreshRights.class.getName();

    /** Longer than a provider is waited for. */
    private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SessionRepository<? extends Session> sessions;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    StoredSessions(SessionRepository<? extends Session> sessions, JdbcClient jdbc, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** When the rights of whoever has this session were read last; empty for never. */
    record Kept(Authentication staff, Optional<Instant> readAt) {}

    /** Empty when the session has ended, or nobody is signed in. */
    Optional<Kept> find(String id) {
        Session session = sessions.findById(id);
        return session != null
                        && session.getAttribute(CONTEXT) instanceof SecurityContext context
                        && context.getAuthentication() != null
                ? Optional.of(new Kept(context.getAuthentication(), Optional.ofNullable(session.getAttribute(READ_AT))))
                : Optional.empty();
    }

    void keep(String id, Authentication staff, Instant readAt, Duration mayBeIdle) {
        keep(sessions, id, session -> {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(staff);
            session.setAttribute(CONTEXT, context);
            session.setAttribute(READ_AT, readAt);
            session.setMaxInactiveInterval(mayBeIdle);
        });
    }

    private static <S extends Session> void keep(SessionRepository<S> sessions, String id, Consumer<Session> change) {
        @Nullable S session = sessions.findById(id);
        if (session != null) {
            change.accept(session);
            sessions.save(session);
        }
    }

    /**
     * Does the work while no other request does it for this session. No connection is held meanwhile.
     *
     * @throws IllegalStateException if the others take too long
     */
    void oneAtATime(String id, Runnable work) {
        long waited = 0;
        while (!isTaken(id)) {
            if (waited > LONGEST_RENEWAL.toMillis()) {
                throw new IllegalStateException("Another request has been renewing the same session for too long.");
            }
            waited += PAUSE.toMillis();
            pause();
        }
        try {
            work.run();
        } finally {
            transaction.executeWithoutResult(status -> jdbc.sql("delete from session_renewal where session_id = ?")
                    .param(id)
                    .update());
        }
    }

    private boolean isTaken(String id) {
        return transaction.execute(status ->
                        jdbc.sql("""
                        insert into session_renewal (session_id, until)
                        values (?, clock_timestamp() + make_interval(secs => ?))
                        on conflict (session_id) do update set until = excluded.until
                        where session_renewal.until < clock_timestamp()
                        """).params(id, LONGEST_RENEWAL.toSeconds()).update())
                == 1;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
