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
import org.billingtakeover.account.StaffMember;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Whoever loses a right or the account loses it in their running session too, within half a minute. */
final class FreshRights extends OncePerRequestFilter {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final String READ_AT = FreshRights.class.getName();

    /** Where the engine's web applications remember groups and firms of whoever is signed in. */
    private static final String ENGINES_MEMORY = "authenticatedUser";

    private final StaffAccounts accounts;
    private final Clock clock;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    FreshRights(StaffAccounts accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (session != null
                && authentication != null
                && authentication.getPrincipal() instanceof StaffMember known
                && !isFresh((Instant) session.getAttribute(READ_AT))) {
            refresh(known, session, request, response);
        }
        chain.doFilter(request, response);
    }

    private boolean isFresh(@Nullable Instant readAt) {
        return readAt != null && Duration.between(readAt, clock.instant()).abs().compareTo(FRESH) < 0;
    }

    private void refresh(
            StaffMember known, HttpSession session, HttpServletRequest request, HttpServletResponse response) {
        Optional<StaffMember> now = accounts.find(known.id());
        if (now.isEmpty()) {
            session.invalidate();
            SecurityContextHolder.clearContext();
            return;
        }
        session.setAttribute(READ_AT, clock.instant());
        if (!now.get().equals(known)) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(StaffAccounts.signedIn(now.get()));
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
            if (session.getAttribute(ENGINES_MEMORY) instanceof Authentications) {
                session.removeAttribute(ENGINES_MEMORY);
            }
        }
    }
}
