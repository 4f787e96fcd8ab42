package org.billingtakeover.notification.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMultipart;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.MailParseException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** Makes mails of what was written, and the connections on which they leave. */
@Component
class MailServer {

    static {
        // Named, or Jakarta Mail looks through every jar for it at each mail.
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final JavaMailSenderImpl server;
    private final InternetAddress from;
    private final String returnAddress;
    private final String domain;
    private final Pattern messageId;

    /**
     * @param from the address that mails come from, with or without a name
     * @param returnAddress where reports go that a mail could not be delivered; empty for the address that mails come from
     */
    MailServer(
            JavaMailSenderImpl server,
            @Value("${back-office.mail.from}") String from,
            @Value("${back-office.mail.return-address:}") String returnAddress) {
        this.server = server;
        this.from = setting("back-office.mail.from", from);
        this.returnAddress = returnAddress.isBlank()
                ? this.from.getAddress()
                : setting("back-office.mail.return-address", returnAddress).getAddress();
        this.domain = this.from.getAddress().replaceFirst(".*@", "");
        this.messageId = Pattern.compile(
                "<(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})@" + Pattern.quote(domain) + ">",
                Pattern.CASE_INSENSITIVE);
    }

    private static InternetAddress setting(String name, String value) {
        try {
            return new InternetAddress(value, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException(name + " is not a mail address", e);
        }
    }

    Connection connection() {
        return new Connection(server);
    }

    /** The same id makes the same Message-ID, by which a mail that was sent twice after all is shown once. */
    SMTPMessage message(UUID id, Letter letter, InternetAddress recipient, WrittenMail mail, Instant at) {
        try {
            recipient.setPersonal(WriteMail.printable(letter.name()), UTF_8);
            SMTPMessage message = new OurMessage(server.getSession(), "<" + id + "@" + domain + ">");
            message.setEnvelopeFrom(returnAddress);
            message.setHeader("Auto-Submitted", "auto-generated");
            message.setContentLanguage(mail.languages().stream()
                    .map(language -> language.locale().toLanguageTag())
                    .toArray(String[]::new));
            message.setFrom(sender(letter));
            InternetAddress replies = replyTo(letter);
            if (replies != null) {
                message.setReplyTo(new InternetAddress[] {replies});
            }
            message.setRecipient(Message.RecipientType.TO, recipient);
            message.setSentDate(Date.from(at));
            message.setSubject(mail.subject(), UTF_8);
            message.setContent(new MimeMultipart("alternative", part(mail.text(), "plain"), part(mail.html(), "html")));
            message.saveChanges();
            return message;
        } catch (MessagingException | UnsupportedEncodingException e) {
            throw new MailParseException(e);
        }
    }

    /** Which mail of ours a Message-ID is of. */
    Optional<UUID> mailOf(String header) {
        Matcher ours = messageId.matcher(header);
        return ours.find() ? Optional.of(UUID.fromString(ours.group(1))) : Optional.empty();
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

    /** A client knows its firm, not us: the mail comes from our address, and by name from the firm. */
    private InternetAddress sender(Letter letter) throws UnsupportedEncodingException {
        String firm = WriteMail.printable(String.valueOf(letter.facts().getOrDefault("firm", "")));
        return letter.party() == Payer.CLIENT && !firm.isBlank()
                ? new InternetAddress(from.getAddress(), firm, UTF_8)
                : from;
    }

    /** A client answers its firm, which it knows. A firm's address that is none is left out. */
    private static @Nullable InternetAddress replyTo(Letter letter) throws UnsupportedEncodingException {
        if (letter.party() != Payer.CLIENT) {
            return null;
        }
        try {
            InternetAddress firm = address(String.valueOf(letter.facts().get("firmEmail")));
            firm.setPersonal(WriteMail.printable(String.valueOf(letter.facts().get("firm"))), UTF_8);
            return firm;
        } catch (AddressException e) {
            return null;
        }
    }

    private static MimeBodyPart part(String content, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(content, UTF_8, subtype);
        return part;
    }

    /** Jakarta Mail would make up a Message-ID of its own. */
    private static final class OurMessage extends SMTPMessage {

        private final String messageId;

        OurMessage(Session session, String messageId) {
            super(session);
            this.messageId = messageId;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", messageId);
        }
    }
}
