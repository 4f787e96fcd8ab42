package org.billingtakeover.notification.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.notification.UndeliverableMail;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailParseException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/** Hands one mail to the mail server. What it throws names no address: the mail server's own words do, so they are left out. */
@Component
class SendMail {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();
    private static final int MAILBOX_FULL = 552;
    private static final int NOT_SIGNED_IN = 530;

    private final JavaMailSender server;
    private final InternetAddress from;
    private final String domain;

    /** @param from the address that mails come from, with or without a name */
    SendMail(JavaMailSender server, @Value("${back-office.mail.from}") String from) {
        this.server = server;
        try {
            this.from = new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("back-office.mail.from is not a mail address", e);
        }
        this.domain = this.from.getAddress().replaceFirst(".*@", "");
    }

    /** The same id makes the same Message-ID, by which a mail that was sent twice after all is shown once. */
    void send(UUID id, String name, String email, WrittenMail mail, Instant at) {
        InternetAddress recipient;
        try {
            recipient = address(email);
        } catch (AddressException e) {
            throw new UndeliverableMail("The recipient's address is no mail address.");
        }
        MimeMessage message = message(id, name, recipient, mail, at);
        try {
            server.send(message);
        } catch (MailSendException e) {
            throw withoutAddress(e);
        }
    }

    /** @throws AddressException if it is not exactly one address, without a name */
    static InternetAddress address(String email) throws AddressException {
        InternetAddress address = new InternetAddress(email, true);
        address.validate();
        if (!email.equals(address.getAddress())) {
            throw new AddressException("More than an address");
        }
        return address;
    }

    private MimeMessage message(UUID id, String name, InternetAddress recipient, WrittenMail mail, Instant at) {
        MimeMessage message = server.createMimeMessage();
        try {
            recipient.setPersonal(WriteMail.printable(name), UTF_8);
            message.setHeader("Message-ID", "<" + id + "@" + domain + ">");
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setContentLanguage(mail.languages().stream()
                    .map(language -> language.locale().toLanguageTag())
                    .toArray(String[]::new));
            message.setFrom(from);
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setSentDate(Date.from(at));
            message.setSubject(mail.subject(), UTF_8);
            message.setContent(new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
            return message;
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new MailParseException(e);
        }
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        return part;
    }

    private static RuntimeException withoutAddress(MailSendException failure) {
        for (Exception each : failure.getMessageExceptions()) {
            for (Exception e = each; e != null; e = next(e)) {
                if (e instanceof MailConnectException) {
                    return failure;
                }
                if (e instanceof SMTPAddressFailedException refused && isForGood(refused.getReturnCode())) {
                    return new UndeliverableMail("The mail server refused the recipient: " + refused.getReturnCode());
                }
            }
        }
        return new MailSendException(Stream.of(failure.getMessageExceptions())
                .map(SendMail::inShort)
                .collect(Collectors.joining(", ", "The mail server did not take the mail: ", "")));
    }

    /** A full mailbox empties, and a server that wants us to sign in first says nothing about the recipient. */
    private static boolean isForGood(int code) {
        return code / 100 == 5 && code != MAILBOX_FULL && code != NOT_SIGNED_IN;
    }

    private static @Nullable Exception next(Exception e) {
        return e instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    private static String inShort(Exception e) {
        String name = e.getClass().getSimpleName();
        return e instanceof SMTPSendFailedException refused ? name + " " + refused.getReturnCode() : name;
    }
}
