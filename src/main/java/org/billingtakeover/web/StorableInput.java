package org.billingtakeover.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The one character that the database cannot keep is refused at the door: nobody types it. */
@Configuration(proxyBeanMethods = false)
class StorableInput implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // The page that says so is asked for with the same input.
        boolean storable = request.getDispatcherType() == DispatcherType.ERROR
                || request.getParameterMap().values().stream()
                        .flatMap(Arrays::stream)
                        .noneMatch(value -> value.indexOf('\0') >= 0);
        if (!storable) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        }
        return storable;
    }
}
