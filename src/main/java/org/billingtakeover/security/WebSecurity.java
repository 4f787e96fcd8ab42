package org.billingtakeover.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One sign-in for our pages and the engine's web applications; everything else is closed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class WebSecurity {

    static final String SIGN_IN = "/sign-in";

    /** Followed by the identity provider's id. */
    static final String AT_PROVIDER = "/sign-in/at";

    static final String SIGNED_OUT = "/signed-out";

    /** Our pages load nothing from elsewhere and run no script. */
    private static final String OUR_PAGES =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    private static final String NO_DEVICES =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

    /** The engine's web applications guard their changing calls with a token of their own and send their own content policy. */
    @Bean
    @Order(1)
    SecurityFilterChain enginesPages(
            HttpSecurity http, StaffAccounts accounts, ProviderSessions providers, SignOut signOut, Clock clock)
            throws Exception {
        return http.securityMatcher(path("/camunda/**"))
                .authorizeHttpRequests(requests -> requests
                        // Makes a user without asking who is there while no administrator exists (CVE-2026-77226).
                        .requestMatchers(path("/camunda/api/admin/setup/**"), path("/camunda/app/admin/*/setup/**"))
                        .denyAll()
                        // One signs in on our page alone.
                        .requestMatchers(path("/camunda/api/admin/auth/user/*/login/**"))
                        .denyAll()
                        // Would say whether a password is right as often as one likes.
                        .requestMatchers(path("/camunda/api/engine/engine/*/identity/verify"))
                        .denyAll()
                        // Counts as a failure of the job when it is refused: anybody could use up all its tries.
                        .requestMatchers(path("/camunda/api/engine/engine/*/job/*/execute"))
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(new FreshRights(accounts, providers, clock), AnonymousAuthenticationFilter.class)
                .csrf(csrf -> csrf.disable())
                .headers(headers -> onEveryPage(headers).cacheControl(cache -> cache.disable()))
                .logout(end -> end.logoutRequestMatcher(path("/camunda/api/admin/auth/user/*/logout"))
                        .logoutSuccessHandler(signOut::fromTasklist))
                .exceptionHandling(problems -> problems.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(SIGN_IN), path("/camunda/**")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain ourPages(
            HttpSecurity http,
            Environment environment,
            StaffAccounts accounts,
            ProviderSessions providers,
            ProviderRegistrations registrations,
            SignOut signOut,
            Clock clock)
            throws Exception {
        boolean demo = environment.acceptsProfiles(Profiles.of("demo"));
        if (!registrations.isEmpty()) {
            http.oauth2Login(signIn -> signInAtProvider(signIn, registrations, providers));
        }
        return http.authorizeHttpRequests(requests -> {
                    requests.requestMatchers(
                                    "/", SIGN_IN, SIGNED_OUT, "/answer/**", "/style.css", "/favicon.svg", "/error")
                            .permitAll();
                    if (demo) {
                        requests.requestMatchers("/demo/**").permitAll();
                    }
                    requests.anyRequest().authenticated();
                })
                .formLogin(form ->
                        form.loginPage(SIGN_IN).defaultSuccessUrl("/", false).failureHandler(refusedSignIn()))
                .addFilterBefore(new FreshRights(accounts, providers, clock), AnonymousAuthenticationFilter.class)
                .logout(end -> end.logoutUrl("/sign-out").logoutSuccessHandler(signOut::fromOurPages))
                .headers(headers ->
                        onEveryPage(headers).contentSecurityPolicy(policy -> policy.policyDirectives(OUR_PAGES)))
                .build();
    }

    /** Paths with parameters are refused at once: what compares paths further on stumbles over them. */
    @Bean
    FilterRegistrationBean<Filter> plainPaths() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            if (((HttpServletRequest) request).getRequestURI().contains(";")) {
                ((HttpServletResponse) response).sendError(HttpStatus.BAD_REQUEST.value());
            } else {
                chain.doFilter(request, response);
            }
        });
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** After Spring Security's filters, before the engine's. */
    @Bean
    FilterRegistrationBean<ContainerBasedAuthenticationFilter> signedInStaff() {
        FilterRegistrationBean<ContainerBasedAuthenticationFilter> filter =
                new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
        filter.addInitParameter("authentication-provider", SignedInStaff.class.getName());
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(201);
        return filter;
    }

    /** What is sent once and again over HTTPS stays on HTTPS: Spring Security adds that header to every secure answer. */
    private static HeadersConfigurer<HttpSecurity> onEveryPage(HeadersConfigurer<HttpSecurity> headers) {
        return headers.frameOptions(frames -> frames.sameOrigin())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES));
    }

    private static void signInAtProvider(
            OAuth2LoginConfigurer<HttpSecurity> signIn,
            ProviderRegistrations registrations,
            ProviderSessions providers) {
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, AT_PROVIDER);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        HttpSessionOAuth2AuthorizedClientRepository tokens = new HttpSessionOAuth2AuthorizedClientRepository();
        signIn.loginPage(SIGN_IN)
                .clientRegistrationRepository(registrations)
                .authorizedClientRepository(tokens)
                .authorizationEndpoint(provider -> provider.authorizationRequestResolver(requests))
                .redirectionEndpoint(back -> back.baseUri(ProviderRegistrations.RETURN + "*"))
                .tokenEndpoint(provider -> provider.accessTokenResponseClient(providers.codes()))
                .userInfoEndpoint(provider -> provider.oidcUserService(providers::admit))
                .successHandler(new SignedInAtProvider(tokens))
                .failureHandler(refusedSignIn())
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler((request, response, noProvider) ->
                                response.sendRedirect(request.getContextPath() + SIGN_IN + "?provider"));
                        return filter;
                    }
                });
    }

    private static AuthenticationFailureHandler refusedSignIn() {
        return (request, response, refusal) ->
                response.sendRedirect(request.getContextPath() + SIGN_IN + "?" + reason(refusal));
    }

    private static String reason(AuthenticationException refusal) {
        if (refusal instanceof OAuth2AuthenticationException answer) {
            return answer.getError().getErrorCode().equals(ProviderSessions.NO_ROLE) ? "no-role" : "provider";
        }
        return refusal instanceof LockedException ? "wait" : "error";
    }

    /** Of the whole path: the default asks which servlet serves it, and the engine brings servlets of its own. */
    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
