package org.billingtakeover.security;

import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** One sign-in for our pages and the engine's web applications; everything else is closed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class WebSecurity {

    static final String SIGN_IN = "/sign-in";

    /** Our pages load nothing from elsewhere and run no script. */
    private static final String OUR_PAGES =
            "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

    /** The engine's web applications guard their changing calls with a token of their own and send their own content policy. */
    @Bean
    @Order(1)
    SecurityFilterChain enginesPages(HttpSecurity http) throws Exception {
        return http.securityMatcher(path("/camunda/**"))
                .authorizeHttpRequests(requests -> requests
                        // Makes a user without asking who is there while no administrator exists (CVE-2026-77226).
                        .requestMatchers(path("/camunda/api/admin/setup/**"), path("/camunda/app/admin/*/setup/**"))
                        .denyAll()
                        // One signs in on our page alone.
                        .requestMatchers(path("/camunda/api/admin/auth/user/*/login/**"))
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .csrf(csrf -> csrf.disable())
                .headers(headers ->
                        headers.frameOptions(frames -> frames.sameOrigin()).cacheControl(cache -> cache.disable()))
                .logout(signOut -> signOut.logoutRequestMatcher(path("/camunda/api/admin/auth/user/*/logout"))
                        .logoutSuccessHandler(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
                .exceptionHandling(problems -> problems.defaultAuthenticationEntryPointFor(
                                new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), path("/camunda/api/**"))
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint(SIGN_IN), path("/camunda/**")))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain ourPages(HttpSecurity http, Environment environment) throws Exception {
        boolean demo = environment.acceptsProfiles(Profiles.of("demo"));
        return http.authorizeHttpRequests(requests -> {
                    requests.requestMatchers("/", SIGN_IN, "/answer/**", "/style.css", "/favicon.svg", "/error")
                            .permitAll();
                    if (demo) {
                        requests.requestMatchers("/demo/**").permitAll();
                    }
                    requests.anyRequest().authenticated();
                })
                .formLogin(form -> form.loginPage(SIGN_IN).defaultSuccessUrl("/", false))
                .logout(signOut -> signOut.logoutUrl("/sign-out").logoutSuccessUrl("/"))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(OUR_PAGES))
                        .frameOptions(frames -> frames.sameOrigin())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
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

    /** Of the whole path: the default asks which servlet serves it, and the engine brings servlets of its own. */
    private static RequestMatcher path(String pattern) {
        return PathPatternRequestMatcher.withDefaults().matcher(pattern);
    }
}
