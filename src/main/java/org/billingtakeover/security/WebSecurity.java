package org.billingtakeover.security;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.CookieRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.web.http.SessionRepositoryFilter;

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

    private static final int LONGEST_WANTED = 1000;

    /** By this the error page tells a form that is too old from one that is not for its sender. */
    private static final String STALE_FORM = "staleForm";

    /** Without it nobody can tell where one part of a form ends and the next begins. */
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary=\\s*\"?[^\\s\";]");

    /** Where the engine's web applications keep the token that their changing calls must send, and how they send it. */
    private static final String ENGINES_TOKEN = "CAMUNDA_CSRF_TOKEN";

    private static final String ENGINES_TOKEN_HEADER = "X-XSRF-TOKEN";
    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS");

    private static final String NO_DEVICES =
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

    /** The engine's web applications guard their changing calls with a token of their own and send their own content policy. */
    @Bean
    @Order(1)
    SecurityFilterChain enginesPages(
            HttpSecurity http,
            ProcessEngine engine,
            MessageSource messages,
            StaffAccounts accounts,
            ProviderSessions providers,
            StoredSessions sessions,
            SignOut signOut,
            Clock clock)
            throws Exception {
        return http.securityMatcher(path("/camunda/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterAfter(new OpenEngineCalls(engine.getName(), messages), AuthorizationFilter.class)
                .addFilterBefore(
                        new FreshRights(accounts, providers, sessions, clock), AnonymousAuthenticationFilter.class)
                .csrf(csrf -> csrf.disable())
                .requestCache(wanted -> wanted.requestCache(wantedPages()))
                .headers(headers -> onEveryPage(headers).cacheControl(cache -> cache.disable()))
                .logout(end -> end.logoutRequestMatcher(path(HttpMethod.POST, "/camunda/api/admin/auth/user/*/logout"))
                        .logoutSuccessHandler(signOut::fromTasklist))
                .exceptionHandling(problems -> problems.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(signInFirst(), path("/camunda/**")))
                .build();
    }

    /**
     * Behind its link a client needs no cookie, which browsers within other apps do not keep: the link, which nobody else knows, is what
     * a form must come with. Nothing here knows who is signed in.
     */
    @Bean
    @Order(2)
    SecurityFilterChain clientsPages(HttpSecurity http) throws Exception {
        return http.securityMatcher(path("/answer/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.disable())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(wanted -> wanted.disable())
                .logout(end -> end.disable())
                .headers(headers ->
                        onEveryPage(headers).contentSecurityPolicy(policy -> policy.policyDirectives(OUR_PAGES)))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain ourPages(
            HttpSecurity http,
            Environment environment,
            StaffAccounts accounts,
            ProviderSessions providers,
            StoredSessions sessions,
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
                                    "/",
                                    SIGN_IN,
                                    SIGNED_OUT,
                                    "/style.css",
                                    "/favicon.svg",
                                    "/error",
                                    "/livez",
                                    "/readyz")
                            .permitAll();
                    if (demo) {
                        requests.requestMatchers("/demo/**").permitAll();
                    }
                    requests.anyRequest().authenticated();
                })
                .formLogin(form ->
                        form.loginPage(SIGN_IN).successHandler(wantedPage()).failureHandler(refusedSignIn()))
                .exceptionHandling(problems ->
                        problems.authenticationEntryPoint(signInFirst()).accessDeniedHandler(WebSecurity::refuse))
                .addFilterBefore(
                        new FreshRights(accounts, providers, sessions, clock), AnonymousAuthenticationFilter.class)
                .csrf(csrf -> csrf.csrfTokenRepository(formTokens()).csrfTokenRequestHandler(formTokenAtOnce()))
                .requestCache(wanted -> wanted.requestCache(wantedPages()))
                .logout(end -> end.logoutUrl("/sign-out").logoutSuccessHandler(signOut::fromOurPages))
                .headers(headers ->
                        onEveryPage(headers).contentSecurityPolicy(policy -> policy.policyDirectives(OUR_PAGES)))
                .build();
    }

    /** Files of strangers are refused before any of them is read: to look for a form's token, the server would store them. */
    @Bean
    FilterRegistrationBean<Filter> filesOfStaffOnly() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
            HttpSession session = ((HttpServletRequest) request).getSession(false);
            if (!type.startsWith("multipart/")) {
                chain.doFilter(request, response);
            } else if (!BOUNDARY.matcher(type).find()) {
                ((HttpServletResponse) response).sendError(HttpStatus.BAD_REQUEST.value());
            } else if (session == null
                    || session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) == null) {
                ((HttpServletResponse) response).sendRedirect(SIGN_IN);
            } else {
                chain.doFilter(request, response);
            }
        });
        filter.setOrder(SessionRepositoryFilter.DEFAULT_ORDER + 1);
        return filter;
    }

    /** Anything but a {@link PlainAddress} is refused at once: what compares paths further on stumbles over it. */
    @Bean
    FilterRegistrationBean<Filter> plainPaths() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            HttpServletRequest asked = (HttpServletRequest) request;
            if (PlainAddress.isPlain(asked.getRequestURI(), asked.getQueryString())) {
                chain.doFilter(request, response);
            } else {
                ((HttpServletResponse) response).sendError(HttpStatus.BAD_REQUEST.value());
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

    /** Before the engine's own check, which ends the session of whoever fails it: another site could sign people out. */
    @Bean
    FilterRegistrationBean<Filter> engineTokens() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            HttpServletRequest call = (HttpServletRequest) request;
            HttpSession session = call.getSession(false);
            Object token = session == null ? null : session.getAttribute(ENGINES_TOKEN);
            if (CHANGE_NOTHING.contains(call.getMethod())
                    || token != null && token.equals(call.getHeader(ENGINES_TOKEN_HEADER))) {
                chain.doFilter(request, response);
            } else {
                HttpServletResponse refusal = (HttpServletResponse) response;
                refusal.setHeader(ENGINES_TOKEN_HEADER, "Required");
                refusal.sendError(HttpStatus.FORBIDDEN.value());
            }
        });
        filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
        filter.setOrder(202);
        return filter;
    }

    /** Whoever may do a thing, and sends a form that is too old, reads something else than who may not. */
    private static void refuse(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
            throws IOException {
        request.setAttribute(STALE_FORM, why instanceof CsrfException);
        response.sendError(HttpStatus.FORBIDDEN.value());
    }

    /** What is sent once and again over HTTPS stays on HTTPS: Spring Security adds that header to every secure answer. */
    private static HeadersConfigurer<HttpSecurity> onEveryPage(HeadersConfigurer<HttpSecurity> headers) {
        return headers.frameOptions(frames -> frames.sameOrigin())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(permissions -> permissions.policy(NO_DEVICES));
    }

    /** Strangers' tokens are in their cookies: a session for each visit would fill the memory. */
    private static CsrfTokenRepository formTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        // The engine's web applications have one of the default name.
        tokens.setCookieName("form-token");
        tokens.setHeaderName("X-Form-Token");
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Lax"));
        return tokens;
    }

    /** Makes the token before the page is written: once a long page is on its way, its cookie would come too late. */
    private static CsrfTokenRequestHandler formTokenAtOnce() {
        XorCsrfTokenRequestAttributeHandler handler = new XorCsrfTokenRequestAttributeHandler();
        handler.setCsrfRequestAttributeName(null);
        return handler;
    }

    /** The page that somebody wanted before signing in, in a cookie too. */
    private static RequestCache wantedPages() {
        CookieRequestCache wanted = new CookieRequestCache();
        wanted.setRequestMatcher(request -> request.getMethod().equals("GET")
                && !request.getRequestURI().contains("/api/")
                && request.getRequestURL().length()
                                + String.valueOf(request.getQueryString()).length()
                        < LONGEST_WANTED);
        wanted.setCookieCustomizer(cookie -> cookie.setAttribute("SameSite", "Lax"));
        return wanted;
    }

    private static AuthenticationSuccessHandler wantedPage() {
        SavedRequestAwareAuthenticationSuccessHandler signedIn = new SavedRequestAwareAuthenticationSuccessHandler();
        signedIn.setRequestCache(wantedPages());
        signedIn.setRedirectStrategy(WebSecurity::redirectWithin);
        return signedIn;
    }

    /** Not to the host that the request named, which somebody else may have chosen. */
    private static void redirectWithin(HttpServletRequest request, HttpServletResponse response, String url)
            throws IOException {
        URI wanted = URI.create(url);
        response.sendRedirect(wanted.getRawPath() + (wanted.getRawQuery() == null ? "" : "?" + wanted.getRawQuery()));
    }

    private static LoginUrlAuthenticationEntryPoint signInFirst() {
        LoginUrlAuthenticationEntryPoint signIn = new LoginUrlAuthenticationEntryPoint(SIGN_IN);
        signIn.setFavorRelativeUris(true);
        return signIn;
    }

    private static void signInAtProvider(
            OAuth2LoginConfigurer<HttpSecurity> signIn,
            ProviderRegistrations registrations,
            ProviderSessions providers) {
        DefaultOAuth2AuthorizationRequestResolver requests =
                new DefaultOAuth2AuthorizationRequestResolver(registrations, AT_PROVIDER);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        HttpSessionOAuth2AuthorizedClientRepository tokens = new HttpSessionOAuth2AuthorizedClientRepository();
        SignedInAtProvider signedIn = new SignedInAtProvider(tokens);
        signedIn.setRequestCache(wantedPages());
        signedIn.setRedirectStrategy(WebSecurity::redirectWithin);
        signIn.loginPage(SIGN_IN)
                .clientRegistrationRepository(registrations)
                .authorizedClientRepository(tokens)
                .authorizationEndpoint(provider -> provider.authorizationRequestResolver(requests))
                .redirectionEndpoint(back -> back.baseUri(ProviderRegistrations.RETURN + "*"))
                .tokenEndpoint(provider -> provider.accessTokenResponseClient(providers.codes()))
                .userInfoEndpoint(provider -> provider.oidcUserService(providers::admit))
                .successHandler(signedIn)
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

    private static RequestMatcher path(HttpMethod method, String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(method, pattern);
    }

    /** Of the whole path: the default asks which servlet serves it, and the engine brings servlets of its own. */
    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
