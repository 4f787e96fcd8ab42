package org.billingtakeover.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.security.ProviderSessions.ProviderUnreachable;
import org.billingtakeover.security.StoredSessions.Kept;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever loses a right or the account loses it in their running session too, and a new password ends it, within half a minute. */
final class FreshRights extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FreshRights.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    /** How long whoever is signed in may do nothing; until then the container's own, short time holds. */
    private static final Duration SIGNED_IN = Duration.ofHours(8);

    /** Where the engine's web applications remember groups and firms of whoever is signed in. */
    private static final String ENGINES_MEMORY = "authenticatedUser";

    private final StaffAccounts accounts;
    private final ProviderSessions providers;
    private final Clock clock;
    private final StoredSessions sessions;

    FreshRights(StaffAccounts accounts, ProviderSessions providers, StoredSessions sessions, Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (session != null && known != null && known.getPrincipal() instanceof StaffMember) {
            try {
                refresh(session);
            } catch (ProviderUnreachable e) {
                LOG.warn(e.getMessage());
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private void refresh(HttpSession session) {
        if (isFresh(Optional.ofNullable((Instant) session.getAttribute(StoredSessions.READ_AT)))) {
            return;
        }
        Optional<Kept> kept = sessions.find(session.getId());
        if (kept.map(Kept::staff).filter(SignedInByProvider.class::isInstance).isPresent()) {
            sessions.oneAtATime(session.getId(), () -> readAgain(session, sessions.find(session.getId())));
        } else {
            readAgain(session, kept);
        }
    }

    /** @param kept as it is now: another request, at any node, may have renewed the session meanwhile, or ended it */
    private void readAgain(HttpSession session, Optional<Kept> kept) {
        boolean renewed = isFresh(kept.flatMap(Kept::readAt));
        Optional<Authentication> now = renewed ? kept.map(Kept::staff) : kept.flatMap(this::readAgain);
        if (now.isEmpty()) {
            session.invalidate();
            SecurityContextHolder.clearContext();
            return;
        }
        if (!renewed) {
            sessions.keep(session.getId(), now.get(), clock.instant(), SIGNED_IN);
        }
        Authentication before = SecurityContextHolder.getContext().getAuthentication();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(now.get());
        SecurityContextHolder.setContext(context);
        if (!now.get().getPrincipal().equals(before.getPrincipal())
                && session.getAttribute(ENGINES_MEMORY) instanceof Authentications) {
            session.removeAttribute(ENGINES_MEMORY);
        }
    }

    private boolean isFresh(Optional<Instant> readAt) {
        return readAt.filter(at -> Duration.between(at, clock.instant()).abs().compareTo(FRESH) < 0)
                .isPresent();
    }

    private Optional<Authentication> readAgain(Kept kept) {
        return kept.staff() instanceof SignedInByProvider session
                ? providers.renew(session).map(Authentication.class::cast)
                : accounts.renew(kept.staff());
    }
}
