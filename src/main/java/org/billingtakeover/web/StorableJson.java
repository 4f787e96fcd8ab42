package org.billingtakeover.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * As {@link StorableInput}, for what the engine's web applications send: the engine would answer with a failure of its own, and log
 * it at length, also for JSON that is nested too deeply for its reader.
 */
@Configuration(proxyBeanMethods = false)
class StorableJson implements Filter {

    /** Bytes. The engine's web applications send lists of some thousand ids at most. */
    private static final int LONGEST = 1 << 20;

    /** With the same limits as the engine's. */
    private final JsonFactory json = new JsonFactory();

    /** After Spring Security's filters, so that nothing of strangers is read. */
    @Bean
    FilterRegistrationBean<Filter> storableJsonOfTheEngine() {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(this);
        filter.addUrlPatterns("/camunda/api/*");
        filter.setOrder(200);
        return filter;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        HttpServletResponse response = (HttpServletResponse) answer;
        if (String.valueOf(request.getQueryString()).contains("%00")) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        } else if (isFormOrFile(request.getContentType())) {
            chain.doFilter(request, response);
        } else {
            byte[] body = request.getInputStream().readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            } else if (!isStorable(body)) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            } else {
                chain.doFilter(new Read(request, body), response);
            }
        }
    }

    private static boolean isFormOrFile(@Nullable String type) {
        String lower = String.valueOf(type).toLowerCase(Locale.ROOT);
        return lower.startsWith("multipart/") || lower.startsWith("application/x-www-form-urlencoded");
    }

    private boolean isStorable(byte[] body) throws IOException {
        try (JsonParser parser = json.createParser(body)) {
            JsonToken token = parser.nextToken();
            while (token != null) {
                if (token.isNumeric()) {
                    // Its length is looked at no sooner.
                    parser.getNumberValue();
                } else if (parser.getText().indexOf('\0') >= 0) {
                    return false;
                }
                token = parser.nextToken();
            }
            return true;
        } catch (StreamConstraintsException e) {
            return false;
        } catch (JacksonException e) {
            // No JSON: the engine says so briefly.
            return true;
        }
    }

    /** The request, from its beginning again. */
    private static final class Read extends HttpServletRequestWrapper {

        private final ByteArrayInputStream body;

        Read(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {

                @Override
                public int read() {
                    return body.read();
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    return body.read(into, offset, length);
                }

                @Override
                public boolean isFinished() {
                    return body.available() == 0;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("Everything was read already.");
                }
            };
        }
    }
}
