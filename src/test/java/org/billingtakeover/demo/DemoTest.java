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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.BackOffice;
import org.billingtakeover.DataFolder;
import org.billingtakeover.ServerEndsWithJvm;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionTemplate;

/** The product as somebody starts it to try it. */
@Tag("own-product")
class DemoTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern MAIL = Pattern.compile("href=\"(/demo/mailbox/\\d+)");

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
        // Nothing else is prepared: the server is unpacked, as by anybody's first start.
        ServerEndsWithJvm.watch(folder.resolve("postgres"));
        String address;
        try (ConfigurableApplicationContext product = start()) {
            address = address(product);
            assertThat(product.getBean(Accounts.class).countOfFirm(new FirmId("F-100"), ""))
                    .isEqualTo(37);
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
                    .isEqualTo(37);
            assertThat(aheadOfMachine(product)).isEqualTo(Duration.ofDays(1));
        }
    }

    @Test
    @DisplayName("S109 a mail that is let bounce at the mailbox makes a task, and its case says so")
    void bounce() throws Exception {
        DataFolder.prepared(folder);
        try (ConfigurableApplicationContext product = start()) {
            String address = address(product);
            String key = caseOfTheFirstClient(product);
            String mail = address + mailAbout(key, address);
            String token = token(get(mail).body());

            assertThat(post(mail + "/bounce", "_csrf=" + token)).isEqualTo(302);

            assertThat(get(mail).body()).contains("The report has come back").doesNotContain("Let it bounce");
            assertThat(product.getBean(TaskService.class)
                            .createTaskQuery()
                            .processInstanceBusinessKey(key)
                            .taskDefinitionKey("UserTask_ResolveUndeliverableMail")
                            .count())
                    .isEqualTo(1);
            assertThat(product.getBean(CaseEvents.class).of(new TakeoverKey(key)))
                    .extracting(CaseEvents.CaseEvent::what)
                    .contains("MAIL_UNDELIVERABLE");
        }
    }

    @Test
    @DisplayName(
            "the billing platform is as far away as the desk has it, after a restart too, and is heard whenever the clock is moved")
    void farAway() throws Exception {
        DataFolder.prepared(folder);
        // Nobody but the desk asks the platform.
        String alone = "--back-office.bookings.enabled=false";
        TakeoverKey key;
        try (ConfigurableApplicationContext product = start(alone)) {
            String address = address(product);
            Account client = aClient(product);
            key = opened(product, client);
            wantsABooking(product, client, key);
            String token = token(get(address + "/demo").body());

            assertThat(post(address + "/demo/platform/down", "_csrf=" + token + "&isDown=true"))
                    .isEqualTo(302);
            post(address + "/demo/clock/day", "_csrf=" + token);

            assertThat(get(address + "/demo").body()).contains("Nobody answers").doesNotContain("Cut the line");
            assertThat(progress(product, key)).isEqualTo(Progress.WAITING);
        }
        ClockUtil.reset();
        try (ConfigurableApplicationContext product = start(alone)) {
            String address = address(product);
            String page = get(address + "/demo").body();
            assertThat(page).contains("Nobody answers", "At once", "Arrives");
            String token = token(page);

            post(address + "/demo/platform/down", "_csrf=" + token + "&isDown=false");
            assertThat(post(address + "/demo/platform/slow", "_csrf=" + token + "&isSlow=true"))
                    .isEqualTo(302);
            assertThat(post(address + "/demo/platform/next-answer", "_csrf=" + token + "&isLost=true"))
                    .isEqualTo(302);
            assertThat(get(address + "/demo").body())
                    .contains("After 3 seconds", "Gets lost")
                    .doesNotContain("Nobody answers");
            assertThat(get(address + "/demo?lang=fr").body()).contains("Après 3 secondes", "Se perdra", "Établie");
            get(address + "/demo?lang=en");
            post(address + "/demo/platform/slow", "_csrf=" + token + "&isSlow=false");

            post(address + "/demo/clock/next", "_csrf=" + token);
            assertThat(progress(product, key)).isEqualTo(Progress.WAITING);
            assertThat(get(address + "/demo").body()).contains("Arrives").doesNotContain("Gets lost");

            post(address + "/demo/clock/day", "_csrf=" + token);
            assertThat(progress(product, key)).isEqualTo(Progress.BOOKED);
        }
    }

    private static void wantsABooking(ConfigurableApplicationContext product, Account account, TakeoverKey key) {
        LocalDate date =
                LocalDate.ofInstant(Instant.now(), account.client().timeZone()).plusYears(1);
        Booking.Wish wish = new Booking.Wish(
                "FIRM_TAKES_TIME",
                PlatformName.LEDGER,
                account.client().companyId(),
                account.time().product(),
                account.firm().id(),
                Payer.FIRM,
                date,
                account.client().timeZone(),
                product.getBean(BillingPlatform.class)
                        .cutOff(date, account.client().timeZone()));
        product.getBean(TransactionTemplate.class)
                .executeWithoutResult(running -> product.getBean(Bookings.class).want(key, wish, Instant.now()));
    }

    private static Progress progress(ConfigurableApplicationContext product, TakeoverKey key) {
        return product.getBean(Bookings.class).wantedBy(key).orElseThrow().progress();
    }

    /** With a mail to its firm that leaves by itself. */
    private static String caseOfTheFirstClient(ConfigurableApplicationContext product) {
        TakeoverKey key = opened(product, aClient(product));
        product.getBean(Withdraw.class).byFirm(key, "alice");
        return key.text();
    }

    private static TakeoverKey opened(ConfigurableApplicationContext product, Account client) {
        return ((OpenTakeover.Opened)
                        product.getBean(OpenTakeover.class).open(client.client().id(), "alice"))
                .key();
    }

    private static Account aClient(ConfigurableApplicationContext product) {
        // On a firm's own bill date nothing can be opened; never is it both firms'.
        return Stream.of("F-100", "F-200")
                .flatMap(firm -> product.getBean(Accounts.class).ofFirm(new FirmId(firm), "", 0, 100).stream())
                .filter(each -> product.getBean(CheckEligibility.class)
                        .reasonsAgainst(each)
                        .isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** Where a mail about this case is shown, once there is one; by day, the demo invites its firms too. */
    private String mailAbout(String key, String address) throws Exception {
        for (int i = 0; i < 1200; i++) {
            Matcher mail = MAIL.matcher(get(address + "/demo/mailbox").body());
            while (mail.find()) {
                if (get(address + mail.group(1)).body().contains(key)) {
                    return mail.group(1);
                }
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("No mail arrives");
    }

    /** By the engine's clock, to the minute. */
    private static Duration aheadOfMachine(ConfigurableApplicationContext product) {
        assertThat(product.isRunning()).isTrue();
        long millis = ClockUtil.getCurrentTime().toInstant().toEpochMilli() - System.currentTimeMillis();
        return Duration.ofMinutes(Math.round(millis / 60_000.0));
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> all = new ArrayList<>(List.of("--server.port=0", "--back-office.demo.data-folder=" + folder));
        all.addAll(List.of(settings));
        return new SpringApplicationBuilder(BackOffice.class).profiles("demo").run(all.toArray(String[]::new));
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
