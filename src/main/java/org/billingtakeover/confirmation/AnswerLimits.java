package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.billingtakeover.limits.Allowance;
import org.billingtakeover.takeover.ConsentRequests;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Whoever tries out links waits before the next one, and so does whoever keeps sending answers to one case. Tokens are not kept: one
 * counts addresses and cases.
 */
@Component
class AnswerLimits implements HandlerInterceptor, WebMvcConfigurer {

    /** An office shares an address, and a mail scanner opens many links at once. */
    static final int BY_ADDRESS_AND_MINUTE = 600;

    static final int BY_CASE_IN_TEN_MINUTES = 60;

    private final Links links;
    private final ConsentRequests requests;
    private final Allowance byAddress = new Allowance(BY_ADDRESS_AND_MINUTE, Duration.ofMinutes(1));
    /** Each may send a mail. */
    static final int LINKS_BY_ADDRESS_IN_TEN_MINUTES = 10;

    private final Allowance linksByAddress = new Allowance(LINKS_BY_ADDRESS_IN_TEN_MINUTES, Duration.ofMinutes(10));
    private final Allowance byCase = new Allowance(BY_CASE_IN_TEN_MINUTES, Duration.ofMinutes(10));

    AnswerLimits(Links links, ConsentRequests requests) {
        this.links = links;
        this.requests = requests;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/answer/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        Duration wait = byAddress.take(Allowance.network(request.getRemoteAddr()));
        if (wait.isZero()) {
            wait = links.find(token(request))
                    .flatMap(requests::find)
                    .map(question -> question.takeover().text())
                    .map(byCase::take)
                    .orElse(Duration.ZERO);
        }
        if (wait.isZero()
                && request.getMethod().equals("POST")
                && request.getRequestURI().endsWith("/again")) {
            wait = linksByAddress.take(Allowance.network(request.getRemoteAddr()));
        }
        if (wait.isZero()) {
            return true;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.toSeconds() + 1));
        response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        return false;
    }

    private static String token(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("token") instanceof String token
                ? token
                : "";
    }
}
