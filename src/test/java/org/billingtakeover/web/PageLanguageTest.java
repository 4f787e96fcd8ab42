package org.billingtakeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BackOfficeTest
@DisplayName("A page's language")
class PageLanguageTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    int port;

    @Test
    @DisplayName("is the one chosen, which a cookie keeps")
    void chosen() throws Exception {
        HttpResponse<String> french = get("/sign-in?lang=fr", "", "en");

        assertThat(french.body()).contains("<html lang=\"fr\"", "Ouvrir une session");
        assertThat(choice(french)).singleElement().asString().startsWith("lang=fr; Path=/; Max-Age=31536000;");
        assertThat(get("/sign-in", "lang=fr", "en").body()).contains("<html lang=\"fr\"");
        assertThat(get("/sign-in?lang=en", "lang=fr", "fr").body()).contains("<html lang=\"en\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"zz", "de", "FR", "fr-FR", "fr_FR", "fr-x-zz", "en.US", "zz%20Mars/Base", "", "-", "%22", "%00"})
    @DisplayName("is never another than French or English: such a choice is none")
    void none(String unknown) throws Exception {
        for (String path : List.of("/sign-in?lang=", "/error?lang=", "/answer/nobody?lang=")) {
            HttpResponse<String> page = get(path + unknown, "lang=fr", "en");
            assertThat(page.body()).as(path).contains("<html lang=\"").doesNotContain("??");
            assertThat(choice(page)).as(path).isEmpty();
        }
        if (!unknown.equals("%00")) {
            assertThat(get("/sign-in?lang=" + unknown, "lang=fr", "en").body()).contains("<html lang=\"fr\"");
            assertThat(get("/sign-in?lang=" + unknown, "", "en").body()).contains("<html lang=\"en\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz",
                "de",
                "FR",
                "fr-x-zz",
                "fr Mars/Base",
                "fr/Mars/Base",
                "zz_ZZ",
                "\"",
                "",
                "-",
                "%",
                "\u00e9",
                "en; lang=zz"
            })
    @DisplayName("is the browser's where the cookie names no language of ours, on every page")
    void badCookie(String unknown) throws Exception {
        for (String path : List.of("/sign-in", "/error", "/answer/nobody", "/sign-in?error")) {
            HttpResponse<String> page = get(path, "lang=" + unknown, "fr-CA");
            assertThat(page.statusCode()).as(path).isIn(200, 404);
            assertThat(page.body())
                    .as(path)
                    .contains(unknown.startsWith("en") ? "<html lang=\"" : "<html lang=\"fr\"")
                    .doesNotContain("??");
        }
    }

    private HttpResponse<String> get(String path, String cookie, String browser)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html")
                .header("Accept-Language", browser);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static List<String> choice(HttpResponse<String> page) {
        return page.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("lang="))
                .toList();
    }
}
