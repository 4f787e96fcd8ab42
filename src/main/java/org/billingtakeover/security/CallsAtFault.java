package org.billingtakeover.security;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.BackOffice;
import org.billingtakeover.takeover.Refusal;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.ProcessEnginePersistenceException;
import org.camunda.bpm.engine.impl.pvm.runtime.operation.PvmAtomicOperation;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.glassfish.jersey.server.ServerProperties;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Answers the calls of the engine's API that fail by the caller's fault: with our sentence alone where a rule of ours refuses, and
 * without a stack trace in the log, which anybody signed in could fill otherwise.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class CallsAtFault {

    private static final Logger LOG = LoggerFactory.getLogger(CallsAtFault.class);

    private static final String OURS = BackOffice.class.getPackageName() + ".";
    private static final String ENGINE = ProcessEngine.class.getPackageName() + ".";
    private static final String FLOW = PvmAtomicOperation.class.getPackageName() + ".";

    /** What the engine stumbles over where a call lacks something or says it in another form. */
    private static final List<Class<? extends RuntimeException>> STUMBLES = List.of(
            NullPointerException.class,
            IndexOutOfBoundsException.class,
            ClassCastException.class,
            IllegalArgumentException.class);

    /** After the engine has brought its servlets. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> answersToCallsAtFault() {
        String answers = Stream.of(OfAnyKind.class, OfTheEngine.class, OfItsApi.class)
                .map(Class::getName)
                .collect(Collectors.joining(","));
        return server -> server.addInitializers(context -> context.getServletRegistrations().values().stream()
                .filter(servlet -> ServletContainer.class.getName().equals(servlet.getClassName()))
                .forEach(servlet -> servlet.setInitParameter(ServerProperties.PROVIDER_CLASSNAMES, answers)));
    }

    private static Response answer(Throwable thrown) {
        ExceptionHandlerHelper engine = ExceptionHandlerHelper.getInstance();
        Throwable cause = causeOf(thrown);
        if (cause instanceof Refusal refusal) {
            return answer(engine.getStatus(thrown), ExceptionDto.fromException(wordsFor(refusal, thrown)));
        }
        if (isStumble(cause)) {
            logLine(cause);
            return engine.getResponse(new InvalidRequestException(
                    Status.BAD_REQUEST, "This call lacks something, or says it in a form that is not known."));
        }
        if (isRefusal(cause) && engine.getStatus(thrown) == Status.INTERNAL_SERVER_ERROR) {
            logLine(cause);
            return answer(Status.INTERNAL_SERVER_ERROR, engine.fromException(thrown));
        }
        return engine.getResponse(thrown);
    }

    private static Response answer(Status status, ExceptionDto content) {
        return Response.status(status)
                .entity(content)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Without the message, which repeats what was sent. */
    private static void logLine(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        LOG.info("Refused a call: {} at {}", cause.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
    }

    private static Throwable causeOf(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : causeOf(cause);
    }

    private static Throwable wordsFor(Refusal refusal, Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause == null || cause == refusal ? thrown : wordsFor(refusal, cause);
    }

    private static boolean isStumble(Throwable cause) {
        boolean stumbles = STUMBLES.stream().anyMatch(stumble -> stumble.isInstance(cause))
                || cause instanceof SQLException answer && ofTheValues(answer.getSQLState());
        return stumbles && !isOurs(cause);
    }

    /** Too long, out of range, or missing where the engine writes its question with them. */
    private static boolean ofTheValues(@Nullable String state) {
        return state != null && (state.startsWith("22") || state.equals("42601"));
    }

    private static boolean isRefusal(Throwable cause) {
        boolean refuses = cause instanceof RestException
                || cause instanceof ProcessEngineException && !(cause instanceof ProcessEnginePersistenceException);
        return refuses && !isOurs(cause);
    }

    /** Where our own code fails, or a case on its way through the diagrams, the trace is wanted. */
    private static boolean isOurs(Throwable cause) {
        List<String> trace = Arrays.stream(cause.getStackTrace())
                .map(StackTraceElement::getClassName)
                .filter(name -> name.startsWith(OURS) || name.startsWith(ENGINE))
                .toList();
        // Java leaves the trace out where the same has happened often.
        return !trace.isEmpty()
                && (trace.get(0).startsWith(OURS) || trace.stream().anyMatch(name -> name.startsWith(FLOW)));
    }

    /** Ours come before the engine's of the same kind. */
    @Priority(Priorities.AUTHENTICATION)
    public static final class OfAnyKind implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            return answer(thrown);
        }
    }

    /** See {@link OfAnyKind}. */
    @Priority(Priorities.AUTHENTICATION)
    public static final class OfTheEngine implements ExceptionMapper<ProcessEngineException> {
        @Override
        public Response toResponse(ProcessEngineException thrown) {
            return answer(thrown);
        }
    }

    /** See {@link OfAnyKind}. */
    @Priority(Priorities.AUTHENTICATION)
    public static final class OfItsApi implements ExceptionMapper<RestException> {
        @Override
        public Response toResponse(RestException thrown) {
            return answer(thrown);
        }
    }
}
