package org.billingtakeover.metrics.prometheus;

import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/** Prometheus signs in nowhere: it asks on a port of its own, which the host alone reaches. On the product's own port there is nothing. */
@Configuration(proxyBeanMethods = false)
// Commands answer nobody, and run in the surroundings of production, which say the port.
@ConditionalOnWebApplication
@ConditionalOnProperty("back-office.metrics.port")
class ScrapeSecurity {

    @Bean
    @Order(0)
    SecurityFilterChain scrapes(HttpSecurity http) throws Exception {
        return http.securityMatcher(EndpointRequest.to("prometheus"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .build();
    }
}
