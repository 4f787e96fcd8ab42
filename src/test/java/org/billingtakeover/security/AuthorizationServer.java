package org.billingtakeover.security;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.embedded.tomcat.TomcatWebServer;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** An authorization server on a port of its own, with people who can be changed, forgotten, and cut off. */
final class AuthorizationServer implements AutoCloseable {

    static final String PASSWORD = "known-at-the-provider";

    /** What it says of its people, by their names; of somebody who is not here, nothing. */
    static final Map<String, Map<String, Object>> PEOPLE = new ConcurrentHashMap<>();

    private static final Map<String, OAuth2Authorization> SESSIONS = new ConcurrentHashMap<>();

    private final AnnotationConfigServletWebServerApplicationContext server =
            new AnnotationConfigServletWebServerApplicationContext();
    private final int port;

    /** Serves the product at {@code productUrl}, which is its client by each of these names. */
    AuthorizationServer(int port, String productUrl, String... clients) {
        this.port = port;
        server.registerBean("issuer", String.class, () -> issuer());
        server.registerBean(TomcatServletWebServerFactory.class, () -> new TomcatServletWebServerFactory(port));
        server.registerBean(RegisteredClientRepository.class, () -> clients(productUrl, clients));
        server.register(Rules.class);
        server.refresh();
    }

    /** Another host than the product's, which is at localhost: cookies know no ports. */
    String issuer() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends all that the person may have begun anywhere. */
    static void forget(String person) {
        PEOPLE.remove(person);
        SESSIONS.values().removeIf(session -> session.getPrincipalName().equals(person));
    }

    /** Answers nobody until {@link #goOn}. */
    void pause() throws LifecycleException {
        connector().stop();
    }

    void goOn() throws LifecycleException {
        connector().start();
    }

    private Connector connector() {
        return ((TomcatWebServer) server.getWebServer()).getTomcat().getConnector();
    }

    @Override
    public void close() {
        server.close();
    }

    private static RegisteredClientRepository clients(String productUrl, String... names) {
        return new InMemoryRegisteredClientRepository(Arrays.stream(names)
                .map(name -> RegisteredClient.withId(name)
                        .clientId(name)
                        .clientSecret("{noop}secret-of-" + name)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                        .redirectUri(productUrl + "/sign-in/from/" + name)
                        .postLogoutRedirectUri(productUrl + "/")
                        .scopes(scopes -> scopes.addAll(Set.of("openid", "profile", "email")))
                        .clientSettings(
                                ClientSettings.builder().requireProofKey(true).build())
                        .tokenSettings(TokenSettings.builder()
                                .reuseRefreshTokens(false)
                                .build())
                        .build())
                .toList());
    }

    /** Not marked as a configuration, which the product would take for its own. */
    @EnableWebSecurity
    @EnableWebMvc
    static class Rules {

        @Bean
        DispatcherServlet dispatcherServlet() {
            return new DispatcherServlet();
        }

        @Bean
        SecurityFilterChain everything(HttpSecurity http) throws Exception {
            return http.with(new OAuth2AuthorizationServerConfigurer(), server -> server.oidc(withDefaults()))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(withDefaults())
                    .oauth2ResourceServer(resource -> resource.jwt(withDefaults()))
                    .build();
        }

        @Bean
        AuthorizationServerSettings settings(String issuer) {
            return AuthorizationServerSettings.builder().issuer(issuer).build();
        }

        @Bean
        UserDetailsService people() {
            return name -> {
                if (!PEOPLE.containsKey(name)) {
                    throw new UsernameNotFoundException(name);
                }
                return User.withUsername(name)
                        .password("{noop}" + PASSWORD)
                        .roles("PERSON")
                        .build();
            };
        }

        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> whatItSays() {
            return token -> {
                if (token.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
                    token.getClaims()
                            .claims(claims -> claims.putAll(
                                    PEOPLE.getOrDefault(token.getPrincipal().getName(), Map.of())));
                }
            };
        }

        @Bean
        OAuth2AuthorizationService sessions() {
            InMemoryOAuth2AuthorizationService kept = new InMemoryOAuth2AuthorizationService();
            return new OAuth2AuthorizationService() {
                @Override
                public void save(OAuth2Authorization session) {
                    kept.save(session);
                    SESSIONS.put(session.getId(), session);
                }

                @Override
                public void remove(OAuth2Authorization session) {
                    kept.remove(session);
                }

                @Override
                public @Nullable OAuth2Authorization findById(String id) {
                    return ifKnown(kept.findById(id));
                }

                @Override
                public @Nullable OAuth2Authorization findByToken(String token, OAuth2TokenType type) {
                    return ifKnown(kept.findByToken(token, type));
                }
            };
        }

        private static @Nullable OAuth2Authorization ifKnown(@Nullable OAuth2Authorization session) {
            return session == null || SESSIONS.containsKey(session.getId()) ? session : null;
        }

        @Bean
        JwtDecoder ownTokens(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }
    }
}
