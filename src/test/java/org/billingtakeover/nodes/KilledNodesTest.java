package org.billingtakeover.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.user.MessageDeliveryHandler;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.TestMailServer;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two nodes of production over one database, one or the other of which is killed ({@code SIGKILL}) and started again while lists are
 * imported, cases opened, costs reviewed, questions answered, mails sent and payers changed. How often, the build says; what happens at
 * which moment of a node's work is not in the seed's hands.
 *
 * <p>Two things are not as in production, where they would take days and minutes. A case that waits for its billing date is moved to one
 * that is today, in the case and in its timer, in one transaction. And whatever a killed node has in its hands is free as soon as it is
 * dead, as it would be after the time that the product gives a node: of no other node, because the database notes who has what.
 */
@Tag("own-product")
@DisplayName("Two nodes of which one after the other is killed")
@SuppressWarnings("NullAway.Init")
class KilledNodesTest {

    private static final int KILLS = Integer.getInteger("kills.many", 2);
    private static final long SEED = Long.getLong("kills.seed", 1);
    private static final int MOST_MILLIS_BEFORE_A_KILL = 3000;
    private static final Duration MAIL_TAKES = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Random random = new Random(SEED);
    private final GreenMail mail = new TestMailServer();
    private final ExecutorService killer = Executors.newSingleThreadExecutor();
    private final List<Node> nodes = new ArrayList<>();

    @TempDir
    Path folder;

    private String url;
    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private Proxy proxy;
    private People people;
    private int kills;
    private final AtomicInteger started = new AtomicInteger();

    @BeforeEach
    void twoNodes() throws Exception {
        url = TestDatabase.empty();
        DriverManagerDataSource database = new DriverManagerDataSource(url);
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        mail.start();
        MessageDeliveryHandler mailboxes = mail.getUserManager().getMessageDeliveryHandler();
        mail.getUserManager().setMessageDeliveryHandler((message, address) -> {
            // As long as servers take that look into a mail before they say that they have it.
            LockSupport.parkNanos(MAIL_TAKES.toNanos());
            return mailboxes.handle(message, address);
        });
        proxy = new Proxy();
        nodes.add(start());
        nodes.add(start());
        for (Node node : nodes) {
            proxy.add(node.ready());
        }
        noteWhoHoldsWhat();
        people = new People(proxy, mail, jdbc, random);
    }

    @AfterEach
    void end() throws InterruptedException {
        killer.shutdownNow();
        nodes.forEach(Node::stop);
        for (Node node : nodes) {
            node.close();
        }
        proxy.close();
        mail.stop();
    }

    @Test
    @DisplayName("S59 S98 lose nothing and do nothing twice")
    void killed() throws Exception {
        people.haveList(0);
        killBeforeItRecords(1, people::act);
        until("half of the first clients agree", () -> {
            people.act();
            return count("select count(*) from takeover where stage = 'SCHEDULED'") < People.SPLIT / 2
                    ? underWay()
                    : List.of();
        });
        killBeforeItRecords(2, () -> {
            billingDatesCome();
            people.act();
        });
        for (int kill = 1; kill <= KILLS; kill++) {
            people.haveList(kill);
            billingDatesCome();
            int which = random.nextInt(nodes.size());
            int millis = random.nextInt(MOST_MILLIS_BEFORE_A_KILL);
            Future<?> replaced = killer.submit(() -> {
                Thread.sleep(millis);
                replace(which);
                return null;
            });
            until("another node is there", () -> {
                people.act();
                return replaced.isDone() ? List.of() : List.of("node-" + started.get());
            });
            replaced.get();
        }
        until("all is done", () -> {
            billingDatesCome();
            people.act();
            return underWay();
        });

        assertListsAreStored();
        assertCasesEnded();
        assertPayersAgree();
        assertBookedOnce();
        assertCommissionsArePaidOnce();
        assertMailsWentOut();
        assertThat(people.faults).as(seed()).isEmpty();
        assertThat(texts("select incident_msg_ from act_ru_incident"))
                .as(seed())
                .isEmpty();
        assertThat(verified()).as(seed()).contains("The trail is as it was written");
    }

