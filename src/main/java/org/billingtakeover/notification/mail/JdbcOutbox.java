package org.billingtakeover.notification.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Outbox.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code mail} as an outbox. Each step is a short transaction of its own, so that no row is locked and no transaction open
 * while the mail server is talked to.
 */
@Repository
class JdbcOutbox {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcOutbox.class);

    /** A mail is in hand for longer than any talk about it can take (the settings {@code spring.mail.properties} bound each answer). */
    static final Duration IN_HAND = Duration.ofMinutes(15);

    /** A server that has just said nothing may still be at work on the mail. */
    static final Duration BEFORE_REPEAT = Duration.ofMinutes(10);

    private static final String FREE = "(claimed_until is null or claimed_until < clock_timestamp())";

    /** Asked twice, and nobody knows what became of it. */
    private static final String LOST = "(asked_at is not null and repeated)";

    private static final String LET_GO = "claim = null, claimed_until = null";

    /** A mail, and what leaves with it. */
    private static final String IT_ALL = "(id = :id or sent_with = :id)";

    private static final int MOST_IN_ONE = 200;

    private final JdbcClient jdbc;
    private final TransactionTemplate alone;

    JdbcOutbox(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Mails that one node has in hand, in the order in which they leave. */
    record Batch(UUID claim, Deque<UUID> mails) {}

    /**
     * A mail that the mail server is about to be asked to take.
     *
     * @param repeated whether it was asked before, and nobody knows what became of that
     * @param failures how often the server has said "later"
     * @param letter empty if what is stored of it cannot be read
     * @param more what leaves with it in one mail, in the order in which it was posted
     */
    record Asked(UUID id, UUID claim, boolean repeated, int failures, Optional<Letter> letter, List<Letter> more) {

        /** @throws java.util.NoSuchElementException if what is stored of the mail itself cannot be read */
        List<Letter> all() {
            return Stream.concat(Stream.of(letter.orElseThrow()), more.stream()).toList();
        }
    }

    /**
     * A mail that the mail server has said that it has.
     *
     * @param textDigest SHA-256 of what it says as text
     */
    record Taken(UUID id, String subject, byte[] textDigest, Instant at) {}

    /** Takes mails in hand that are due, and have been since {@code dueUntil}. */
    Batch claim(int most, Instant dueUntil) {
        UUID claim = UUID.randomUUID();
        List<UUID> mails = inTransaction(() -> jdbc.sql("""
                        with free as (
                            select id from mail
                            where state = 'WAITING' and sent_with is null and due_at <= :until and %s and not %s
                            order by due_at, number limit :most
                            for update skip locked),
                        taken as (
                            update mail set claim = :claim, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
                            from free where mail.id = free.id
                            returning mail.id, mail.due_at, mail.number)
                        select id from taken order by due_at, number
                        """.formatted(FREE, LOST))
                .param("until", Timestamp.from(dueUntil))
                .param("most", most)
                .param("claim", claim)
                .param("seconds", IN_HAND.toSeconds())
                .query(UUID.class)
                .list());
        return new Batch(claim, new ArrayDeque<>(mails));
    }

    /** Takes one mail in hand that a process delivers; empty if it went out, or somebody else has it in hand. */
    Optional<Batch> claimOfProcess(UUID mail) {
        UUID claim = UUID.randomUUID();
        return inTransaction(() -> jdbc.sql("""
                        update mail set claim = :claim, claimed_until = clock_timestamp() + make_interval(secs => :seconds)
                        where id = :id and state = 'BY_PROCESS' and sent_at is null and %s and not %s
                        returning id
                        """.formatted(FREE, LOST))
                .param("claim", claim)
                .param("seconds", IN_HAND.toSeconds())
                .param("id", mail)
                .query(UUID.class)
                .optional()
                .map(id -> new Batch(claim, new ArrayDeque<>(List.of(id)))));
    }

    /**
     * Notes that the server is asked from now on, and with that what it has said to the mail before; empty if another node has taken the
     * mail in hand since, or it leaves with another.
     */
    Optional<Asked> ask(UUID mail, UUID claim, Optional<Taken> before) {
        return inTransaction(() -> {
            before.ifPresent(this::note);
            return ask(mail, claim);
        });
    }

    private Optional<Asked> ask(UUID mail, UUID claim) {
        return jdbc.sql("""
                            update mail set repeated = repeated or asked_at is not null, asked_at = clock_timestamp(),
                                claimed_until = clock_timestamp() + make_interval(secs => :seconds)
                            where id = :id and claim = :claim and sent_with is null
                            returning *
                            """)
                .param("seconds", IN_HAND.toSeconds())
                .param("id", mail)
                .param("claim", claim)
                .query((row, number) -> new Asked(
                        mail,
                        claim,
                        row.getBoolean("repeated"),
                        row.getInt("failures"),
                        letter(row),
                        row.getBoolean("for_morning") ? with(mail, claim, row.getBoolean("repeated")) : List.of()))
                .optional();
    }

    /** What else waits for the same person's morning leaves with a mail that the server was never asked to take; a repeat has to stay what it was. */
    private List<Letter> with(UUID mail, UUID claim, boolean repeated) {
        if (!repeated) {
            take(mail, claim);
        }
        return jdbc
                .sql("select * from mail where sent_with = ? order by posted_at, number")
                .param(mail)
                .query((row, number) -> letter(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private void take(UUID mail, UUID claim) {
        jdbc.sql("""
                        update mail set sent_with = :id, claim = null, claimed_until = null
                        where id in (
                            select other.id from mail other join mail it on it.id = :id
                            where other.for_morning and other.state = 'WAITING' and other.sent_with is null and other.id <> it.id
                              and other.asked_at is null and not other.repeated
                              and other.email = it.email and other.party = it.party and other.language = it.language
                              and other.french_first = it.french_first and other.due_at <= it.due_at
                              and (other.claim is null or other.claim = :claim or other.claimed_until < clock_timestamp())
                            order by other.number limit :most
                            for update of other skip locked)
                        """)
                .param("id", mail)
                .param("claim", claim)
                .param("most", MOST_IN_ONE)
                .update();
    }

    private static Optional<Letter> letter(ResultSet row) throws SQLException {
        try {
            return Optional.of(StoredLetter.read(row));
        } catch (RuntimeException e) {
            LOG.error("What is stored of the mail {} cannot be read: {}", row.getString("id"), e.getClass());
            return Optional.empty();
        }
    }

    /** The server has said that it has it: that stands whoever has the mail in hand by now. */
    void taken(Taken mail) {
        alone.executeWithoutResult(status -> note(mail));
    }

    private void note(Taken mail) {
        jdbc.sql("""
                        update mail set state = 'SENT', told = false, sent_at = :now, subject = :subject, body_digest = :digest,
                            due_at = null, asked_at = null, %s
                        where %s
                        """.formatted(LET_GO, IT_ALL))
                .param("now", Timestamp.from(mail.at()))
                .param("subject", mail.subject())
                .param("digest", mail.textDigest())
                .param("id", mail.id())
                .update();
    }

    /** The server does not have it, and is asked again then. */
    void later(Asked mail, int failures, Instant dueAt) {
        update(jdbc.sql("""
                        update mail set failures = ?, due_at = case state when 'WAITING' then ?::timestamptz end, asked_at = null, %s
                        where id = ? and claim = ?
                        """.formatted(LET_GO)).params(failures, Timestamp.from(dueAt), mail.id(), mail.claim()));
    }

    /** Nobody knows whether the server has it; it is asked once more then, as {@code asked_at} says. */
    void unknown(Asked mail, Instant dueAt) {
        update(jdbc.sql("""
                        update mail set due_at = case state when 'WAITING' then ?::timestamptz end, %s where id = ? and claim = ?
                        """.formatted(LET_GO)).params(Timestamp.from(dueAt), mail.id(), mail.claim()));
    }

    /** It is for a person to look at, once for all that leaves with it; where a process delivers it, that process knows one. */
    void stuck(Asked mail, MailState state) {
        update(jdbc.sql("""
                        update mail set due_at = null, asked_at = null, %s, told = state = 'BY_PROCESS' or sent_with is not null,
                            state = case state when 'WAITING' then :state else state end
                        where %s and exists (select from mail it where it.id = :id and it.claim = :claim)
                        """.formatted(LET_GO, IT_ALL))
                .param("state", state.name())
                .param("id", mail.id())
                .param("claim", mail.claim()));
    }

    /** Gives up the mails that were asked for twice by nodes that did not live to say what became of them. */
    void giveUpLost() {
        update(jdbc.sql("""
                        with lost as (select id from mail where state = 'WAITING' and %s and %s),
                        with_it as (select mail.id from mail join lost on mail.sent_with = lost.id)
                        update mail set state = 'UNCERTAIN', told = sent_with is not null, due_at = null, asked_at = null, %s
                        where id in (select id from lost union select id from with_it)
                        """.formatted(LOST, FREE, LET_GO)));
    }

    boolean isLost(UUID mail) {
        return jdbc.sql("select exists (select from mail where id = ? and %s)".formatted(LOST))
                .param(mail)
                .query(Boolean.class)
                .single();
    }

    boolean isSent(UUID mail) {
        return jdbc.sql("select exists (select from mail where id = ? and sent_at is not null)")
                .param(mail)
                .query(Boolean.class)
                .single();
    }

    /** Gives back what was not asked for. */
    void letGo(Batch batch) {
        if (!batch.mails().isEmpty()) {
            update(jdbc.sql("update mail set %s where claim = :claim and id in (:mails)".formatted(LET_GO))
                    .param("claim", batch.claim())
                    .param("mails", batch.mails()));
        }
    }

    /**
     * Whether it is a mail of ours that came back, whether or not that was known; one of which it is yet to be told that it went out is
     * not, for now.
     */
    boolean bounced(UUID mail, Instant now) {
        update(jdbc.sql("""
                        update mail set state = 'BOUNCED', told = sent_with is not null, bounced_at = :now
                        where %s and sent_at is not null and told and state in ('SENT', 'BY_PROCESS')
                        """.formatted(IT_ALL)).param("now", Timestamp.from(now)).param("id", mail));
        return jdbc.sql("select exists (select from mail where id = ? and state = 'BOUNCED')")
                .param(mail)
                .query(Boolean.class)
                .single();
    }

    Optional<Instant> nextMorning(Instant now) {
        return jdbc.sql(
                        "select min(due_at) from mail where client_id is null and state = 'WAITING' and for_morning and failures = 0 and due_at > ?")
                .param(Timestamp.from(now))
                .query((row, number) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
                .single();
    }

    Waiting waiting(Instant now) {
        return jdbc.sql("""
                        select count(*), min(case when for_morning and failures = 0 then due_at else posted_at end) from mail
                        where (state = 'WAITING' and not (for_morning and failures = 0 and due_at > :now))
                            or (state = 'BY_PROCESS' and sent_at is null)
                        """)
                .param("now", Timestamp.from(now))
                .query((row, number) -> {
                    Timestamp first = row.getTimestamp(2);
                    return new Waiting(
                            row.getLong(1), first == null ? Duration.ZERO : Duration.between(first.toInstant(), now));
                })
                .single();
    }

    private void update(JdbcClient.StatementSpec statement) {
        alone.executeWithoutResult(status -> statement.update());
    }

    private <T> T inTransaction(Supplier<T> work) {
        return alone.execute(status -> work.get());
    }
}
