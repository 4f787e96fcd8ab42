package org.billingtakeover.notification.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailServerDown;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.MoreUrgent;
import org.billingtakeover.notification.Outbox;
import org.billingtakeover.notification.UndeliverableMail;
import org.billingtakeover.notification.mail.Answer.Kind;
import org.billingtakeover.notification.mail.JdbcOutbox.Asked;
import org.billingtakeover.notification.mail.JdbcOutbox.Batch;
import org.billingtakeover.notification.mail.JdbcOutbox.Taken;
import org.billingtakeover.trail.Sha256;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Asks the mail server to take what waits. What it has acknowledged is never sent again; what it may have taken without saying so is sent
 * once more; what it does not take is offered again for about three days, at growing intervals.
 */
@Component
class Dispatcher implements Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private static final int AT_A_TIME = 20;

    /** With the pauses below, three days: a weekend with a mail server that is at home and says "later" makes no task. */
    private static final int MOST_FAILURES = 18;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    /** An acknowledgement is worth some patience with a database that is away for a moment. */
    private static final int MOST_NOTES = 20;

    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(3);

    private final JdbcOutbox outbox;
    private final TellOutcomes outcomes;
    private final WriteMail writeMail;
    private final MailServer server;
    private final ObjectProvider<MoreUrgent> moreUrgent;
    private final Duration waitsAtMost;
    private final Clock clock;
    private volatile boolean stopping;

    /** @param waitsAtMost how long a mail waits for more urgent work, as ISO 8601 writes it, so that work which cannot be done holds up no mail for good */
    Dispatcher(
            JdbcOutbox outbox,
            TellOutcomes outcomes,
            WriteMail writeMail,
            MailServer server,
            ObjectProvider<MoreUrgent> moreUrgent,
            @Value("${back-office.outbox.waits-for-switches:PT30M}") String waitsAtMost,
            Clock clock) {
        this.outbox = outbox;
        this.outcomes = outcomes;
        this.writeMail = writeMail;
        this.server = server;
        this.moreUrgent = moreUrgent;
        this.waitsAtMost = Duration.parse(waitsAtMost);
        this.clock = clock;
    }

    @Override
    public void drain() {
        run();
    }

    @Override
    public Waiting waiting() {
        return outbox.waiting(clock.instant());
    }

    @Override
    public Optional<Instant> nextMorning() {
        return outbox.nextMorning(clock.instant());
    }

    /**
     * Drains the outbox.
     *
     * @return whether it was left to more urgent work
     */
    boolean run() {
        outbox.giveUpLost();
        outcomes.tell();
        try (Connection connection = server.connection()) {
            while (true) {
                boolean held = moreUrgent.stream().anyMatch(MoreUrgent::isDue);
                Instant now = clock.instant();
                Batch batch = outbox.claim(AT_A_TIME, held ? now.minus(waitsAtMost) : now);
                if (batch.mails().isEmpty()) {
                    return held;
                }
                try (Talk talk = new Talk(connection, batch.claim())) {
                    while (!batch.mails().isEmpty() && !stopping) {
                        connection.open();
                        talk.deliver(batch.mails().remove());
                        if (connection.isSilent()) {
                            // Hundreds of others would not fare better, and each would cost its one repeat.
                            throw new MailServerDown("The mail server says nothing to what it is given.");
                        }
                    }
                } finally {
                    outbox.letGo(batch);
                    outcomes.tell();
                }
                if (stopping) {
                    return false;
                }
            }
        }
    }

    /** Ends after the mail that is under way; the rest is left to another node, or to the next start. */
    void stop() {
        stopping = true;
    }

    /**
     * Delivers one mail for a process that waits for it.
     *
     * @throws UndeliverableMail if it is for a person to look at
     * @throws MailServerDown if it is to be asked again later
     */
    void deliverForProcess(UUID mail) {
        Optional<Batch> batch = outbox.claimOfProcess(mail);
        if (batch.isEmpty()) {
            if (outbox.isSent(mail)) {
                return;
            }
            if (outbox.isLost(mail)) {
                throw new UndeliverableMail("The mail server was asked twice, and nobody knows what it did.");
            }
            throw new MailServerDown("The mail is in other hands.");
        }
        try (Connection connection = server.connection()) {
            connection.open();
            MailState state;
            try (Talk talk = new Talk(connection, batch.get().claim())) {
                state = talk.deliver(batch.get().mails().remove());
            }
            outcomes.tell();
            if (state == MailState.WAITING) {
                throw new MailServerDown("The mail server did not take the mail now.");
            }
            if (state != MailState.SENT) {
                throw new UndeliverableMail("The mail is for a person to look at: " + state);
            }
        } finally {
            outbox.letGo(batch.get());
        }
    }

    static Duration pauseAfter(int failures) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /**
     * What is said to the mail server of the mails of one claim, one after the other. That the server has one is noted in the transaction
     * that notes that it is asked for the next: between the two lies nothing, and each costs the database a wait for its disk.
     */
    private final class Talk implements AutoCloseable {

        private final Connection connection;
        private final UUID claim;
        private Optional<Taken> unnoted = Optional.empty();

        private Talk(Connection connection, UUID claim) {
            this.connection = connection;
            this.claim = claim;
        }

        /**
         * @return where the mail stands now
         * @throws MailServerDown if the server takes mail from nobody; this one is none the worse for it
         */
        MailState deliver(UUID id) {
            Optional<Asked> asked = ask(id);
            if (asked.isEmpty()) {
                return MailState.WAITING;
            }
            Asked mail = asked.get();
            WrittenMail written;
            SMTPMessage message;
            InternetAddress recipient;
            Letter letter;
            try {
                letter = mail.letter().orElseThrow();
                recipient = MailServer.address(letter.email());
                written = writeMail.write(mail.all());
                message = server.message(id, letter, recipient, written, clock.instant());
            } catch (AddressException e) {
                return stuck(mail, MailState.REFUSED);
            } catch (RuntimeException e) {
                // Whoever mends a template or a letter has some days for it.
                LOG.error("The mail {} cannot be written: {}", id, e.getClass().getName());
                return later(mail);
            }
            Answer answer;
            try {
                answer = connection.send(message, recipient);
            } catch (MailServerDown e) {
                outbox.later(mail, mail.failures(), clock.instant());
                throw e;
            }
            if (answer.kind() != Kind.TAKEN) {
                LOG.info("The mail server did not take the mail {}: {}", id, answer.why());
            }
            return switch (answer.kind()) {
                case TAKEN -> {
                    unnoted = Optional.of(new Taken(id, written.subject(), Sha256.of(written.text()), clock.instant()));
                    LOG.info("Sent mail {}: {} to {} of {}", id, letter.kind(), letter.party(), letter.about());
                    yield MailState.SENT;
                }
                case REFUSED -> stuck(mail, MailState.REFUSED);
                case LATER -> later(mail);
                case UNKNOWN -> unknown(mail);
                case DOWN -> {
                    outbox.later(mail, mail.failures(), clock.instant());
                    throw new MailServerDown("The mail server takes no mail: " + answer.why());
                }
            };
        }

        private Optional<Asked> ask(UUID id) {
            try {
                Optional<Asked> asked = outbox.ask(id, claim, unnoted);
                unnoted = Optional.empty();
                return asked;
            } catch (DataAccessException | TransactionException e) {
                if (unnoted.isEmpty()) {
                    throw e;
                }
                note();
                return outbox.ask(id, claim, unnoted);
            }
        }

        private MailState stuck(Asked mail, MailState state) {
            outbox.stuck(mail, state);
            return state;
        }

        private MailState later(Asked mail) {
            int failures = mail.failures() + 1;
            if (failures >= MOST_FAILURES) {
                return stuck(mail, MailState.GIVEN_UP);
            }
            outbox.later(mail, failures, clock.instant().plus(pauseAfter(failures)));
            return MailState.WAITING;
        }

        private MailState unknown(Asked mail) {
            if (mail.repeated()) {
                return stuck(mail, MailState.UNCERTAIN);
            }
            outbox.unknown(mail, clock.instant().plus(JdbcOutbox.BEFORE_REPEAT));
            return MailState.WAITING;
        }

        @Override
        public void close() {
            note();
        }

        private void note() {
            for (int notes = 1; unnoted.isPresent(); notes++) {
                try {
                    outbox.taken(unnoted.get());
                    unnoted = Optional.empty();
                } catch (DataAccessException | TransactionException e) {
                    if (notes == MOST_NOTES) {
                        throw e;
                    }
                    LOG.warn(
                            "The mail {} was taken, and the database does not note it: {}",
                            unnoted.get().id(),
                            e.toString());
                    pause();
                }
            }
        }

        private static void pause() {
            try {
                Thread.sleep(BETWEEN_NOTES.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
