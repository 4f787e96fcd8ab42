package org.billingtakeover.notification;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.jspecify.annotations.Nullable;

/** Mails on their way and the record of those that went out. */
public interface Mails {

    /**
     * Keeps the letter in the caller's transaction and publishes {@link MailPosted}; it leaves the house afterwards.
     *
     * @return the mail's id
     */
    UUID post(Letter letter);

    /**
     * Sends a posted mail. A mail that went out already is not sent again.
     *
     * @throws UndeliverableMail if its address is none or is refused for good; the caller's transaction can still commit
     * @throws org.springframework.mail.MailException if the mail server does not take it; asked again, it goes out with the same
     *     Message-ID
     */
    void deliver(UUID mailId);

    /**
     * Corrects the address of a mail that has not gone out.
     *
     * @throws IllegalArgumentException if the address is none, or the mail has gone out; names no address
     */
    void redirect(UUID mailId, String email);

    Optional<SentMail> find(UUID mailId);

    /** What was sent or waits to be, oldest first. */
    List<SentMail> of(Subject about);

    /**
     * @param language the language of the recipient's choice
     * @param frenchFirst whether it gives a French version first, whatever that choice
     * @param subject null while it waits
     * @param sentAt null while it waits
     */
    record SentMail(
            UUID id,
            Subject about,
            MailKind kind,
            Payer party,
            String recipient,
            Language language,
            boolean frenchFirst,
            @Nullable String subject,
            Instant postedAt,
            @Nullable Instant sentAt) {}

    /** A mail was kept and wants delivering. */
    record MailPosted(UUID mailId, Subject about) {}

    /**
     * A mail was handed to the mail server; published in the transaction that says so.
     *
     * @param subject in the language of the mail
     * @param textDigest SHA-256 of the text version in UTF-8, in hexadecimal digits
     */
    record MailSent(UUID mailId, Letter letter, String subject, String textDigest) {}

    /** The address of a waiting mail was corrected. */
    record MailRedirected(UUID mailId, Subject about, String email) {}
}
