package org.billingtakeover.nodes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What stands before several nodes: each request goes to the next one that says that it is ready. */
final class Proxy implements AutoCloseable {

    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private int turn;

    Proxy() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    void add(Node node) {
        nodes.add(node);
    }

    void remove(Node node) {
        nodes.remove(node);
    }

    private synchronized Node next() throws InterruptedException {
        for (int tried = 0; tried < nodes.size(); tried++) {
            Node node = nodes.get(Math.floorMod(turn++, nodes.size()));
            if (node.isReady()) {
                return node;
            }
        }
        throw new IllegalStateException("No node is ready.");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI target = URI.create("http://localhost:" + next().port + exchange.getRequestURI());
            byte[] body = exchange.getRequestBody().readAllBytes();
            HttpRequest.Builder request = HttpRequest.newBuilder(target)
                    .method(
                            exchange.getRequestMethod(),
                            body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders()
                    .forEach((name, values) -> values.stream()
                            .filter(value -> !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                            .forEach(value -> request.header(name, value)));
            HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
            answer.headers()
                    .map()
                    .forEach((name, values) -> values.stream()
                            .filter(value -> !OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)))
                            .forEach(value -> exchange.getResponseHeaders().add(name, value)));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
