package org.billingtakeover.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A request has a deadline to arrive, which grows with what has arrived: the server's own counts from byte to byte, so that a byte now and
 * then would hold a thread for good. Also what nobody reads has to arrive, since the answer to it is shown no sooner.
 */
final class SlowSenders extends ValveBase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Bytes a second, on average. */
    private static final long SLOWEST = 20_000;

    /** Bytes of a request that are waited for so that its answer is shown. */
    private static final long LARGEST_REST = 1L << 30;

    private final Duration patience;
    private final LongSupplier nanoseconds;

    SlowSenders(Duration patience, LongSupplier nanoseconds) {
        super(true);
        this.patience = patience;
        this.nanoseconds = nanoseconds;
    }

    /** Puts it before everything else. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class InServer {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> slowSenders() {
            return server -> server.addEngineValves(new SlowSenders(PATIENCE, System::nanoTime));
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        org.apache.coyote.Request received = request.getCoyoteRequest();
        InputBuffer input = received.getInputBuffer();
        Timed timed = new Timed(input, received);
        received.setInputBuffer(timed);
        try {
            getNext().invoke(request, response);
            if (!request.isAsync()) {
                response.finishResponse();
                timed.readTheRest();
            }
        } finally {
            received.setInputBuffer(input);
        }
    }

    private final class Timed implements InputBuffer, ApplicationBufferHandler {

        private final InputBuffer input;
        private final org.apache.coyote.Request received;
        private final long begin = nanoseconds.getAsLong();
        private long bytes;
        private @Nullable ByteBuffer rest;

        Timed(InputBuffer input, org.apache.coyote.Request received) {
            this.input = input;
            this.received = received;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            Duration allowed = patience.plusMillis(1000 * bytes / SLOWEST);
            if (nanoseconds.getAsLong() - begin > allowed.toNanos()) {
                received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
                throw new SocketTimeoutException("The request arrives too slowly.");
            }
            int read = input.doRead(handler);
            bytes += Math.max(0, read);
            return read;
        }

        @Override
        public int available() {
            return input.available();
        }

        void readTheRest() {
            try {
                while (doRead(this) >= 0) {
                    if (bytes > LARGEST_REST) {
                        throw new IOException("The request is too large.");
                    }
                }
            } catch (IOException e) {
                received.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
            }
        }

        @Override
        public void setByteBuffer(ByteBuffer buffer) {
            rest = buffer;
        }

        @Override
        public @Nullable ByteBuffer getByteBuffer() {
            return rest;
        }

        @Override
        public void expand(int size) {
            // Nothing of the rest is kept.
        }
    }
}
