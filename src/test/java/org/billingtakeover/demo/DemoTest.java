package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.BackOffice;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.FirmId;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;

/** The product as somebody starts it to try it. */
@Tag("own-product")
class DemoTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final Path folder;
    private final HttpClient browser =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    DemoTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void letTheEnginesClockRunAsTheMachines() {
        ClockUtil.reset();
    }

    @Test
    void itHasClientsAMailboxAndAClockAndTheyAreAllThereAfterARestart() throws Exception {
        String address;
        try (ConfigurableApplicationContext product = start()) {
            address = address(product);
            assertThat(product.getBean(Accounts.class).countOfFirm(new FirmId("F-100"), ""))
                    .isEqualTo(36);
            SimpleMailMessage mail = new SimpleMailMessage();
            mail.setFrom("back-office@example.com");
            mail.setTo("client@example.com");
            mail.setSubject("A first mail");
            mail.setText("Hello");
            product.getBean(JavaMailSender.class).send(mail);
            assertThat(get(address + "/demo/mailbox").body()).contains("A first mail");

            String token = token(get(address + "/demo").body());
            assertThat(post(address + "/demo/clock/day", "_csrf=" + token)).isEqualTo(302);
            assertThat(post(address + "/demo/firms/F-100/card", "_csrf=" + token + "&works=false"))
                    .isEqualTo(302);
            assertThat(post(address + "/demo/firms/F-nobody/card", "_csrf=" + token + "&works=false"))
                    .isEqualTo(400);
            assertThat(get(address + "/demo").body()).contains("up to one day ahead", "Declined");
            assertThat(get(address + "/demo?lang=fr").body()).contains("d’avance", "Refusée");
            assertThat(aheadOfMachine(product)).isEqualTo(Duration.ofDays(1));
        }
        ClockUtil.reset();
        try (ConfigurableApplicationContext product = start()) {
            address = address(product);
            assertThat(get(address + "/demo/mailbox").body()).contains("A first mail");
            assertThat(product.getBean(Accounts.class).countOfFirm(new FirmId("F-100"), ""))
                    .isEqualTo(36);
            assertThat(aheadOfMachine(product)).isEqualTo(Duration.ofDays(1));
        }
    }

    /** By the engine's clock, to the minute. */
    private static Duration aheadOfMachine(ConfigurableApplicationContext product) {
        assertThat(product.isRunning()).isTrue();
        long millis = ClockUtil.getCurrentTime().getTime() - System.currentTimeMillis();
        return Duration.ofMinutes(Math.round(millis / 60_000.0));
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(BackOffice.class)
                .profiles("demo")
                .run("--server.port=0", "--back-office.demo.data-folder=" + folder);
    }

    private static String address(ConfigurableApplicationContext product) {
        return "http://127.0.0.1:" + product.getEnvironment().getProperty("local.server.port");
    }

    private HttpResponse<String> get(String url) throws Exception {
        HttpResponse<String> page = browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", "text/html")
                        .header("Accept-Language", "en")
                        .build(),
                BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        return page;
    }

    private int post(String url, String form) throws Exception {
        HttpResponse<String> answer = browser.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode();
    }

    private static String token(String page) {
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();
        return token.group(1);
    }
}
