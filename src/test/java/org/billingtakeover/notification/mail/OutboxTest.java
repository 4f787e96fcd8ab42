package org.billingtakeover.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.notification.mail.SampleLetters.letter;
import static org.billingtakeover.notification.mail.SampleLetters.to;
import static org.billingtakeover.notification.mail.ScriptedMailServer.GONE;
import static org.billingtakeover.notification.mail.ScriptedMailServer.NOTHING;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.billingtakeover.TestClock;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.MailServerDown;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.MailSent;
import org.billingtakeover.notification.Mails.MailStuck;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.notification.MoreUrgent;
import org.billingtakeover.notification.UndeliverableMail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;

/** Each mail once, whatever the mail server does and whenever a node is killed. */
@Tag("slow")
@DisplayName("The outbox")
class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final UnaryOperator<String> WELL = line -> "250 ok";
    private static final UnaryOperator<String> HANGS_AFTER_DATA = ScriptedMailServer.to(".", NOTHING);

    private static final JavaMailSenderImpl SENDER = new JavaMailSenderImpl();
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();
    private static final TestClock CLOCK = new TestClock(event -> {});

    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final Dispatcher outbox = CONTEXT.getBean(Dispatcher.class);
    private final JdbcOutbox rows = CONTEXT.getBean(JdbcOutbox.class);
    private final JdbcClient jdbc = CONTEXT.getBean(JdbcClient.class);
    private final Told told = CONTEXT.getBean(Told.class);
    private final Switches switches = CONTEXT.getBean(Switches.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));

    private ScriptedMailServer server;

    @BeforeAll
    static void start() {
        Properties impatient = new Properties();
        impatient.setProperty("mail.smtp.timeout", "500");
        impatient.setProperty("mail.smtp.connectiontimeout", "2000");
        SENDER.setJavaMailProperties(impatient);
        SENDER.setHost("127.0.0.1");
        MailsAlone.register(CONTEXT, CLOCK, SENDER, request -> URI.create("https://billing.example/answer/abc"));
        MailsAlone.comeBack(CONTEXT);
        CONTEXT.register(Told.class, Switches.class);
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
    }

    @BeforeEach
    void nothingWaits() throws IOException {
        change("delete from mail");
        told.events.clear();
        told.fails = false;
        switches.due = false;
        CLOCK.set(NOW);
        server = new ScriptedMailServer(WELL);
        SENDER.setPort(server.port());
    }

    @AfterEach
    void serverGoesDown() throws IOException {
        server.close();
    }

    @Test
    @DisplayName("S59 a mail that the server has acknowledged is not sent again after everything was killed")
    void acknowledgedAndKilled() {
        UUID id = post();
        assertThatThrownBy(thatDiesAfter(1)::drain).isInstanceOf(Killed.class);
        // Nobody was told: all that is left is what stands in the database.
        assertThat(told.events).isEmpty();

        restarted().drain();
        CLOCK.set(NOW.plus(Duration.ofDays(1)));
        expireClaims();
        restarted().drain();

        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(mail(id).sentAt()).isEqualTo(NOW);
        // Who had not been told is told once.
        assertThat(told.sent()).containsExactly(id);
    }

    @Test
    @DisplayName("S59 a mail of which the trail cannot be told is not sent again either, and told of another time")
    void trailFails() {
        UUID id = post();
        told.fails = true;
        outbox.drain();
        outbox.drain();
        assertThat(told.events).isEmpty();
        told.fails = false;

        outbox.drain();
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(told.sent()).containsExactly(id);
    }

    @Test
    @DisplayName(
            "S59 a server that says nothing after the mail is asked once more, with the same Message-ID, then a person is")
    void hangsAfterData() {
        UUID id = post();
        server.answersFromNowOn(HANGS_AFTER_DATA);

        assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class);
        outbox.drain();
        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(told.stuck()).isEmpty();
        CLOCK.set(NOW.plus(JdbcOutbox.BEFORE_REPEAT));
        assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class);
        CLOCK.set(NOW.plus(Duration.ofDays(3)));
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id), messageId(id));
        assertThat(told.stuck()).containsExactly(id);
        assertThat(told.sent()).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.UNCERTAIN);
    }

    @Test
    @DisplayName("A server that hangs up after the mail may have it too; once it says so, the mail is sent for good")
    void hangsUpAfterData() {
        UUID id = post();
        UUID behind = post();
        server.answersFromNowOn(ScriptedMailServer.to(".", GONE));
        assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class);
        assertThat(server.mails()).as("the other one keeps its one repeat").containsExactly(messageId(id));
        server.answersFromNowOn(WELL);

        for (int i = 0; i < 3; i++) {
            CLOCK.set(CLOCK.instant().plus(JdbcOutbox.BEFORE_REPEAT));
            outbox.drain();
        }

        assertThat(server.mails()).containsOnlyOnce(messageId(behind)).hasSize(3);
        assertThat(told.sent()).containsExactlyInAnyOrder(id, behind);
        assertThat(told.stuck()).isEmpty();
    }

    @Test
    @DisplayName("A node killed while it talks leaves the mail to another one, which asks once more and no second time")
    void killedWhileTalking() {
        UUID id = post();
        server.answersFromNowOn(line -> {
            // By the hand of the server: the node is gone, and its connection with it.
            return line.equals(".") ? GONE : "250 ok";
        });
        JdbcOutbox.Batch first = rows.claim(20, NOW);
        assertThat(rows.ask(id, first.claim(), Optional.empty())).isPresent();

        outbox.drain();
        assertThat(server.mails())
                .as("in the hands of the node that was killed")
                .isEmpty();
        expireClaims();
        // The other one dies too.
        JdbcOutbox.Batch second = rows.claim(20, NOW);
        assertThat(rows.ask(id, second.claim(), Optional.empty())).get().returns(true, JdbcOutbox.Asked::repeated);
        assertThat(rows.ask(id, first.claim(), Optional.empty()))
                .as("one that was thought dead")
                .isEmpty();
        expireClaims();
        outbox.drain();

        assertThat(server.mails()).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.UNCERTAIN);
        assertThat(told.stuck()).containsExactly(id);
    }

    @Test
    @DisplayName("What a killed node had only taken in hand is no repeat")
    void killedBeforeTalking() {
        UUID id = post();
        rows.claim(20, NOW);
        expireClaims();
        rows.claim(20, NOW);
        expireClaims();

        server.answersFromNowOn(HANGS_AFTER_DATA);
        assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class);

        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
    }

    @Test
    @DisplayName("Two dispatchers at once send each mail once, in the order of posting as far as one of them goes")
    void twoAtOnce() {
        List<UUID> all = IntStream.range(0, 100).mapToObj(i -> post()).toList();

        CompletableFuture.allOf(Stream.generate(() ->
                                CompletableFuture.runAsync(() -> restarted().drain()))
                        .limit(4)
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(server.mails())
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(OutboxTest::messageId).toList());
        assertThat(told.sent()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    @DisplayName("One dispatcher sends in the order of posting, many on one connection")
    void inOrder() {
        List<UUID> all = IntStream.range(0, 45).mapToObj(i -> post()).toList();

        outbox.drain();

        assertThat(server.mails())
                .containsExactlyElementsOf(
                        all.stream().map(OutboxTest::messageId).toList());
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    @DisplayName("While the mail server is talked to, no row is locked and no transaction of ours open")
    void noLock() {
        UUID id = post();
        List<Object> seen = new CopyOnWriteArrayList<>();
        server.answersFromNowOn(line -> {
            if (line.equals(".")) {
                seen.add(Objects.requireNonNull(
                        inTransaction.execute(status -> jdbc.sql("select id from mail where id = ? for update nowait")
                                .param(id)
                                .query(UUID.class)
                                .single())));
                seen.add(jdbc.sql("""
                                select count(*) from pg_stat_activity
                                where datname = current_database() and pid <> pg_backend_pid() and state like '%transaction%'
                                """).query(Long.class).single());
            }
            return "250 ok";
        });

        outbox.drain();

        assertThat(seen).containsExactly(id, 0L);
        assertThat(told.sent()).containsExactly(id);
    }

    @Test
    @DisplayName("A mail that the server has is noted before it is talked to about the next")
    void notedBeforeTheNext() {
        List<UUID> all = IntStream.range(0, 3).mapToObj(i -> post()).toList();
        List<Long> noted = new CopyOnWriteArrayList<>();
        server.answersFromNowOn(line -> {
            if (line.startsWith("MAIL")) {
                noted.add(jdbc.sql(
                                "select count(*) from mail where state = 'SENT' and asked_at is null and claim is null")
                        .query(Long.class)
                        .single());
            }
            return "250 ok";
        });

        outbox.drain();

        assertThat(noted).containsExactly(0L, 1L, 2L);
        assertThat(told.sent()).containsExactlyElementsOf(all);
    }

    @Test
    @DisplayName("A mail that the server has is noted also where the next one cannot be asked for")
    void notedWithoutTheNext() {
        UUID id = post();
        UUID behind = post();
        change("alter table mail add constraint unasked check (asked_at is null or id <> '" + behind + "')");
        try {
            assertThatThrownBy(outbox::drain).isInstanceOf(DataAccessException.class);
        } finally {
            change("alter table mail drop constraint unasked");
        }
        assertThat(mail(id).state()).isEqualTo(MailState.SENT);

        expireClaims();
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id), messageId(behind));
        assertThat(told.sent()).containsExactly(id, behind);
    }

    @Test
    @DisplayName("While there is no mail server, mails wait for as long as it takes, and nobody is asked about them")
    void serverDown() throws IOException {
        List<UUID> all = IntStream.range(0, 30).mapToObj(i -> post()).toList();
        server.close();
        for (int day = 0; day < 30; day++) {
            CLOCK.set(CLOCK.instant().plus(Duration.ofDays(1)));
            assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class).satisfies(OutboxTest::namesNobody);
        }
        assertThat(told.events).isEmpty();

        server = new ScriptedMailServer(WELL);
        SENDER.setPort(server.port());
        outbox.drain();

        assertThat(server.mails())
                .containsExactlyElementsOf(
                        all.stream().map(OutboxTest::messageId).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "EHLO"})
    @DisplayName("A server that takes mail from nobody is as good as down")
    void takesNoMail(String command) {
        UUID id = post();
        server.answersFromNowOn(
                line -> line.startsWith(command) || line.startsWith("HELO") ? "550 5.7.1 not from you" : "250 ok");

        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(outbox::drain).isInstanceOf(MailServerDown.class);
        }
        server.answersFromNowOn(WELL);
        outbox.drain();

        assertThat(told.stuck()).isEmpty();
        assertThat(told.sent()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"550 5.1.1", "553 5.1.3", "501 5.1.3"})
    @DisplayName(
            "A recipient who is refused for good is for a person at once, and the mail leaves once the address is corrected")
    void refusedForGood(String code) {
        UUID id = post();
        UUID behind = post();
        server.answersFromNowOn(ScriptedMailServer.to("RCPT", code + " <mireille.gagnon@atelier.example> unknown"));
        outbox.drain();
        outbox.drain();
        assertThat(told.stuck()).containsExactlyInAnyOrder(id, behind);
        assertThat(mail(id).state()).isEqualTo(MailState.REFUSED);
        server.answersFromNowOn(WELL);

        mails.redirect(id, " m.gagnon@atelier.example ");
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(mail(id))
                .returns("m.gagnon@atelier.example", SentMail::recipient)
                .returns(MailState.SENT, SentMail::state);
        assertThat(told.sent()).containsExactly(id);
    }

    @Test
    @DisplayName("A mail whose content is refused for good is for a person at once")
    void contentRefused() {
        UUID id = post();
        server.answersFromNowOn(
                ScriptedMailServer.to(".", "554 5.7.1 looks like spam to mireille.gagnon@atelier.example"));

        outbox.drain();

        assertThat(told.stuck()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"450 4.2.1", "451 4.3.0", "452 4.2.2", "552 5.2.2"})
    @DisplayName("A recipient who is refused for now makes no task within a weekend, and one after it")
    void refusedForNow(String code) {
        UUID id = post();
        server.answersFromNowOn(ScriptedMailServer.to("RCPT", code + " <mireille.gagnon@atelier.example> not now"));

        everyMinuteUntil(NOW.plus(Duration.ofHours(60)));
        assertThat(told.stuck()).isEmpty();
        everyMinuteUntil(NOW.plus(Duration.ofHours(80)));

        assertThat(told.stuck()).containsExactly(id);
        assertThat(mail(id).state()).isEqualTo(MailState.GIVEN_UP);
        assertThat(server.senders()).hasSizeLessThan(20);
    }

    @Test
    @DisplayName("A mail that the server hangs on before its end was not taken, and holds up none behind it")
    void hangsBeforeTheEnd() {
        UUID id = post();
        server.answersFromNowOn(ScriptedMailServer.to("DATA", NOTHING));
        outbox.drain();
        server.answersFromNowOn(WELL);
        UUID behind = post();
        outbox.drain();
        assertThat(server.mails()).containsExactly(messageId(behind));

        CLOCK.set(NOW.plus(Duration.ofMinutes(5)));
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(behind), messageId(id));
    }

    @Test
    @DisplayName("A server that has had enough of a connection is asked on another one")
    void enoughOfAConnection() {
        List<UUID> all = IntStream.range(0, 3).mapToObj(i -> post()).toList();
        server.answersFromNowOn(
                line -> line.startsWith("MAIL") && server.mails().size() == 1 && server.connections() == 1
                        ? "421 4.7.0 too many mails"
                        : "250 ok");

        outbox.drain();

        assertThat(server.mails())
                .containsExactlyElementsOf(
                        all.stream().map(OutboxTest::messageId).toList());
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    @DisplayName("Mails come after the switches that are due, but wait no half an hour for them")
    void afterTheSwitches() {
        UUID id = post();
        switches.due = true;
        outbox.drain();
        CLOCK.set(NOW.plus(Duration.ofMinutes(29)));
        UUID later = post();
        outbox.drain();
        assertThat(server.mails()).isEmpty();

        CLOCK.set(NOW.plus(Duration.ofMinutes(30)));
        outbox.drain();
        assertThat(server.mails()).containsExactly(messageId(id));
        switches.due = false;
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id), messageId(later));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mireille",
                "a@b.example, c@d.example",
                "M <a@b.example>",
                "a b@c.example",
                "a@b.example\nBcc: c@d.example"
            })
    @DisplayName("What is no address is for a person, and no correction")
    void noAddress(String address) {
        UUID id = post(address);

        outbox.drain();

        assertThat(told.stuck()).containsExactly(id);
        assertThat(server.senders()).isEmpty();
        assertThatThrownBy(() -> mails.redirect(id, address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause();
    }

    @Test
    @DisplayName("A mail that cannot be written holds up none behind it, and leaves once it can")
    void cannotBeWritten() {
        UUID id = post();
        UUID behind = post();
        change("update mail set kind = 'UNKNOWN' where id = ?", id);
        outbox.drain();
        assertThat(server.mails()).containsExactly(messageId(behind));

        change("update mail set kind = 'REMINDER' where id = ?", id);
        CLOCK.set(NOW.plus(Duration.ofMinutes(5)));
        outbox.drain();

        assertThat(told.sent()).containsExactly(behind, id);
    }

    @Test
    @DisplayName("Reports go to the return address, and name the mail where the server passes that on")
    void returnAddress() {
        UUID id = post();

        outbox.drain();

        assertThat(server.senders())
                .containsExactly("MAIL FROM:<returns@billing.example> RET=HDRS ENVID=" + id + "@billing.example");
    }

    @Test
    @DisplayName("Leaves alone a mail that a process of the version before delivers, and that process sends it once")
    void ofAProcess() {
        UUID id = post();
        // As a node of version 1.0.0 posts it, and as the upgrade leaves one that waits.
        change("update mail set state = default, due_at = null where id = ?", id);
        CLOCK.set(NOW.plus(Duration.ofDays(1)));
        outbox.drain();
        assertThat(server.mails()).isEmpty();

        server.answersFromNowOn(ScriptedMailServer.to("RCPT", "450 4.2.1 not now"));
        assertThatThrownBy(() -> mails.deliver(id))
                .isInstanceOf(MailServerDown.class)
                .satisfies(OutboxTest::namesNobody);
        server.answersFromNowOn(ScriptedMailServer.to("RCPT", "550 5.1.1 mireille.gagnon@atelier.example unknown"));
        assertThatThrownBy(() -> inTransaction.executeWithoutResult(status -> mails.deliver(id)))
                .isInstanceOf(UndeliverableMail.class)
                .satisfies(OutboxTest::namesNobody);
        mails.redirect(id, "m.gagnon@atelier.example");
        server.answersFromNowOn(WELL);
        // The engine's transaction may fail afterwards.
        inTransaction.executeWithoutResult(status -> {
            mails.deliver(id);
            status.setRollbackOnly();
        });
        mails.deliver(id);
        outbox.drain();

        assertThat(server.mails()).containsExactly(messageId(id));
        assertThat(told.sent()).containsExactly(id);
        assertThat(told.stuck()).isEmpty();
    }

    @Test
    @DisplayName("A process of the version before has a silent server asked once more, and then goes to its person")
    void ofAProcessInSilence() {
        UUID id = post();
        change("update mail set state = default, due_at = null where id = ?", id);
        server.answersFromNowOn(HANGS_AFTER_DATA);

        assertThatThrownBy(() -> mails.deliver(id)).isInstanceOf(MailServerDown.class);
        assertThatThrownBy(() -> mails.deliver(id)).isInstanceOf(UndeliverableMail.class);
        assertThat(server.mails()).containsExactly(messageId(id), messageId(id));
        mails.redirect(id, "m.gagnon@atelier.example");
        server.answersFromNowOn(WELL);
        mails.deliver(id);

        assertThat(told.sent()).containsExactly(id);
    }

    @Test
    @DisplayName(
            "A mail that came back stays as it was, and another one with a Message-ID of its own goes to the corrected address")
    void cameBack() {
        UUID id = post();
        outbox.drain();
        assertThat(rows.bounced(id, NOW)).isTrue();
        outbox.drain();
        assertThat(told.stuck()).containsExactly(id);

        mails.redirect(id, "m.gagnon@atelier.example");
        outbox.drain();

        List<SentMail> both = mails.of(SampleLetters.KEY);
        assertThat(both).extracting(SentMail::state).containsExactlyInAnyOrder(MailState.BOUNCED, MailState.SENT);
        assertThat(server.mails()).hasSize(2).doesNotHaveDuplicates();
        assertThat(mail(id).recipient()).isEqualTo("mireille.gagnon@atelier.example");
    }

    @Test
    @DisplayName("Jakarta Mail is told once where its streams come from, and looks through no jar for each mail")
    void streamProvider() {
        List<String> lookedFor = new CopyOnWriteArrayList<>();
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(before) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                lookedFor.add(name);
                return super.getResources(name);
            }

            @Override
            public InputStream getResourceAsStream(String name) {
                lookedFor.add(name);
                return super.getResourceAsStream(name);
            }
        });
        try {
            post();
            outbox.drain();
            post();
            outbox.drain();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        assertThat(server.mails()).hasSize(2);
        assertThat(lookedFor).noneMatch(name -> name.contains("StreamProvider"));
    }

    private void everyMinuteUntil(Instant end) {
        while (CLOCK.instant().isBefore(end)) {
            Instant due = Objects.requireNonNullElse(
                    jdbc.sql("select min(due_at) from mail").query((row, number) -> row.getTimestamp(1)).list().stream()
                            .filter(Objects::nonNull)
                            .map(Timestamp::toInstant)
                            .findFirst()
                            .orElse(null),
                    end);
            CLOCK.set(due.isBefore(end) ? due : end);
            outbox.drain();
        }
    }

    /** Killed as soon as so many mails are acknowledged. */
    private Dispatcher thatDiesAfter(int acknowledged) {
        TellOutcomes dying = new TellOutcomes(jdbc, CONTEXT, CONTEXT.getBean(DataSourceTransactionManager.class)) {
            @Override
            void tell() {
                if (server.mails().size() >= acknowledged) {
                    throw new Killed();
                }
            }
        };
        return new Dispatcher(
                rows,
                dying,
                CONTEXT.getBean(WriteMail.class),
                CONTEXT.getBean(MailServer.class),
                CONTEXT.getBeanProvider(MoreUrgent.class),
                "PT30M",
                CLOCK);
    }

    private Dispatcher restarted() {
        return CONTEXT.getAutowireCapableBeanFactory().createBean(Dispatcher.class);
    }

    /** As if the nodes that had mails in hand had been gone for a quarter of an hour. */
    private void expireClaims() {
        change("update mail set claimed_until = clock_timestamp() - interval '1 second' where claim is not null");
    }

    private void change(String sql, Object... values) {
        inTransaction.executeWithoutResult(
                status -> jdbc.sql(sql).params(values).update());
    }

    private UUID post() {
        return post("mireille.gagnon@atelier.example");
    }

    private UUID post(String address) {
        Letter letter = letter(MailKind.REMINDER, Payer.CLIENT, Language.FR);
        return Objects.requireNonNull(inTransaction.execute(status -> mails.post(to(letter, letter.name(), address))));
    }

    private SentMail mail(UUID id) {
        return mails.find(id).orElseThrow();
    }

    private static String messageId(UUID id) {
        return "<" + id + "@billing.example>";
    }

    private static void namesNobody(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("@atelier", "mireille");
    }

    static class Switches implements MoreUrgent {

        private volatile boolean due;

        @Override
        public boolean isDue() {
            return due;
        }
    }

    /** Stands for whoever is told what became of mails. */
    static class Told {

        private final List<Object> events = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean fails;

        @EventListener
        void on(MailSent sent) {
            told(sent);
        }

        @EventListener
        void on(MailStuck stuck) {
            told(stuck);
        }

        private void told(Object event) {
            if (fails) {
                throw new IllegalStateException("The trail cannot be written.");
            }
            events.add(event);
        }

        List<UUID> sent() {
            return events.stream()
                    .filter(MailSent.class::isInstance)
                    .map(event -> ((MailSent) event).mailId())
                    .toList();
        }

        List<UUID> stuck() {
            return events.stream()
                    .filter(MailStuck.class::isInstance)
                    .map(event -> ((MailStuck) event).mailId())
                    .toList();
        }
    }

    /** No code of ours lives on after it. */
    static final class Killed extends Error {}
}
