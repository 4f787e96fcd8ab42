package org.billingtakeover.security;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.StaffMember;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets through to the engine's API what a line of {@code engine-calls.md} allows, and answers the rest with a sentence. What is refused
 * is refused before its content is read, and of the rest no more is read than the line allows.
 */
final class OpenEngineCalls extends OncePerRequestFilter {

    private static final String API = "/camunda/api/";
    private static final int KILOBYTE = 1024;

    private static final Pattern JSON_TYPE =
            Pattern.compile("application/json(?:\\s*;\\s*charset=\"?utf-8\"?)?", Pattern.CASE_INSENSITIVE);

    /** With the same limits as the engine's, and each field once, so that both read the same. */
    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final List<EngineCall> open;
    private final MessageSource messages;

    OpenEngineCalls(String engine, MessageSource messages) {
        this.open = EngineCall.all(engine);
        this.messages = messages;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith(API.substring(0, API.length() - 1));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StaffMember who = (StaffMember)
                Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication())
                        .getPrincipal();
        try {
            chain.doFilter(checked(request, who), response);
        } catch (Refused refused) {
            response.setStatus(refused.status.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            json.writeValue(response.getOutputStream(), ExceptionDto.fromException(refused));
        }
    }

    private HttpServletRequest checked(HttpServletRequest request, StaffMember who) throws IOException, Refused {
        String path = request.getRequestURI();
        List<EngineCall> lines = !path.startsWith(API)
                ? List.of()
                : open.stream()
                        .filter(line -> line.isFor(who, request.getMethod(), path.substring(API.length())))
                        .toList();
        if (lines.isEmpty()) {
            throw refused(HttpStatus.FORBIDDEN, "closed");
        }
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            throw refused(HttpStatus.BAD_REQUEST, "unreadable");
        }
        List<EngineCall> ofParameters = lines.stream()
                .filter(line -> line.foreignParameter(who, query).isEmpty())
                .toList();
        if (ofParameters.isEmpty()) {
            throw refused(
                    HttpStatus.FORBIDDEN,
                    "parameter",
                    lines.get(0).foreignParameter(who, query).orElse(""));
        }
        byte[] body = body(request, ofParameters);
        if (body.length == 0) {
            return new Read(request, body);
        }
        JsonNode content = content(request, body);
        List<Optional<String>> foreign = ofParameters.stream()
                .map(line -> line.foreignField(who, content))
                .toList();
        if (foreign.stream().allMatch(Optional::isPresent)) {
            throw refused(HttpStatus.FORBIDDEN, "field", foreign.get(0).orElse(""));
        }
        return new Read(request, body);
    }

    private byte[] body(HttpServletRequest request, List<EngineCall> lines) throws IOException, Refused {
        int kilobytes = lines.stream().mapToInt(EngineCall::kilobytes).max().orElse(0);
        byte[] body = request.getContentLengthLong() > (long) kilobytes * KILOBYTE
                ? null
                : request.getInputStream().readNBytes(kilobytes * KILOBYTE + 1);
        if (body == null || body.length > kilobytes * KILOBYTE) {
            throw refused(HttpStatus.PAYLOAD_TOO_LARGE, "tooLong", kilobytes);
        }
        return body;
    }

    private JsonNode content(HttpServletRequest request, byte[] body) throws IOException, Refused {
        if (!JSON_TYPE.matcher(String.valueOf(request.getContentType())).matches()) {
            throw refused(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unreadable");
        }
        try (JsonParser parser = json.createParser(body)) {
            JsonNode content = json.readTree(parser);
            if (content == null || !isStorable(content)) {
                throw refused(HttpStatus.BAD_REQUEST, "unreadable");
            }
            return content;
        } catch (JacksonException e) {
            throw refused(HttpStatus.BAD_REQUEST, "unreadable");
        }
    }

    /** The one character that the database cannot keep. */
    private static boolean isStorable(JsonNode content) {
        if (content.isObject()) {
            return content.properties().stream()
                    .allMatch(each -> each.getKey().indexOf('\0') < 0 && isStorable(each.getValue()));
        }
        for (JsonNode each : content) {
            if (!isStorable(each)) {
                return false;
            }
        }
        return !content.isTextual() || content.textValue().indexOf('\0') < 0;
    }

    private Refused refused(HttpStatus status, String reason, Object... arguments) {
        return new Refused(
                status,
                messages.getMessage(
                        "engineCall." + reason,
                        arguments,
                        Language.of(LocaleContextHolder.getLocale()).locale()));
    }

    /** Why a call was not let through, in words for the caller. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final HttpStatus status;

        Refused(HttpStatus status, String sentence) {
            super(sentence, null, false, false);
            this.status = status;
        }
    }

    /** The request with what was read of it, from its beginning again. */
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
