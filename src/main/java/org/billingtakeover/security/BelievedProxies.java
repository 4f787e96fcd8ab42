package org.billingtakeover.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Whose word on the client's address and on TLS counts, since limits count by address: that of the proxies that a setting names, one by
 * one. Of a whole network, anybody in it could say to be somebody else.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class BelievedProxies {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> believedProxies(
            @Value("${back-office.proxies:}") List<String> addresses) {
        return server -> believe(addresses, server);
    }

    /** @throws IllegalArgumentException if one of them is no address */
    static void believe(List<String> addresses, TomcatServletWebServerFactory server) {
        if (!addresses.isEmpty()) {
            RemoteIpValve proxies = new RemoteIpValve();
            proxies.setInternalProxies(addresses.stream()
                    .map(BelievedProxies::asWritten)
                    .map(Pattern::quote)
                    .collect(Collectors.joining("|")));
            proxies.setProtocolHeader("X-Forwarded-Proto");
            server.addEngineValves(proxies);
        }
    }

    /** As the server writes it. */
    private static String asWritten(String address) {
        try {
            if (ADDRESS.matcher(address.strip()).matches()) {
                return InetAddress.getByName(address.strip()).getHostAddress();
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(noAddress(address), e);
        }
        throw new IllegalArgumentException(noAddress(address));
    }

    private static String noAddress(String text) {
        return "BACK_OFFICE_PROXIES must be addresses such as 10.0.0.7, separated by commas, but holds " + text + ".";
    }
}
