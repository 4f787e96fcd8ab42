package org.billingtakeover.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.notification.mail.SampleLetters.letter;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.MailStuck;
import org.billingtakeover.notification.Outbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From a report in a real mailbox, read by IMAP, to the mail that has come back. */
@Tag("slow")
@DisplayName("The mailbox of the return address")
class BounceMailboxTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final GreenMail SERVER = new GreenMail(new ServerSetup[] {
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
        new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
    });
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final Outbox outbox = CONTEXT.getBean(Outbox.class);
    private final Stuck stuck = CONTEXT.getBean(Stuck.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));

    /** Each test has a node that has just started. */
    private final BounceMailbox mailbox = mailbox();

    private UUID sent;

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.setUser("returns@billing.example", "returns", "secret");
        MailsAlone.register(
                CONTEXT,
                Clock.fixed(NOW, ZoneOffset.UTC),
                MailsAlone.sender(SERVER),
                request -> URI.create("https://billing.example/answer/abc"));
        MailsAlone.comeBack(CONTEXT);
        CONTEXT.register(Stuck.class);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
        SERVER.stop();
    }

    @BeforeEach
    void aMailWasSent() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        stuck.events.clear();
        sent = Objects.requireNonNull(
                inTransaction.execute(status -> mails.post(letter(MailKind.REMINDER, Payer.CLIENT, Language.FR))));
        outbox.drain();
    }

    @Test
    @DisplayName("S109 a report of a failure makes the mail one that came back, once, however often it is told")
    void cameBack() throws Exception {
        arrives(report(sent).text());
        arrives(report(sent).text());

        mailbox.look();
        mailbox.look();
        mailbox().look();

        assertThat(mails.find(sent).orElseThrow())
                .returns(MailState.BOUNCED, Mails.SentMail::state)
                .returns(NOW, Mails.SentMail::bouncedAt)
                .returns(NOW, Mails.SentMail::sentAt);
        assertThat(stuck.events).containsExactly(new MailStuck(sent, SampleLetters.KEY));
        assertThat(read()).containsExactly(true, true);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            text/rfc822-headers     , `Message-ID: <${id}@billing.example>`
            message/rfc822          , `Received: by x\r\nMESSAGE-ID:\r\n <${id}@BILLING.EXAMPLE>\r\nSubject: x\r\n\r\nBonjour`
            message/global-headers  , `Message-Id: <${id}@billing.example> (kept)`
            """)
    @DisplayName("S109 recognises its mail in what other servers return of it")
    void returnedAs(String type, String returned) throws Exception {
        arrives(report(sent)
                .returning(type, returned.replace("${id}", sent.toString()))
                .text());

        mailbox.look();

        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.BOUNCED);
    }

    @Test
    @DisplayName("S109 recognises its mail by the envelope where nothing of it is returned")
    void byEnvelope() throws Exception {
        arrives(report(sent).returningNothing().text());

        mailbox.look();

        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.BOUNCED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delayed", "delivered", "relayed", "expanded", "", "failed-not"})
    @DisplayName("Takes no other report than that of a failure for one")
    void otherActions(String action) throws Exception {
        arrives(report(sent)
                .action(action.equals("failed-not") ? "unfailed" : action)
                .text());

        mailbox.look();

        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.SENT);
        assertThat(read()).containsExactly(false);
    }

    @Test
    @DisplayName("Leaves what is no report on a mail of ours as it was, for people")
    void notOurs() throws Exception {
        arrives(report(UUID.randomUUID()).text());
        arrives(report(sent).text().replace("billing.example", "elsewhere.example"));
        arrives(
                "From: a@b.example\r\nTo: returns@billing.example\r\nSubject: <%s@billing.example>\r\n\r\nAction: failed"
                        .formatted(sent));
        arrives("From: a@b.example\r\nContent-Type: multipart/report; boundary=x\r\n\r\nno parts");
        arrives("From: a@b.example\r\nContent-Type: multipart/report\r\n\r\n--x\r\nContent-Type: ;;\r\n\r\n--x--");
        arrives(report(sent).text().replace("multipart/report", "multipart/mixed"));

        mailbox.look();

        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.SENT);
        assertThat(stuck.events).isEmpty();
        assertThat(read()).hasSize(6).containsOnly(false);
    }

    @Test
    @DisplayName("Goes on with what arrives after it was last read, and after the server let nobody in")
    void goesOn() throws Exception {
        mailbox.look();
        arrives("From: a@b.example\r\nSubject: Vacation\r\n\r\nI am away.");
        mailbox.look();
        arrives(report(sent).text());
        SERVER.setUser("returns@billing.example", "returns", "another secret");
        mailbox.look();
        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.SENT);
        SERVER.setUser("returns@billing.example", "returns", "secret");

        mailbox.look();

        assertThat(mails.find(sent).orElseThrow().state()).isEqualTo(MailState.BOUNCED);
    }

    private static BounceMailbox mailbox() {
        return new BounceMailbox(
                new BounceSettings("127.0.0.1", SERVER.getImap().getPort(), "returns", "secret", "INBOX", false),
                CONTEXT.getBean(TakeBounces.class));
    }

    private static void arrives(String mail) throws Exception {
        MimeMessage message = new MimeMessage(
                GreenMailUtil.getSession(SERVER.getSmtp().getServerSetup()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
        SERVER.getUserManager().getUser("returns").deliver(message);
    }

    /** Which mails in the mailbox are marked as read. */
    private static List<Boolean> read() throws Exception {
        List<Boolean> read = new ArrayList<>();
        try (Store store = SERVER.getImap().createStore()) {
            store.connect("returns", "secret");
            try (Folder folder = store.getFolder("INBOX")) {
                folder.open(Folder.READ_ONLY);
                for (Message mail : folder.getMessages()) {
                    read.add(mail.isSet(Flags.Flag.SEEN));
                }
            }
        }
        return read;
    }

    private static Report report(UUID mail) {
        return new Report(
                mail, "failed", "text/rfc822-headers", "Message-ID: <" + mail + "@billing.example>\r\nSubject: x");
    }

    /** As Postfix writes it. */
    private record Report(UUID mail, String action, String type, String returned) {

        Report action(String other) {
            return new Report(mail, other, type, returned);
        }

        Report returning(String otherType, String other) {
            return new Report(mail, action, otherType, other);
        }

        Report returningNothing() {
            return new Report(mail, action, "text/plain", "Nothing");
        }

        String text() {
            return String.join(
                    "\r\n",
                    "Return-Path: <>",
                    "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
                    "To: returns@billing.example",
                    "Subject: Undelivered Mail Returned to Sender",
                    "MIME-Version: 1.0",
                    "Content-Type: multipart/report; report-type=delivery-status;",
                    "\tboundary=\"B/mx.example\"",
                    "",
                    "This is a MIME-encapsulated message.",
                    "",
                    "--B/mx.example",
                    "Content-Type: text/plain; charset=us-ascii",
                    "",
                    "I'm sorry to have to inform you that your message could not be delivered.",
                    "",
                    "--B/mx.example",
                    "Content-Description: Delivery report",
                    "Content-Type: message/delivery-status",
                    "",
                    "Reporting-MTA: dns; mx.example",
                    "Original-Envelope-Id: " + mail + "@billing.example",
                    "Arrival-Date: Mon,  2 Mar 2026 15:00:00 +0000",
                    "",
                    "Final-Recipient: rfc822; mireille.gagnon@atelier.example",
                    "Action: " + action,
                    "Status: 5.1.1",
                    "Diagnostic-Code: smtp; 550 5.1.1 unknown",
                    "    user",
                    "",
                    "--B/mx.example",
                    "Content-Type: " + type,
                    "",
                    returned,
                    "",
                    "--B/mx.example--",
                    "");
        }
    }

    static class Stuck {

        private final List<MailStuck> events = new ArrayList<>();

        @EventListener
        void on(MailStuck event) {
            events.add(event);
        }
    }
}
