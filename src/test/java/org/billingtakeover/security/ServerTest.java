package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

@Tag("slow")
@DisplayName("The web server")
class ServerTest {

    private static final String FORGED = "X-Forwarded-For: 198.51.100.1";

    @Test
    @DisplayName("believes nobody's word on where a client is, unless a setting names who may say so, one address each")
    void believedProxies() throws IOException {
        assertThat(seenBy(List.of(), FORGED)).isEqualTo("127.0.0.1 http");
        assertThat(seenBy(List.of("10.0.0.7"), FORGED)).isEqualTo("127.0.0.1 http");
        assertThat(seenBy(List.of("10.0.0.7", " 127.0.0.1"), FORGED + "\r\nX-Forwarded-Proto: https"))
                .isEqualTo("198.51.100.1 https");
        // A client in the proxy's own network says to be somebody else; the proxy adds where it is.
        assertThat(seenBy(List.of("127.0.0.1"), FORGED + ", 10.0.0.9")).isEqualTo("10.0.0.9 http");
        // Two proxies, one behind the other.
        assertThat(seenBy(List.of("127.0.0.1", "10.0.0.9"), FORGED + ", 10.0.0.9"))
                .isEqualTo("198.51.100.1 http");
        for (String no : List.of("10.0.0.0/8", "proxy.example", "10.0.0.999", "*")) {
            assertThatThrownBy(() -> BelievedProxies.believe(List.of(no), new TomcatServletWebServerFactory(0)))
                    .as(no)
                    .hasMessageContaining("BACK_OFFICE_PROXIES must be addresses");
        }
    }

    @Test
    @DisplayName("lets nobody hold a thread who sends a byte now and then, whether the request is read or not")
    void slowSenders() throws IOException {
        for (String path : List.of("/read", "/unread")) {
            AtomicLong clock = new AtomicLong();
            TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
            factory.addEngineValves(new SlowSenders(Duration.ofSeconds(30), clock::get));
            WebServer server = start(factory, clock);
            try (Socket socket = new Socket("localhost", server.getPort())) {
                socket.setSoTimeout(20_000);
                OutputStream out = socket.getOutputStream();
                out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                boolean open = true;
                for (int sent = 0; open && sent < 1000; sent++) {
                    clock.addAndGet(Duration.ofSeconds(1).toNanos());
                    open = sends(socket);
                }
                assertThat(open).as(path).isFalse();
            } finally {
                server.stop();
            }
        }
    }

    @Test
    @DisplayName("waits for whoever sends much at a usual pace")
    void usualPace() throws IOException {
        AtomicLong clock = new AtomicLong();
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.addEngineValves(new SlowSenders(Duration.ofSeconds(30), clock::get));
        WebServer server = start(factory, clock);
        try (Socket socket = new Socket("localhost", server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("POST /read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4000000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[4_000_000]);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .endsWith("4000000");
        } finally {
            server.stop();
        }
    }

    /** One byte more; false if the server has closed the connection. */
    private static boolean sends(Socket socket) throws IOException {
        try {
            socket.getOutputStream().write('x');
            socket.setSoTimeout(20);
            InputStream in = socket.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                assertThat(read).isNotNegative();
            }
            return false;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    private static String seenBy(List<String> believed, String header) throws IOException {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        BelievedProxies.believe(believed, factory);
        WebServer server = start(factory, new AtomicLong());
        try (Socket socket = new Socket("127.0.0.1", server.getPort())) {
            socket.getOutputStream()
                    .write(("GET /seen HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        } finally {
            server.stop();
        }
    }

    private static WebServer start(TomcatServletWebServerFactory factory, AtomicLong clock) {
        WebServer server = factory.getWebServer(
                context -> context.addServlet("all", new All(clock)).addMapping("/*"));
        server.start();
        return server;
    }

    private static final class All extends HttpServlet {

        private static final long serialVersionUID = 1;

        /** What is read, arrives at 40 kB a second. */
        private static final long NANOSECONDS_OF_A_BYTE = 25_000;

        private final transient AtomicLong clock;

        All(AtomicLong clock) {
            this.clock = clock;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            byte[] answer = (request.getRequestURI().equals("/read")
                            ? String.valueOf(read(request.getInputStream()))
                            : request.getRemoteAddr() + " " + request.getScheme())
                    .getBytes(StandardCharsets.US_ASCII);
            response.setContentLength(answer.length);
            response.getOutputStream().write(answer);
        }

        private long read(InputStream in) throws IOException {
            long bytes = 0;
            byte[] some = new byte[8_000];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                bytes += read;
                clock.addAndGet(read * NANOSECONDS_OF_A_BYTE);
            }
            return bytes;
        }
    }
}
