package org.billingtakeover.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.notification.mail.SampleLetters.frenchFirst;
import static org.billingtakeover.notification.mail.SampleLetters.letter;
import static org.billingtakeover.notification.mail.SampleLetters.to;
import static org.billingtakeover.notification.mail.SampleLetters.with;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.MailPosted;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.notification.UndeliverableMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcMailsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final URI LINK = URI.create("https://billing.example/answer/s3cret-t0ken");

    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final JavaMailSenderImpl SENDER = new JavaMailSenderImpl();
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final JdbcClient jdbc = CONTEXT.getBean(JdbcClient.class);
    private final Posted posted = CONTEXT.getBean(Posted.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("org.billingtakeover");

    @BeforeAll
    static void start() {
        SERVER.start();
        HikariDataSource dataSource = TestDatabase.fresh();
        dataSource.setAutoCommit(false);
        CONTEXT.registerBean(HikariDataSource.class, () -> dataSource);
        CONTEXT.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        CONTEXT.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        CONTEXT.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
        CONTEXT.registerBean(JavaMailSenderImpl.class, () -> SENDER);
        CONTEXT.registerBean(ConsentLinks.class, () -> request -> LINK);
        CONTEXT.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "back-office.mail.from", "Facturation <no-reply@billing.example>",
                                "back-office.public-url", "https://billing.example")));
        CONTEXT.register(Transactions.class, Posted.class, JdbcMails.class, WriteMail.class, SendMail.class);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
        SERVER.stop();
    }

    @BeforeEach
    void connect() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        SENDER.setHost("127.0.0.1");
        SENDER.setPort(SERVER.getSmtp().getPort());
        log.start();
        ours.setLevel(Level.DEBUG);
        ours.addAppender(log);
    }

    @AfterEach
    void noPersonalDataAndNoLinkWasLogged() {
        ours.detachAppender(log);
        ours.setLevel(null);
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("@") || line.contains("Gagnon") || line.contains("s3cret"));
    }

    @Test
    void mailCarriesTextAndHtmlAndSaysThatAMachineSentIt() throws Exception {
        UUID id = post(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.FR));

        mails.deliver(id);

        MimeMessage mail = onlyMail();
        assertThat(mail.getMessageID()).isEqualTo("<" + id + "@billing.example>");
        assertThat(mail.getHeader("From", ",")).isEqualTo("Facturation <no-reply@billing.example>");
        assertThat(mail.getHeader("To", ",")).isEqualTo("Mireille Gagnon <mireille.gagnon@atelier.example>");
        assertThat(mail.getHeader("Reply-To")).isNull();
        assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
        assertThat(mail.getHeader("Content-Language", ",")).isEqualTo("fr-CA");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(mail.getSubject()).startsWith("À confirmer d’ici le 15 mars 2026");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(part(mail, 0).getContentType()).startsWith("text/plain");
        assertThat(part(mail, 1).getContentType()).startsWith("text/html");
        assertThat(text(mail)).contains("Voir le coût et répondre\u00a0:\r\n" + LINK);
        assertThat((String) part(mail, 1).getContent())
                .contains("href=\"" + LINK + "\"", ">Voir le coût et répondre</a>");
    }

    @Test
    void recordTellsWhatWasSentToWhomInWhichLanguage() throws Exception {
        Letter letter = letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.EN);
        UUID id = post(letter);

        assertThat(mails.find(id))
                .contains(new SentMail(
                        id,
                        SampleLetters.KEY,
                        letter.kind(),
                        Payer.CLIENT,
                        letter.email(),
                        Language.EN,
                        false,
                        null,
                        NOW,
                        null));
        mails.deliver(id);

        SentMail sent = mails.find(id).orElseThrow();
        assertThat(sent.sentAt()).isEqualTo(NOW);
        assertThat(sent.subject()).isEqualTo(onlyMail().getSubject());
        assertThat(mails.of(SampleLetters.KEY)).contains(sent);
        byte[] body = text(onlyMail()).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(jdbc.sql("select body_digest from mail where id = ?")
                        .param(id)
                        .query(byte[].class)
                        .single())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(body));
        assertThat(jdbc.sql("select m::text from mail m where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .doesNotContain("s3cret");
    }

    @Test
    void postingIsPartOfTheCallersTransaction() {
        Letter letter = letter(MailKind.DECLINED, Payer.FIRM, Language.FR);
        UUID undone = inTransaction.execute(transaction -> {
            transaction.setRollbackOnly();
            return mails.post(letter);
        });

        assertThat(mails.find(Objects.requireNonNull(undone))).isEmpty();
        assertThatThrownBy(() -> mails.post(letter)).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void postedMailIsAnnounced() {
        UUID id = post(letter(MailKind.DECLINED, Payer.FIRM, Language.FR));

        assertThat(posted.events).contains(new MailPosted(id, SampleLetters.KEY));
    }

    @Test
    void mailDeliveredTwiceIsSentOnce() {
        UUID id = post(letter(MailKind.SCHEDULED, Payer.FIRM, Language.FR));

        mails.deliver(id);
        mails.deliver(id);

        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void mailDeliveredByTwoAtOnceIsSentOnce() {
        UUID id = post(letter(MailKind.SCHEDULED, Payer.FIRM, Language.FR));

        CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> mails.deliver(id)))
                        .limit(4)
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void mailThatWasSentButNotRecordedGoesOutAgainUnderTheSameId() throws Exception {
        UUID id = post(letter(MailKind.SWITCHED, Payer.FIRM, Language.EN));

        inTransaction.executeWithoutResult(transaction -> {
            mails.deliver(id);
            transaction.setRollbackOnly();
        });
        mails.deliver(id);

        assertThat(SERVER.getReceivedMessages()).hasSize(2);
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            assertThat(mail.getMessageID()).isEqualTo("<" + id + "@billing.example>");
        }
    }

    @Test
    void mailWaitsWhileTheServerIsDown() throws Exception {
        UUID id = post(letter(MailKind.SWITCHED, Payer.FIRM, Language.EN));
        int port = SENDER.getPort();
        SENDER.setPort(1);
        assertThatThrownBy(() -> mails.deliver(id)).isInstanceOf(MailException.class);

        SENDER.setPort(port);
        mails.deliver(id);

        assertThat(onlyMail().getMessageID()).isEqualTo("<" + id + "@billing.example>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1", "553 5.1.3", "501 5.1.3"})
    void recipientRefusedForGoodIsUndeliverableAndTheCallersTransactionGoesOn(String code) throws Exception {
        UUID id = post(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR));
        try (RefusingMailServer server = new RefusingMailServer(code + " <mireille.gagnon@atelier.example> unknown")) {
            SENDER.setPort(server.port());

            inTransaction.executeWithoutResult(transaction -> {
                assertThatThrownBy(() -> mails.deliver(id))
                        .isInstanceOf(UndeliverableMail.class)
                        .satisfies(JdbcMailsTest::namesNobody);
                jdbc.sql("update mail set posted_at = posted_at where id = ?")
                        .param(id)
                        .update();
            });
        }

        SENDER.setPort(SERVER.getSmtp().getPort());
        mails.redirect(id, " m.gagnon@atelier.example ");
        mails.deliver(id);
        assertThat(onlyMail().getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("Mireille Gagnon <m.gagnon@atelier.example>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1", "451 4.3.0", "452 4.2.2", "552 5.2.2", "530 5.7.0"})
    void recipientRefusedForNowIsTriedAgain(String code) throws Exception {
        UUID id = post(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR));
        try (RefusingMailServer server = new RefusingMailServer(code + " <mireille.gagnon@atelier.example> not now")) {
            SENDER.setPort(server.port());

            assertThatThrownBy(() -> mails.deliver(id))
                    .isInstanceOf(MailException.class)
                    .satisfies(JdbcMailsTest::namesNobody);
        }
        assertThat(mails.find(id).orElseThrow().sentAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mireille",
                "a@b.example, c@d.example",
                "M <a@b.example>",
                "a b@c.example",
                "a@b.example\nBcc: c@d.example"
            })
    void whatIsNoAddressIsUndeliverableAndNoCorrection(String address) {
        Letter letter = letter(MailKind.REMINDER, Payer.CLIENT, Language.FR);
        UUID id = post(to(letter, letter.name(), address));

        assertThatThrownBy(() -> mails.deliver(id))
                .isInstanceOf(UndeliverableMail.class)
                .satisfies(JdbcMailsTest::namesNobody);
        assertThatThrownBy(() -> mails.redirect(id, address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
    }

    @Test
    void mailThatWentOutIsNotRedirected() {
        UUID id = post(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR));
        mails.deliver(id);

        assertThatThrownBy(() -> mails.redirect(id, "other@example.ca")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clientInQuebecWhoChoseEnglishGetsFrenchFirstAndTheRecordSaysSo() throws Exception {
        UUID id = post(frenchFirst(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.EN)));

        mails.deliver(id);

        MimeMessage mail = onlyMail();
        assertThat(mail.getHeader("Content-Language", ",")).isEqualTo("fr-CA,en-CA");
        assertThat(mail.getSubject()).containsSubsequence("À confirmer", " / ", "Please confirm");
        assertThat(text(mail)).containsSubsequence("English version follows.", "Bonjour", "* * *", "Hello");
        assertThat(mails.find(id).orElseThrow())
                .returns(Language.EN, SentMail::language)
                .returns(true, SentMail::frenchFirst);
    }

    @Test
    void nameForgesNoHeader() throws Exception {
        String evil = "Evil\r\nBcc: victim@example.ca\r\n\r\nBody";
        UUID id = post(to(
                with(letter(MailKind.DECLINED, Payer.FIRM, Language.EN), Map.of("client", evil, "firm", evil)),
                evil,
                "firm@example.ca"));

        mails.deliver(id);

        MimeMessage mail = onlyMail();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo("Evil Bcc: victim@example.ca Body declined the change of payer");
    }

    @Test
    void everyLetterComesBackFromTheDatabaseAsItWasPosted() throws Exception {
        WriteMail writeMail = CONTEXT.getBean(WriteMail.class);
        for (Letter letter : SampleLetters.all()) {
            SERVER.purgeEmailFromAllMailboxes();

            mails.deliver(post(letter));

            assertThat(text(onlyMail()).replace("\r\n", "\n"))
                    .isEqualTo(writeMail.write(letter).text());
        }
    }

    private UUID post(Letter letter) {
        return Objects.requireNonNull(inTransaction.execute(transaction -> mails.post(letter)));
    }

    private static MimeMessage onlyMail() {
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
        return SERVER.getReceivedMessages()[0];
    }

    private static String text(MimeMessage mail) throws Exception {
        return (String) part(mail, 0).getContent();
    }

    private static BodyPart part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent()).getBodyPart(index);
    }

    private static void namesNobody(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("@", "mireille");
    }

    @Configuration
    @EnableTransactionManagement
    static class Transactions {}

    static class Posted {

        private final List<MailPosted> events = new ArrayList<>();

        @EventListener
        void on(MailPosted event) {
            events.add(event);
        }
    }
}
