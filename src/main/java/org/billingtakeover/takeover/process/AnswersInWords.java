package org.billingtakeover.takeover.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * What the engine's API answers of tasks, filters, processes and roles, in words of the reader's language: what the engine keeps of them
 * is the same for all.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AnswersInWords {

    /** Next to the engine's own servlets. */
    private static final int LAST = 203;

    private static final Pattern WORDED =
            Pattern.compile("/camunda/api/engine/engine/[^/]+/(?:task|filter|process-definition|group)(?:/.*)?");

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> answersInWords(WordAnswers words, ObjectMapper json) {
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new Worded(words, json));
        filter.addUrlPatterns("/camunda/api/*");
        filter.setOrder(LAST);
        return filter;
    }

    private static final class Worded extends OncePerRequestFilter {

        private final WordAnswers words;
        private final ObjectMapper json;

        Worded(WordAnswers words, ObjectMapper json) {
            this.words = words;
            this.json = json;
        }

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return !WORDED.matcher(request.getRequestURI()).matches();
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
            chain.doFilter(request, kept);
            if (isJson(kept) && kept.getStatus() == HttpServletResponse.SC_OK) {
                JsonNode answer = json.readTree(kept.getContentInputStream());
                words.into(answer);
                byte[] worded = json.writeValueAsBytes(answer);
                kept.resetBuffer();
                kept.getOutputStream().write(worded);
            }
            kept.copyBodyToResponse();
        }

        private static boolean isJson(ContentCachingResponseWrapper answer) {
            String type = String.valueOf(answer.getContentType());
            return type.startsWith("application/json") || type.startsWith("application/hal+json");
        }
    }
}