    private void assertListsAreStored() {
        assertThat(texts("select distinct state || ' with bad lines: ' || (so_far ->> 'badLines') from list_import"))
                .as(seed())
                .containsExactly("Done with bad lines: 1");
        assertThat(texts("select company_id from client"))
                .as(seed())
                .hasSize((KILLS + 1) * People.ON_A_LIST)
                .doesNotHaveDuplicates();
        assertThat(texts("""
                        select c.company_id from client c
                            left join subscription s on s.client_id = c.id
                            left join payer_period p on p.company = c.company and p.product = s.product and upper_inf(p.days)
                        group by c.company_id having count(p.payer) <> 2
                        """)).as(seed()).isEmpty();
    }

    private void assertCasesEnded() {
        assertThat(texts("""
                        select c.company_id || ' ' || string_agg(t.outcome, ', ')
                        from client c left join takeover t on t.client_id = c.id
                        where c.name like 'Split-%' group by c.company_id
                        """))
                .as(seed())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, KILLS)
                        .boxed()
                        .flatMap(list -> IntStream.range(0, People.SPLIT)
                                .mapToObj(of -> "Split-" + list + "-" + of + " "
                                        + (People.declines(of) ? "CLIENT_PAYS_ALL" : "FIRM_PAYS_ALL")))
                        .toList());
        // Whoever ends alike has been through the same, each of it as often.
        assertThat(texts("""
                        select outcome || ': ' || count(*) || ' times ' || what from (
                            select t.key, t.outcome, string_agg(e.what, ' ' order by e.what) as what
                            from takeover t join takeover_event e on e.takeover_key = t.key
                            where e.what <> 'COMMISSION_PAID' group by t.key) as gone_through
                        group by outcome, what
                        """)).as(seed()).hasSize(2);
        assertThat(texts("""
                        select business_key_ from act_ru_execution
                        where business_key_ like 'TKO-%'
                          and business_key_ not in (select takeover_key from mail where state = 'UNCERTAIN')
                        """)).as(seed()).isEmpty();
    }

    private void assertPayersAgree() {
        assertThat(texts("""
                        select t.key from takeover t
                            left join billing_change b on b.takeover_key = t.key and b.way = t.way and b.billing_date = t.billing_date
                            left join subscription s on s.id = b.subscription_id and s.client_id = t.client_id and s.payer = b.to_payer
                            left join payer_period p on p.company = t.company and p.product = s.product and p.payer = s.payer
                                and p.days = daterange(t.billing_date, null)
                        where p.payer is null or p.payer || '_PAYS_ALL' <> t.outcome
                           or exists (select from subscription o where o.client_id = t.client_id and o.payer <> s.payer)
                        """)).as(seed()).isEmpty();
    }

    private void assertBookedOnce() {
        assertThat(texts("""
                        select coalesce(b.key, l.key) || ' ' || coalesce(b.progress, 'nothing') || ' ' || coalesce(l.standing, 'nothing')
                        from booking b full join ledger_booking l on l.key = b.key
                        where b.progress is distinct from 'CONFIRMED' or l.standing is distinct from 'EFFECTIVE'
                        """)).as(seed()).isEmpty();
        assertThat(texts("select company_id from ledger_booking group by company_id having count(*) > 1"))
                .as(seed())
                .isEmpty();
        assertThat(texts("select takeover_key from billing_change group by takeover_key having count(*) > 1"))
                .as(seed())
                .isEmpty();
    }

    private void assertCommissionsArePaidOnce() {
        assertThat(texts("""
                        select p.takeover_key from commission_payout p
                        where p.amount <> (select sum(amount) from commission_entry e where e.payout_id = p.id)
                        """)).as(seed()).isEmpty();
        assertThat(texts("""
                        select t.key from takeover t join commission_entry e on e.payout_id is null
                            join subscription s on s.id = e.subscription_id and s.client_id = t.client_id
                        where t.outcome = 'FIRM_PAYS_ALL'
                        """)).as(seed()).isEmpty();
    }

    private void assertMailsWentOut() throws Exception {
        Map<String, Integer> accepted = new TreeMap<>();
        for (MimeMessage message : mail.getReceivedMessages()) {
            accepted.merge(message.getMessageID().replaceAll("[<>]|@.*", ""), 1, Integer::sum);
        }
        assertThat(texts("select id::text from mail")).as(seed()).containsAll(accepted.keySet());
        assertThat(accepted.keySet())
                .as(seed())
                .containsAll(texts("select coalesce(sent_with, id)::text from mail where state = 'SENT'"));
        // Only of a mail that two nodes were killed over nobody knows more, and a person is asked.
        assertThat(texts("""
                        select id || ' ' || state from mail m
                        where state <> 'SENT' and not (state = 'UNCERTAIN' and repeated and exists (
                            select from act_ru_task task join act_ru_execution e on e.id_ = task.proc_inst_id_
                            where task.task_def_key_ = 'UserTask_ResolveUndeliverableMail' and e.business_key_ = m.takeover_key))
                        """)).as(seed()).isEmpty();
        assertThat(texts("""
                        select coalesce(takeover_key, client_id::text) || ' ' || kind || ' to ' || party from mail
                        group by takeover_key, client_id, kind, party, consent_request having count(*) > 1
                        """)).as(seed()).isEmpty();
        // Only what a killed node was asking for, which is one mail in each of its two conversations.
        List<String> twice = accepted.entrySet().stream()
                .filter(each -> each.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(accepted.values()).as(seed()).allMatch(times -> times <= 2);
        assertThat(texts("select id::text from mail where repeated"))
                .as(seed())
                .hasSizeLessThanOrEqualTo(2 * kills)
                .containsAll(twice);
    }

    /** What is under way, and what is missing. */
    private List<String> underWay() {
        if (!people.lists.isEmpty()) {
            return List.of("lists " + people.lists);
        }
        return texts("""
                select 'import of ' || file_name || ': ' || state from list_import where ended_at is null
                union all select 'no case of ' || name from client c
                    where name like 'Split-%' and not exists (select from takeover t where t.client_id = c.id)
                union all select key || ': ' || stage from takeover where stage <> 'CLOSED'
                union all select 'mail ' || id || ' ' || kind || ' of ' || takeover_key || ': ' || state from mail
                    where state = 'WAITING' or not told
                union all select 'job ' || id_ || ' of ' || process_def_key_ || ': ' || coalesce(exception_msg_, '') from act_ru_job
                    where process_def_key_ is not null and (duedate_ is null or duedate_ <= localtimestamp)
                """);
    }

    /** What was agreed falls due today, and so does the morning for which mails wait; and the firm has earned its share on whatever its clients pay. */
    private void billingDatesCome() {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            insert into commission_account (firm_id, settled_to)
                            values ('F-1', date_trunc('quarter', current_date) - interval '1 day') on conflict do nothing
                            """).update();
            jdbc.sql("""
                            insert into commission_entry (id, firm_id, subscription_id, amount, currency, day)
                            select gen_random_uuid(), 'F-1', s.id, 7.35, 'CAD', current_date
                            from subscription s join client c on c.id = s.client_id
                            where s.product = 'QUICKBOOKS_TIME' and s.payer = 'CLIENT' and c.name like 'Split-%'
                            on conflict do nothing
                            """).update();
            // The platform makes its bills, and is read at once.
            jdbc.sql("""
                            with made as (
                                update booking b set effective = (now() at time zone 'America/Toronto')::date, cut_off = now() - interval '1 hour', next_look = now()
                                from takeover t
                                where b.wanted and b.progress = 'BOOKED' and b.in_hand_until is null and b.effective > (now() at time zone 'America/Toronto')::date
                                  and t.key = b.takeover_key and t.stage = 'SCHEDULED'
                                returning b.key, b.takeover_key),
                            booked as (
                                update ledger_booking l set effective = (now() at time zone 'America/Toronto')::date, made_at = now() - interval '1 hour'
                                from made where l.key = made.key)
                            update takeover t set due = now() - interval '3 hours', cut_off = now() - interval '1 hour', billing_date = (now() at time zone 'America/Toronto')::date
                            from made where t.key = made.takeover_key
                            """).update();
            jdbc.sql("""
                            update act_ru_job j set duedate_ = localtimestamp
                            from act_ru_execution e, booking b
                            where j.type_ = 'timer' and j.duedate_ > localtimestamp
                              and j.handler_cfg_ in ('IntermediateCatchEvent_BillingDate', 'IntermediateCatchEvent_RetryDue')
                              and e.id_ = j.process_instance_id_ and b.takeover_key = e.business_key_ and b.wanted and b.progress = 'CONFIRMED'
                            """).update();
            jdbc.sql("""
                            update mail set due_at = now()
                            where state = 'WAITING' and for_morning and failures = 0 and claim is null and due_at > now()
                            """).update();
        });
    }

    private void noteWhoHoldsWhat() {
        jdbc.sql("""
                create table held (what text primary key, node text not null);
                create function note_holder() returns trigger language plpgsql as $$
                begin
                    insert into held values (to_jsonb(new) ->> tg_argv[0], current_setting('application_name'))
                    on conflict (what) do update set node = excluded.node;
                    return null;
                end $$;
                create trigger held after update of claim on mail
                    for each row when (new.claim is not null) execute function note_holder('claim');
                create trigger held after update of attempts on list_import
                    for each row execute function note_holder('id');
                create function keep_from_recording() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(case new.progress when 'BOOKED' then 1 when 'CONFIRMED' then 2 else 3 end);
                    return new;
                end $$;
                create trigger kept before update of progress on booking
                    for each row when (old.progress <> new.progress) execute function keep_from_recording();
                create trigger held after update of in_hand_until on booking
                    for each row when (new.in_hand_until is not null) execute function note_holder('key');
                create trigger held after update of lock_owner_ on act_ru_job
                    for each row when (new.lock_owner_ is not null) execute function note_holder('lock_owner_');
                """).update();
    }

    /**
     * Kills a node when the platform has done what it was asked, and before that is recorded here (S62, S64).
     *
     * @param what 1: it has booked, 2: it has changed the payer
     */
    private void killBeforeItRecords(int what, Runnable meanwhile) throws Exception {
        int which;
        try (Connection keeper = DriverManager.getConnection(url);
                Statement locks = keeper.createStatement()) {
            locks.execute("select pg_advisory_lock(" + what + ")");
            until("a node is kept from recording", () -> {
                meanwhile.run();
                return keptFromRecording().isEmpty() ? List.of("a node") : List.of();
            });
            String name = keptFromRecording().get(0);
            which = IntStream.range(0, nodes.size())
                    .filter(each -> nodes.get(each).name.equals(name))
                    .findFirst()
                    .orElseThrow();
            nodes.get(which).kill();
        }
        replace(which);
    }

    private List<String> keptFromRecording() {
        return texts(
                "select application_name from pg_stat_activity where wait_event = 'advisory' and application_name like 'node-%'");
    }

    private void replace(int which) throws Exception {
        Node node = nodes.get(which);
        node.kill();
        kills++;
        proxy.remove(node);
        // What it has sent to the database may still be carried out.
        until(
                "the database knows that " + node.name + " is dead",
                () -> jdbc.sql("select query from pg_stat_activity where application_name = ?")
                        .param(node.name)
                        .query(String.class)
                        .list());
        for (String free : List.of(
                "update mail set claimed_until = now() - interval '1 second' where claim::text in",
                "update booking set in_hand_until = now() where in_hand_until is not null and key in",
                "update list_import set alive_at = now() - interval '2 minutes' where state = 'Running' and id::text in",
                "update act_ru_job set lock_exp_time_ = localtimestamp where lock_owner_ in")) {
            jdbc.sql(free + " (select what from held where node = ?)")
                    .param(node.name)
                    .update();
        }
        Node next = start();
        nodes.set(which, next);
        proxy.add(next.ready());
    }

    private Node start() throws IOException {
        String name = "node-" + started.getAndIncrement();
        return new Node(folder, name, Settings.of(url + "&ApplicationName=" + name, mail, proxy));
    }

    /** @param missing what is missing yet; as long as that changes, something goes on */
    private void until(String what, Supplier<List<String>> missing) throws InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        List<String> before = List.of();
        for (List<String> still = missing.get(); !still.isEmpty(); still = missing.get()) {
            if (!still.equals(before)) {
                deadline = Instant.now().plus(PATIENCE);
                before = still;
            }
            assertThat(Instant.now())
                    .as(seed() + ", until " + what + ": " + still)
                    .isBefore(deadline);
            Thread.sleep(20);
        }
    }

    private String verified() throws Exception {
        Visitor audrey = new Visitor(proxy.port()).signedInAs("audrey", Settings.PASSWORD);
        audrey.get("/audit/verification");
        audrey.post("/audit/verification", Map.of());
        List<HttpResponse<String>> pages = new ArrayList<>();
        until("the trail is verified", () -> {
            pages.add(0, audrey.get("/audit/verification"));
            return pages.get(0).headers().firstValue("Refresh").stream().toList();
        });
        return pages.get(0).body();
    }

    private List<String> texts(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    private static String seed() {
        return KILLS + " kills with seed " + SEED;
    }
}
