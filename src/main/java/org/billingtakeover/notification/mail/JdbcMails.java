package org.billingtakeover.notification.mail;

import jakarta.mail.internet.AddressException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.UndeliverableMail;
import org.billingtakeover.trail.Sha256;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcMails implements Mails {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcMails.class);

    private final JdbcClient jdbc;
    private final WriteMail writeMail;
    private final SendMail sendMail;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    JdbcMails(
            JdbcClient jdbc, WriteMail writeMail, SendMail sendMail, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.writeMail = writeMail;
        this.sendMail = sendMail;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID post(Letter letter) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into mail (id, takeover_key, kind, party, name, email, language, french_first, facts, consent_request,
                            posted_at)
                        values (:id, :key, :kind, :party, :name, :email, :language, :frenchFirst, :facts::jsonb, :request, :at)
                        """)
                .param("id", id)
                .param("key", letter.about().text())
                .param("kind", letter.kind().name())
                .param("party", letter.party().name())
                .param("name", letter.name())
                .param("email", letter.email())
                .param("language", letter.language().name())
                .param("frenchFirst", letter.frenchFirst())
                .param("facts", Facts.write(letter.facts()))
                .param("request", letter.consentRequest())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        publisher.publishEvent(new MailPosted(id, letter.about()));
        return id;
    }

    // The caller turns an address refused for good into a task, in this same transaction.
    @Override
    @Transactional(noRollbackFor = UndeliverableMail.class)
    public void deliver(UUID mailId) {
        Optional<Letter> waiting = jdbc.sql("select * from mail where id = ? and sent_at is null for update")
                .param(mailId)
                .query((row, number) -> letter(row))
                .optional();
        if (waiting.isEmpty()) {
            return;
        }
        Letter letter = waiting.get();
        Instant now = clock.instant();
        WrittenMail mail = writeMail.write(letter);
        sendMail.send(mailId, letter.name(), letter.email(), mail, now);
        byte[] digest = Sha256.of(mail.text());
        jdbc.sql("update mail set subject = ?, body_digest = ?, sent_at = ? where id = ?")
                .params(mail.subject(), digest, Timestamp.from(now), mailId)
                .update();
        publisher.publishEvent(
                new MailSent(mailId, letter, mail.subject(), HexFormat.of().formatHex(digest)));
        LOG.info("Sent mail {}: {} to {} of {}", mailId, letter.kind(), letter.party(), letter.about());
    }

    @Override
    @Transactional
    public void redirect(UUID mailId, String email) {
        String corrected = email.strip();
        try {
            SendMail.address(corrected);
        } catch (AddressException e) {
            throw new IllegalArgumentException("Not a mail address");
        }
        Subject about = jdbc.sql("update mail set email = ? where id = ? and sent_at is null returning takeover_key")
                .params(corrected, mailId)
                .query(String.class)
                .optional()
                .map(Subject::of)
                .orElseThrow(() -> new IllegalArgumentException("No such mail waits"));
        publisher.publishEvent(new MailRedirected(mailId, about, corrected));
    }

    @Override
    public Optional<SentMail> find(UUID mailId) {
        return jdbc.sql("select * from mail where id = ?")
                .param(mailId)
                .query((row, number) -> sentMail(row))
                .optional();
    }

    @Override
    public List<SentMail> of(Subject about) {
        return jdbc.sql("select * from mail where takeover_key = ? order by posted_at, id")
                .param(about.text())
                .query((row, number) -> sentMail(row))
                .list();
    }

    private static Letter letter(ResultSet row) throws SQLException {
        return new Letter(
                MailKind.valueOf(row.getString("kind")),
                Subject.of(row.getString("takeover_key")),
                Payer.valueOf(row.getString("party")),
                row.getString("name"),
                row.getString("email"),
                Language.valueOf(row.getString("language")),
                row.getBoolean("french_first"),
                Facts.read(row.getString("facts")),
                row.getObject("consent_request", UUID.class));
    }

    private static SentMail sentMail(ResultSet row) throws SQLException {
        return new SentMail(
                row.getObject("id", UUID.class),
                Subject.of(row.getString("takeover_key")),
                MailKind.valueOf(row.getString("kind")),
                Payer.valueOf(row.getString("party")),
                row.getString("email"),
                Language.valueOf(row.getString("language")),
                row.getBoolean("french_first"),
                row.getString("subject"),
                row.getTimestamp("posted_at").toInstant(),
                instant(row.getTimestamp("sent_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
