package org.billingtakeover;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser of their own, who follows no redirect by themselves. */
public final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern SEEN = Pattern.compile("name=\"seen\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(cookies).build();
    private final String origin;
    private String csrf = "";
    private String seen = "";

    public Visitor(int port) {
        this.origin = "http://localhost:" + port;
    }

    public Visitor signedInAs(String user, String password) {
        get("/sign-in");
        post("/sign-in", Map.of("username", user, "password", password));
        return this;
    }

    public HttpResponse<String> get(String path) {
        HttpResponse<String> page = send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Accept", "text/html,application/json")
                .header("Accept-Language", "en"));
        Matcher token = CSRF.matcher(page.body());
        if (token.find()) {
            csrf = token.group(1);
        }
        Matcher shown = SEEN.matcher(page.body());
        if (shown.find()) {
            seen = shown.group(1);
        }
        return page;
    }

    /** A file, as it comes. */
    public byte[] download(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)), BodyHandlers.ofByteArray())
                .body();
    }

    /** How many bytes a page has, however many; they are not kept. */
    public long lengthOf(String path) {
        try {
            HttpResponse<InputStream> page =
                    http.send(HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.ofInputStream());
            if (page.statusCode() != 200) {
                throw new IllegalStateException(path + " answers " + page.statusCode());
            }
            try (InputStream body = page.body()) {
                return body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a form of the page that was got last, ours or the engine's, with what that page says was seen of a case. */
    public HttpResponse<String> post(String path, Map<String, String> form) {
        String fields = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html,application/json")
                .header("Accept-Language", "en")
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
                .POST(BodyPublishers.ofString(
                        fields + "&_csrf=" + csrf + (form.containsKey("seen") ? "" : "&seen=" + seen))));
    }

    /** Sends a form with a file. */
    public HttpResponse<String> upload(String path, Map<String, String> form, String fileName, byte[] file) {
        String end = "end-of-part";
        StringBuilder fields = new StringBuilder();
        form.forEach((name, value) -> fields.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(end, name, value)));
        fields.append("--%s\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n".formatted(end, csrf));
        fields.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                .formatted(end, fileName));
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "multipart/form-data; boundary=" + end)
                .header("Accept-Language", "en")
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(fields.toString()),
                        BodyPublishers.ofByteArray(file),
                        BodyPublishers.ofString("\r\n--" + end + "--\r\n"))));
    }

    /** Sends JSON as the engine's web applications do. */
    public HttpResponse<String> postJson(String path, String json) {
        return sendJson("POST", path, json);
    }

    /** Sends JSON as another site would make the visitor's browser do. */
    public HttpResponse<String> postForged(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/json")
                .header("X-XSRF-TOKEN", "forged")
                .POST(BodyPublishers.ofString(json)));
    }

    /** Sends JSON as the engine's web applications do, by any method. */
    public HttpResponse<String> sendJson(String method, String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/hal+json, application/json; q=0.5")
                .header("Accept-Language", "en")
                .header("X-XSRF-TOKEN", cookie("XSRF-TOKEN"))
                .method(method, BodyPublishers.ofString(json)));
    }

    /** The value of a cookie that the visitor holds; empty if there is none. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
