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
import jakarta.mail.BodyPart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
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
import org.billingtakeover.TestMailServer;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.MailPosted;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.notification.Outbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
class JdbcMailsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final URI LINK = URI.create("https://billing.example/answer/s3cret-t0ken");

    private static final java.util.logging.Logger LIBRARIES = java.util.logging.Logger.getLogger("org.billingtakeover");
    private static final GreenMail SERVER = new TestMailServer();
    private static final JavaMailSenderImpl SENDER = new JavaMailSenderImpl();
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final Outbox outbox = CONTEXT.getBean(Outbox.class);
    private final JdbcClient jdbc = CONTEXT.getBean(JdbcClient.class);
    private final Posted posted = CONTEXT.getBean(Posted.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger ours = (Logger) LoggerFactory.getLogger("org.billingtakeover");

    @BeforeAll
    static void start() {
        // As in the product, this is the log of what libraries tell as well.
        if (!SLF4JBridgeHandler.isInstalled()) {
            SLF4JBridgeHandler.install();
        }
        LIBRARIES.setLevel(java.util.logging.Level.ALL);
        SERVER.start();
        MailsAlone.register(CONTEXT, Clock.fixed(NOW, ZoneOffset.UTC), SENDER, request -> LINK);
        CONTEXT.register(Posted.class);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
        SERVER.stop();
        LIBRARIES.setLevel(null);
    }

    @BeforeEach
    void connect() throws Exception {
        inTransaction.executeWithoutResult(
                transaction -> jdbc.sql("delete from mail").update());
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

        outbox.drain();

        MimeMessage mail = onlyMail();
        assertThat(mail.getMessageID()).isEqualTo("<" + id + "@billing.example>");
        assertThat(mail.getHeader("From", ",")).isEqualTo("Tremblay CPA <no-reply@billing.example>");
        assertThat(mail.getHeader("To", ",")).isEqualTo("Mireille Gagnon <mireille.gagnon@atelier.example>");
        assertThat(mail.getHeader("Reply-To", ",")).isEqualTo("Tremblay CPA <facturation@tremblay.example>");
        assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
        assertThat(mail.getHeader("Content-Language", ",")).isEqualTo("fr-CA");
        assertThat(mail.getSentDate()).isEqualTo(Date.from(NOW));
        assertThat(mail.getSubject()).startsWith("Atelier Boréal – À confirmer d’ici le 15 mars 2026");
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
                        null,
                        null,
                        MailState.WAITING));
        outbox.drain();

        SentMail sent = mails.find(id).orElseThrow();
        assertThat(sent.sentAt()).isEqualTo(NOW);
        assertThat(sent.state()).isEqualTo(MailState.SENT);
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
    void letterToAClientComesByNameFromItsFirmAndFromNoAddressButOurs() throws Exception {
        String forged = "Bélanger, \"CPA\" <boss@bank.example>\r\nBcc: everybody@bank.example";
        post(with(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR), Map.of("firm", forged)));

        outbox.drain();

        MimeMessage mail = onlyMail();
        assertThat(mail.getFrom())
                .singleElement()
                .isInstanceOfSatisfying(
                        InternetAddress.class,
                        from -> assertThat(from)
                                .returns("no-reply@billing.example", InternetAddress::getAddress)
                                .returns(WriteMail.printable(forged), InternetAddress::getPersonal));
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getHeader("From", ",")).isASCII();
    }

    @Test
    void letterToAFirmComesFromTheProduct() throws Exception {
        post(letter(MailKind.DECLINED, Payer.FIRM, Language.FR));

        outbox.drain();

        assertThat(onlyMail().getHeader("From", ",")).isEqualTo("Facturation <no-reply@billing.example>");
    }

    @Test
    void letterToAFirmIsAnsweredToNobodyElse() throws Exception {
        post(letter(MailKind.DECLINED, Payer.FIRM, Language.FR));

        outbox.drain();

        assertThat(onlyMail().getHeader("Reply-To")).isNull();
    }

    @Test
    void firmWithoutAnAddressGetsNoReplies() throws Exception {
        post(with(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR), Map.of("firmEmail", "no address")));

        outbox.drain();

        assertThat(onlyMail().getHeader("Reply-To")).isNull();
    }

    @Test
    void letterAboutAClientWithoutACaseIsKeptUnderTheClient() throws Exception {
        UUID client = UUID.randomUUID();
        inTransaction.executeWithoutResult(transaction -> {
            jdbc.sql("""
                            insert into firm values ('F-1', 'Tremblay CPA', 'a@b.example', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD',
                                true, true, 1)
                            """).update();
            jdbc.sql("""
                            insert into client (id, firm_id, company_id, listed_id, name, admin_name, admin_email, language, country, province,
                                time_zone, currency, integration_status)
                            values (?, 'F-1', '1', '1', 'Atelier', 'M', 'm@b.example', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', 'ACTIVE')
                            """).param(client).update();
        });
        Letter letter = letter(MailKind.INTEGRATION_STOPPED, Payer.CLIENT, Language.FR);
        ClientKey about = new ClientKey(client);
        UUID id = post(new Letter(
                letter.kind(),
                about,
                letter.party(),
                letter.name(),
                letter.email(),
                letter.language(),
                false,
                letter.facts(),
                null));

        outbox.drain();

        assertThat(mails.of(about)).extracting(SentMail::id).containsExactly(id);
        assertThat(mails.find(id).orElseThrow().about()).isEqualTo(about);
        assertThat(jdbc.sql("select takeover_key is null and client_id = ? from mail where id = ?")
                        .params(client, id)
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(SERVER.getReceivedMessages()).hasSize(1);
    }

    @Test
    void mailThatWentOutIsNotRedirected() {
        UUID id = post(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR));
        outbox.drain();

        assertThatThrownBy(() -> mails.redirect(id, "other@example.ca")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void clientInQuebecWhoChoseEnglishGetsFrenchFirstAndTheRecordSaysSo() throws Exception {
        UUID id = post(frenchFirst(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.EN)));

        outbox.drain();

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
        post(to(
                with(letter(MailKind.DECLINED, Payer.FIRM, Language.EN), Map.of("client", evil, "firm", evil)),
                evil,
                "firm@example.ca"));

        outbox.drain();

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

            post(letter);
            outbox.drain();

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

    static class Posted {

        private final List<MailPosted> events = new ArrayList<>();

        @EventListener
        void on(MailPosted event) {
            events.add(event);
        }
    }
}
