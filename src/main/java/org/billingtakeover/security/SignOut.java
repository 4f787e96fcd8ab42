package org.billingtakeover.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Ends a session here, and then where it began. What the provider needs for that is left with the browser for a minute: the session is
 * gone, and Tasklist's last calls begin others.
 */
@Component
class SignOut {

    private static final String COOKIE = "ends-at";
    private static final Pattern VALUE = Pattern.compile("([a-z0-9]+)\\.([A-Za-z0-9._-]+)");

    private final ProviderSessions providers;

    SignOut(ProviderSessions providers) {
        this.providers = providers;
    }

    void fromOurPages(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication)
            throws IOException {
        boolean fromProvider = authentication instanceof SignedInByProvider;
        remember(request, response, authentication);
        response.sendRedirect(request.getContextPath() + (fromProvider ? WebSecurity.SIGNED_OUT : "/"));
    }

    /** Tasklist goes to our page by itself. */
    void fromTasklist(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        remember(request, response, authentication);
        response.setStatus(HttpStatus.NO_CONTENT.value());
    }

    /** Where the browser has to go so that the session ends at its provider too. */
    Optional<URI> endAtProvider(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        Matcher left = VALUE.matcher(cookie == null ? "" : cookie.getValue());
        return left.matches() ? providers.end(left.group(1), left.group(2)) : Optional.empty();
    }

    private static void remember(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication instanceof SignedInByProvider session) {
            String value = session.provider() + '.' + session.said().getTokenValue();
            response.addHeader(
                    HttpHeaders.SET_COOKIE,
                    ResponseCookie.from(COOKIE, value)
                            .path(request.getContextPath() + WebSecurity.SIGNED_OUT)
                            .maxAge(Duration.ofMinutes(1))
                            .httpOnly(true)
                            .secure(request.isSecure())
                            .sameSite("Strict")
                            .build()
                            .toString());
        }
    }
}
