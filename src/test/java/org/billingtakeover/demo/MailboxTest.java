package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.billingtakeover.demo.Mailbox.Envelope;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

@Tag("slow")
class MailboxTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);

    private final Path folder;

    MailboxTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aMailIsShownAsItsRecipientSeesItWithLinksThatOpenInTheWholeWindow() throws Exception {
        try (Mailbox mailbox = start()) {
            send(mailbox, "Émilie Côté <emilie.cote@example.ca>", "Votre réponse, s’il vous plaît");

            Envelope mail = mailbox.mails("").get(0);
            assertThat(mail.to()).isEqualTo("Émilie Côté <emilie.cote@example.ca>");
            assertThat(mail.subject()).isEqualTo("Votre réponse, s’il vous plaît");
            assertThat(mail.receivedAt()).isEqualTo(NOW.instant());
            assertThat(mailbox.text(mail.number())).contains("Bonjour à vous");
            assertThat(mailbox.html(mail.number()))
                    .contains(
                            "<html><head><base target=\"_top\"><title>T</title></head><body>Bonjour à vous</body></html>");
        }
    }

    @Test
    void mailsAreListedNewestFirstAndFoundByRecipientOrSubject() throws Exception {
        try (Mailbox mailbox = start()) {
            send(mailbox, "one@example.com", "First");
            send(mailbox, "two@example.com", "Second");

            assertThat(mailbox.mails("")).extracting(Envelope::subject).containsExactly("Second", "First");
            assertThat(mailbox.mails("ONE@")).extracting(Envelope::subject).containsExactly("First");
            assertThat(mailbox.mails("nobody")).isEmpty();
        }
    }

    @Test
    void mailsAreStillThereAfterARestart() throws Exception {
        try (Mailbox mailbox = start()) {
            send(mailbox, "one@example.com", "Kept");
        }
        try (Mailbox mailbox = start()) {
            assertThat(mailbox.mails("")).extracting(Envelope::subject).containsExactly("Kept");
        }
    }

    @Test
    void onlyTheNewestMailsAreKept() throws Exception {
        try (Mailbox mailbox = start()) {
            JavaMailSenderImpl sender = new Demo().toMailbox(mailbox);
            MimeMessage[] mails = new MimeMessage[Mailbox.MOST_KEPT + 1];
            for (int i = 0; i < mails.length; i++) {
                mails[i] = mail(sender, "one@example.com", "Mail " + i);
            }
            sender.send(mails);
            assertThat(mailbox.mails("")).hasSize(Mailbox.MOST_KEPT);
            assertThat(mailbox.mails("")).extracting(Envelope::subject).doesNotContain("Mail 0");
            assertThat(folder.resolve("mails").toFile().list()).hasSize(Mailbox.MOST_KEPT);
        }
    }

    private Mailbox start() throws Exception {
        return new Mailbox(new DemoSettings(folder), NOW);
    }

    private static void send(Mailbox mailbox, String to, String subject) throws Exception {
        JavaMailSenderImpl sender = new Demo().toMailbox(mailbox);
        sender.send(mail(sender, to, subject));
    }

    private static MimeMessage mail(JavaMailSenderImpl sender, String to, String subject) throws Exception {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper mail = new MimeMessageHelper(message, true, "UTF-8");
        mail.setFrom("back-office@example.com");
        mail.setTo(to);
        mail.setSubject(subject);
        mail.setText("Bonjour à vous", "<html><head><title>T</title></head><body>Bonjour à vous</body></html>");
        return message;
    }
}
