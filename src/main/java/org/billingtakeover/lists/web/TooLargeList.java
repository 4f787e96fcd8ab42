package org.billingtakeover.lists.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says that a list is too large before any of it is read. Later it could not be said: a request that is cut short has lost the token
 * of its form, and is refused for that.
 */
@Component
@ConditionalOnWebApplication
@Order(Ordered.HIGHEST_PRECEDENCE)
class TooLargeList extends OncePerRequestFilter {

    private final long largest;

    TooLargeList(MultipartConfigElement limits) {
        this.largest = limits.getMaxRequestSize();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String form = request.getContextPath() + ImportPage.PATH;
        if (request.getContentLengthLong() > largest && request.getRequestURI().equals(form)) {
            response.sendRedirect(form + "?" + ImportPage.REFUSED + "=" + ImportPage.Refused.TOO_LARGE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
