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
     * Likewise, and it leaves at that time at the earliest; whatever then waits in this way for the same person leaves as one mail.
     *
     * @return the mail's id
     */
    UUID postForMorning(Letter letter, Instant leavesAt);

    /**
     * Sends a mail that a process of version 1.0.0 delivers. One that went out already is not sent again.
     *
     * @throws UndeliverableMail if a person has to look at it: its address is none or was refused for good, or the mail server was asked
     *     twice and never said whether it has it; the caller's transaction can still commit
     * @throws MailServerDown if the mail server does not take it now
     */
    void deliver(UUID mailId);

    /**
     * Sends a mail that did not reach its recipient to a corrected address. What came back stays on record as it was, and another mail
     * takes its place.
     *
     * @throws IllegalArgumentException if the address is none, or the mail waits for no correction; names no address
     */
    void redirect(UUID mailId, String email);

    Optional<SentMail> find(UUID mailId);

    /** When a mail reached its recipient's server, or the one that took its place did; empty while it has not, or if it came back. */
    Optional<Instant> arrived(UUID mailId);

    /** What was sent or waits to be, oldest first. */
    List<SentMail> of(Subject about);

    /**
     * @param language the language of the recipient's choice
     * @param frenchFirst whether it gives a French version first, whatever that choice
     * @param subject null while it waits
     * @param sentAt null as long as the mail server has not acknowledged it
     * @param bouncedAt when the report came that it could not be delivered after all; null if none has
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
            @Nullable Instant sentAt,
            @Nullable Instant bouncedAt,
            MailState state) {}

    /** A mail was kept and wants delivering. */
    record MailPosted(UUID mailId, Subject about) {}

    /** A mail did not reach its recipient, or nobody knows whether it did: a person has to look at it. */
    record MailStuck(UUID mailId, Subject about) {}

    /**
     * The mail server has a mail. Published once, soon after the acknowledgement was kept in a transaction of its own: what fails in
     * telling of it never sends the mail again.
     *
     * @param subject in the language of the mail
     * @param textDigest SHA-256 of the text version in UTF-8, in hexadecimal digits
     */
    record MailSent(UUID mailId, Letter letter, String subject, String textDigest) {}

    /** The address of a mail that did not reach its recipient was corrected. */
    record MailRedirected(UUID mailId, Subject about, String email) {}
}
