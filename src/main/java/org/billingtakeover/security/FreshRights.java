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
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/** Whoever loses a right or the account loses it in their running session too, and a new password ends it, within half a minute. */
final class FreshRights extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(FreshRights.class);
    private static final Duration FRESH = Duration.ofSeconds(30);
    /** How long whoever is signed in may do nothing; until then the container's own, short time holds. */
    private static final Duration SIGNED_IN = Duration.ofHours(8);

    private static final String READ_AT = FreshRights.class.getName();

    /** Where the engine's web applications remember groups and firms of whoever is signed in. */
    private static final String ENGINES_MEMORY = "authenticatedUser";

    private final StaffAccounts accounts;
    private final ProviderSessions providers;
    private final Clock clock;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    FreshRights(StaffAccounts accounts, ProviderSessions providers, Clock clock) {
        this.accounts = accounts;
        this.providers = providers;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (session != null && known != null && known.getPrincipal() instanceof StaffMember) {
            // One at a time: a provider may take a second use of the same token for a theft of it.
            synchronized (WebUtils.getSessionMutex(session)) {
                try {
                    refresh(request, response);
                } catch (ProviderUnreachable e) {
                    LOG.warn(e.getMessage());
                    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                    return;
                }
            }
        }
        chain.doFilter(request, response);
    }

    private boolean isFresh(@Nullable Instant readAt) {
        return readAt != null && Duration.between(readAt, clock.instant()).abs().compareTo(FRESH) < 0;
    }

    private void refresh(HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession(false);
        // While this request waited for its turn, another one may have renewed the session, or ended it.
        SecurityContext kept = contexts.loadDeferredContext(request).get();
        SecurityContextHolder.setContext(kept);
        Authentication known = kept.getAuthentication();
        if (session == null || known == null || isFresh((Instant) session.getAttribute(READ_AT))) {
            return;
        }
        Optional<Authentication> now = readAgain(known);
        if (now.isEmpty()) {
            session.invalidate();
            SecurityContextHolder.clearContext();
            return;
        }
        session.setAttribute(READ_AT, clock.instant());
        session.setMaxInactiveInterval((int) SIGNED_IN.toSeconds());
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(now.get());
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        if (!now.get().getPrincipal().equals(known.getPrincipal())
                && session.getAttribute(ENGINES_MEMORY) instanceof Authentications) {
            session.removeAttribute(ENGINES_MEMORY);
        }
    }

    private Optional<Authentication> readAgain(Authentication known) {
        return known instanceof SignedInByProvider session
                ? providers.renew(session).map(Authentication.class::cast)
                : accounts.renew(known);
    }
}
