package org.billingtakeover.security;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.billingtakeover.security.ProviderSessions.Admitted;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/** Keeps whoever comes back from a provider as every other member of staff is kept, and the tokens with them. */
final class SignedInAtProvider extends SavedRequestAwareAuthenticationSuccessHandler {

    private final HttpSessionOAuth2AuthorizedClientRepository tokens;
    private final SecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    SignedInAtProvider(HttpSessionOAuth2AuthorizedClientRepository tokens) {
        this.tokens = tokens;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws ServletException, IOException {
        OAuth2AuthenticationToken signedIn = (OAuth2AuthenticationToken) authentication;
        String provider = signedIn.getAuthorizedClientRegistrationId();
        OAuth2AuthorizedClient client = tokens.loadAuthorizedClient(provider, signedIn, request);
        tokens.removeAuthorizedClient(provider, signedIn, request, response);
        Admitted person = (Admitted) signedIn.getPrincipal();
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new SignedInByProvider(
                person.member(), provider, client.getAccessToken(), client.getRefreshToken(), person.getIdToken()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        super.onAuthenticationSuccess(request, response, context.getAuthentication());
    }
}
