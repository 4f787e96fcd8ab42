package org.billingtakeover.security;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.oauth2.client.endpoint.AbstractRestClientOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.util.UriComponentsBuilder;

/** Sessions that began at an identity provider: whether it still stands by them, and how they end there too. */
@Component
class ProviderSessions {

    /** What a refusal is called where somebody has no role here. */
    static final String NO_ROLE = "no_role";

    private static final Set<String> REFUSALS = Set.of(
            NO_ROLE, OAuth2ErrorCodes.INVALID_GRANT, OAuth2ErrorCodes.INVALID_TOKEN, OAuth2ErrorCodes.ACCESS_DENIED);

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ProviderRegistrations registrations;
    private final StaffOfProviders staff;
    private final Clock clock;
    private final String publicUrl;
    private final OidcUserService people = new OidcUserService();
    private final OidcIdTokenDecoderFactory decoders = new OidcIdTokenDecoderFactory();
    private final RestClientAuthorizationCodeTokenResponseClient codes;
    private final RestClientRefreshTokenTokenResponseClient refreshes;

    ProviderSessions(
            ProviderRegistrations registrations,
            StaffOfProviders staff,
            Clock clock,
            @Value("${back-office.public-url}") String publicUrl) {
        this.registrations = registrations;
        this.staff = staff;
        this.clock = clock;
        this.publicUrl = publicUrl;
        ClientHttpRequestFactory requests = ClientHttpRequestFactoryBuilder.jdk()
                .build(ClientHttpRequestFactorySettings.defaults()
                        .withConnectTimeout(PATIENCE)
                        .withReadTimeout(PATIENCE));
        RestTemplate rest = new RestTemplate(requests);
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService info = new DefaultOAuth2UserService();
        info.setRestOperations(rest);
        people.setOauth2UserService(info);
        codes = patient(new RestClientAuthorizationCodeTokenResponseClient(), requests);
        refreshes = patient(new RestClientRefreshTokenTokenResponseClient(), requests);
    }

    /** Trades the code that somebody comes back with. */
    OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> codes() {
        return codes;
    }

    /** @throws OAuth2AuthenticationException with {@link #NO_ROLE} for somebody who may do nothing here */
    Admitted admit(OidcUserRequest request) {
        OidcUser person = people.loadUser(request);
        StaffMember member = staff.admit(registrations.provider(request.getClientRegistration()), person)
                .orElseThrow(() -> new OAuth2AuthenticationException(new OAuth2Error(NO_ROLE)));
        return new Admitted(person, member);
    }

    /**
     * Asks the provider again. Empty when it is no longer one of ours, no longer knows the session or the person, or the person has no role here any more.
     *
     * @throws ProviderUnreachable if it does not answer, which says nothing of the person
     */
    Optional<SignedInByProvider> renew(SignedInByProvider known) {
        ClientRegistration registration = registrations.findByRegistrationId(known.provider());
        if (registration == null) {
            return Optional.empty();
        }
        try {
            OAuth2AccessToken access = known.access();
            OAuth2RefreshToken refresh = known.refresh();
            OidcIdToken said = known.said();
            if (refresh != null) {
                OAuth2AccessTokenResponse answer =
                        refreshes.getTokenResponse(new OAuth2RefreshTokenGrantRequest(registration, access, refresh));
                access = answer.getAccessToken();
                refresh = Optional.ofNullable(answer.getRefreshToken()).orElse(refresh);
                said = saidNow(registration, answer, said);
            } else if (access.getExpiresAt() != null && !access.getExpiresAt().isAfter(clock.instant())) {
                return Optional.empty();
            }
            Admitted now = admit(new OidcUserRequest(registration, access, said));
            if (!now.member().id().equals(known.getPrincipal().id())) {
                return Optional.empty();
            }
            return Optional.of(new SignedInByProvider(now.member(), known.provider(), access, refresh, said));
        } catch (OAuth2AuthorizationException | OAuth2AuthenticationException | JwtException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw new ProviderUnreachable(registration.getRegistrationId(), e);
        }
    }

    /** Where the provider ends the session in which it said this; empty if it offers that to nobody. */
    Optional<URI> end(String provider, String idToken) {
        ClientRegistration registration = registrations.findByRegistrationId(provider);
        if (registration == null) {
            return Optional.empty();
        }
        Object end =
                registration.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint");
        return Optional.ofNullable(end)
                .map(address -> UriComponentsBuilder.fromUriString(address.toString())
                        .queryParam("id_token_hint", idToken)
                        .queryParam("client_id", registration.getClientId())
                        .queryParam("post_logout_redirect_uri", publicUrl + "/")
                        .encode()
                        .build()
                        .toUri());
    }

    private OidcIdToken saidNow(
            ClientRegistration registration, OAuth2AccessTokenResponse answer, OidcIdToken saidBefore) {
        Object token = answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN);
        if (token == null) {
            return saidBefore;
        }
        var decoded = decoders.createDecoder(registration).decode(token.toString());
        return new OidcIdToken(token.toString(), decoded.getIssuedAt(), decoded.getExpiresAt(), decoded.getClaims());
    }

    private static boolean isRefusal(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpClientErrorException
                    || cause instanceof BadJwtException
                    || cause instanceof OAuth2AuthorizationException answer && isRefusal(answer.getError())
                    || cause instanceof OAuth2AuthenticationException answer && isRefusal(answer.getError())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefusal(OAuth2Error error) {
        return REFUSALS.contains(error.getErrorCode());
    }

    private static <T extends AbstractRestClientOAuth2AccessTokenResponseClient<?>> T patient(
            T client, ClientHttpRequestFactory requests) {
        client.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    /** Somebody whom a provider knows and who has a role here. */
    static final class Admitted extends DefaultOidcUser {

        private final StaffMember member;

        Admitted(OidcUser person, StaffMember member) {
            super(person.getAuthorities(), person.getIdToken(), person.getUserInfo());
            this.member = member;
        }

        StaffMember member() {
            return member;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Admitted admitted && admitted.member.equals(member);
        }

        @Override
        public int hashCode() {
            return member.hashCode();
        }
    }

    /** The provider does not answer. */
    static final class ProviderUnreachable extends RuntimeException {

        ProviderUnreachable(String provider, Throwable cause) {
            super("The identity provider " + provider + " does not answer", cause);
        }
    }
}
