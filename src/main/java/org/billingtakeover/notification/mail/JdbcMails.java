package org.billingtakeover.notification.mail;

import jakarta.mail.internet.AddressException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.LateRows;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcMails implements Mails {

    private final JdbcClient jdbc;
    private final LateRows rows;
    private final Dispatcher dispatcher;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    JdbcMails(
            JdbcClient jdbc,
            JdbcOperations operations,
            Dispatcher dispatcher,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = new LateRows(operations, """
                        insert into mail (id, takeover_key, client_id, firm_id, kind, party, name, email, language, french_first, facts,
                            consent_request, posted_at, due_at, for_morning, state)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, 'WAITING')
                        """);
        this.dispatcher = dispatcher;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID post(Letter letter) {
        return keep(letter, clock.instant(), false);
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public UUID postForMorning(Letter letter, Instant leavesAt) {
        return keep(letter, leavesAt, true);
    }

    private UUID keep(Letter letter, Instant leavesAt, boolean forMorning) {
        UUID id = UUID.randomUUID();
        rows.add(
                id,
                StoredLetter.caseIn(letter.about()),
                StoredLetter.clientIn(letter.about()),
                StoredLetter.firmIn(letter.about()),
                letter.kind().name(),
                letter.party().name(),
                letter.name(),
                letter.email(),
                letter.language().name(),
                letter.frenchFirst(),
                Facts.write(letter.facts()),
                letter.consentRequest(),
                Timestamp.from(clock.instant()),
                Timestamp.from(leavesAt),
                forMorning);
        publisher.publishEvent(new MailPosted(id, letter.about()));
        return id;
    }

    // Its own transactions, and none of them open while the mail server is talked to.
    @Override
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void deliver(UUID mailId) {
        dispatcher.deliverForProcess(mailId);
    }

    @Override
    @Transactional
    public void redirect(UUID mailId, String email) {
        String corrected = email.strip();
        try {
            MailServer.address(corrected);
        } catch (AddressException e) {
            throw new IllegalArgumentException("Not a mail address");
        }
        SentMail mail = find(mailId).orElseThrow(() -> new IllegalArgumentException("No such mail"));
        UUID leaving = again(mail, corrected);
        publisher.publishEvent(new MailRedirected(leaving, mail.about(), corrected));
        publisher.publishEvent(new MailPosted(leaving, mail.about()));
    }

    /** @return the mail that leaves, with what left with the one that did not arrive */
    private UUID again(SentMail mail, String email) {
        if (mail.state() == MailState.BOUNCED) {
            // Another Message-ID: by the old one, its recipient's servers know what they have sent back.
            UUID leaving = UUID.randomUUID();
            jdbc.sql("""
                            insert into mail (id, takeover_key, client_id, firm_id, kind, party, name, email, language, french_first, facts,
                                consent_request, posted_at, state, due_at, follows, for_morning, sent_with)
                            select case id when :id then :leaving else gen_random_uuid() end, takeover_key, client_id, firm_id, kind, party,
                                name, :email, language, french_first, facts, consent_request, :now, 'WAITING', :now, id, for_morning,
                                case id when :id then null else :leaving end
                            from mail where id = :id or sent_with = :id
                            order by sent_with nulls first, number
                            """)
                    .param("email", email)
                    .param("leaving", leaving)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("id", mail.id())
                    .update();
            return leaving;
        }
        int waiting = jdbc.sql("""
                        update mail set email = :email, failures = 0, repeated = repeated and email = :email, asked_at = null,
                            state = case state when 'BY_PROCESS' then state else 'WAITING' end,
                            due_at = case state when 'BY_PROCESS' then null else :now::timestamptz end
                        where (id = :id or sent_with = :id) and sent_at is null and state not in ('WAITING', 'SENT')
                        """)
                .param("email", email)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", mail.id())
                .update();
        if (waiting == 0) {
            throw new IllegalArgumentException("The mail waits for no correction");
        }
        return mail.id();
    }

    @Override
    public Optional<SentMail> find(UUID mailId) {
        rows.send();
        return jdbc.sql("select * from mail where id = ?")
                .param(mailId)
                .query((row, number) -> sentMail(row))
                .optional();
    }

    @Override
    public Optional<Instant> arrived(UUID mailId) {
        rows.send();
        return jdbc.sql("""
                        with recursive it as (
                            select id, state, sent_at from mail where id = ?
                            union
                            select next.id, next.state, next.sent_at from mail next join it on next.follows = it.id)
                        select min(sent_at) from it where sent_at is not null and state in ('SENT', 'BY_PROCESS')
                        """)
                .param(mailId)
                .query((row, number) -> Optional.ofNullable(instant(row.getTimestamp(1))))
                .single();
    }

    @Override
    public List<SentMail> of(Subject about) {
        rows.send();
        return jdbc.sql("""
                        select * from mail where takeover_key = :case or client_id = :client or firm_id = :firm
                        order by posted_at, number
                        """)
                .param("case", StoredLetter.caseIn(about))
                .param("client", StoredLetter.clientIn(about), Types.OTHER)
                .param("firm", StoredLetter.firmIn(about))
                .query((row, number) -> sentMail(row))
                .list();
    }

    private static SentMail sentMail(ResultSet row) throws SQLException {
        return new SentMail(
                row.getObject("id", UUID.class),
                StoredLetter.about(row),
                MailKind.valueOf(row.getString("kind")),
                Payer.valueOf(row.getString("party")),
                row.getString("email"),
                Language.valueOf(row.getString("language")),
                row.getBoolean("french_first"),
                row.getString("subject"),
                row.getTimestamp("posted_at").toInstant(),
                instant(row.getTimestamp("sent_at")),
                instant(row.getTimestamp("bounced_at")),
                MailState.valueOf(row.getString("state")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
