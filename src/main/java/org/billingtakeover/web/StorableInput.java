package org.billingtakeover.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The one character that the database cannot keep is refused at the door, and so is what cannot be decoded: nobody types it. Forms with
 * files are looked at later, since to look is to store them.
 */
@Configuration(proxyBeanMethods = false)
class StorableInput implements WebMvcConfigurer, HandlerInterceptor {

    /** Where Tomcat says that it left something out. */
    private static final String NOT_DECODED = "org.apache.catalina.parameter_parse_failed";

    /** Before signing in, which asks the database for the name. */
    @Bean
    FilterRegistrationBean<Filter> storableFields() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((any, answer, chain) -> {
            HttpServletRequest request = (HttpServletRequest) any;
            String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
            // What is sent to the engine is read there (StorableJson).
            if (type.startsWith("multipart/")
                    || request.getRequestURI().startsWith("/camunda/")
                    || isStorable(request)) {
                chain.doFilter(any, answer);
            } else {
                ((HttpServletResponse) answer).sendError(HttpServletResponse.SC_BAD_REQUEST);
            }
        });
        // After those that say in which characters it is written.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // The page that says so is asked for with the same input.
        boolean storable = request.getDispatcherType() == DispatcherType.ERROR || isStorable(request);
        if (!storable) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
        return storable;
    }

    private static boolean isStorable(HttpServletRequest request) {
        return request.getParameterMap().values().stream()
                        .flatMap(Arrays::stream)
                        .noneMatch(value -> value.indexOf('\0') >= 0)
                && request.getAttribute(NOT_DECODED) == null;
    }

    /** A form whose parts cannot be told apart. */
    @ControllerAdvice
    static class BrokenForms {

        @ExceptionHandler(MultipartException.class)
        void refuse(HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
    }
}
