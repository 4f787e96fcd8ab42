package org.billingtakeover.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.account.Language;
import org.billingtakeover.account.Payer;
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
     * @throws org.springframework.mail.MailException if the mail server does not take it; asked again, it goes out with the same
     *     Message-ID
     */
    void deliver(UUID mailId);

    /** What was sent or waits to be, oldest first. */
    List<SentMail> ofTakeover(String takeoverKey);

    /** @param sentAt null while it waits */
    record SentMail(
            UUID id,
            MailKind kind,
            Payer party,
            String recipient,
            Language language,
            @Nullable String subject,
            Instant postedAt,
            @Nullable Instant sentAt) {}

    /** A mail was kept and wants delivering. */
    record MailPosted(UUID mailId, String takeoverKey) {}
}
