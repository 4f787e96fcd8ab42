package org.billingtakeover.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.billingtakeover.benchmark.Meter.Used;
import org.billingtakeover.nodes.Node;
import org.billingtakeover.nodes.Settings;
import org.billingtakeover.scenario.BookedCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A billing date of the packaged product, beside the stock engine's smallest process on the same PostgreSQL: {@code -Dbenchmark.cases} of
 * them that are due at once, 1000 by default, among {@code -Dbenchmark.stored} others that wait for a later date. Both engines have just
 * been started, and their JVMs compile meanwhile; or they have done {@code -Dbenchmark.earlier} cases before, and have compiled as one that
 * has been up for days. Runs only when asked for, on Linux, once the jar is made: {@code mvn test -Dtest=BillingDateBenchmark}.
 *
 * <p>A billing date has three moments. At its beginning for the client each case is looked at for the last time; after the platform's hour, at
 * which it makes the bills, each change is confirmed; a little later it is recorded and told. They are set to come soon after each other. What is
 * used between them, by the ledger for its bills and by whoever looks every now and then, is counted in all.
 */
class BillingDateBenchmark {

    private static final int CASES = Integer.getInteger("benchmark.cases", 1000);
    private static final int STORED = Integer.getInteger("benchmark.stored", 0);
    private static final int EARLIER = Integer.getInteger("benchmark.earlier", 0);

    private static final String PRODUCT = "product";
    private static final String STOCK = "stock";
    private static final int FIRMS = 20;
    private static final String FIRM = "ZQ-FIRM-1";

    /** For the program to start, and for each case to be checked: so long after it was started the platform makes its bills. */
    private static final Duration BEFORE_BILLS = Duration.ofSeconds(90);

    private static final Duration BEFORE_PLATFORM = Duration.ofSeconds(1);

    private static final Duration BEFORE_RECORDS = Duration.ofSeconds(10);
    /** The product leaves the platform a minute for its bills before it reads what became of a booking. */
    private static final Duration FOR_BILLS = Duration.ofSeconds(10);

    private static final Duration FOR_BILLS_A_CASE = Duration.ofMillis(3);
    private static final Duration BEFORE_BILLS_A_CASE = Duration.ofMillis(8);

    /** Made by the product, which the others are copied from; the first shows what comes with a firm and not with a case. */
    private static final int ORIGINALS = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PATIENCE_A_CASE = Duration.ofMillis(200);
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    /** By day somewhere at any time: at night mails wait for the morning. */
    private static final List<String> ZONES =
            List.of("America/Toronto", "Europe/Paris", "Asia/Tokyo", "America/Los_Angeles");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final ZoneId zone = zone();
    private final LocalDate date = LocalDate.now(zone);

    @Test
    void billingDate() throws Exception {
        Path jar = jar();
        try (DurablePostgres postgres = new DurablePostgres()) {
            Report report = new Report(CASES, STORED, EARLIER);
            product(postgres, jar, report);
            stock(postgres, report);
            System.out.println(report);
        }
    }

    private static ZoneId zone() {
        return ZONES.stream()
                .map(ZoneId::of)
                .filter(each -> {
                    LocalTime time = LocalTime.now(each);
                    return time.isAfter(LocalTime.of(9, 0)) && time.isBefore(LocalTime.of(19, 0));
                })
                .findFirst()
                .orElseThrow();
    }

    /** Of what is compiled, and not of what was compiled earlier. */
    private static Path jar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"));
                Stream<Path> compiled = Files.walk(Path.of("target", "classes", "org"))) {
            Path jar = built.filter(
                            file -> file.getFileName().toString().matches("billing-takeover-.*(?<!-verifier)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("Make the jar first: mvn package"));
            assertThat(compiled.filter(file -> file.toString().endsWith(".class"))
                            .filter(file -> isNewer(file, jar)))
                    .as("classes that are newer than the jar")
                    .isEmpty();
            return jar.toAbsolutePath();
        }
    }

    private static boolean isNewer(Path file, Path jar) {
        return file.toFile().lastModified() > jar.toFile().lastModified();
    }

    private void stock(DurablePostgres postgres, Report report) throws Exception {
        String database = postgres.database(STOCK);
        StockEngine.prepare(database, EARLIER + CASES);
        settle(database);
        try (SingleConnectionDataSource watched = postgres.watched(STOCK);
                SingleConnectionDataSource counting = postgres.watched("postgres");
                Jvm jvm = new Jvm(
                        folder.resolve(STOCK),
                        List.of(
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                StockEngine.class.getName(),
                                database))) {
            JdbcClient jdbc = JdbcClient.create(watched);
            Meter meter = postgres.meter(jvm.pid(), STOCK, counting);
            until(jvm, "the stock engine is ready", () -> jvm.said().contains(StockEngine.READY));
            until(jvm, "it has done the earlier ones", () -> waiting(jdbc) <= CASES);
            int left = waiting(jdbc);
            Used begun = meter.read();
            until(jvm, "all instances have ended", () -> is(jdbc, "select not exists (select from act_ru_execution)"));
            Used used = meter.read().since(begun);
            List<Instant> ended = instants(
                    jdbc.sql("select end_time_ from act_hi_procinst where state_ = 'COMPLETED' order by end_time_"));
            assertThat(ended).hasSize(EARLIER + CASES);
            report.stock(used, left, ended.subList(EARLIER, ended.size()));
        }
    }

    private static int waiting(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from act_ru_job").query(Integer.class).single();
    }

    private void product(DurablePostgres postgres, Path jar, Report report) throws Exception {
        String database = postgres.database(PRODUCT);
        try (MailSink mails = new MailSink()) {
            int port = freePort();
            Map<String, String> settings = Settings.of(database, mails.port(), port);
            settings.put("back-office.firms[0].id", FIRM);
            settings.put("back-office.firms[0].time-zone", zone.getId());
            settings.put(
                    "back-office.firms[0].bill-day",
                    String.valueOf(date.plusDays(14).getDayOfMonth()));
            settings.put("back-office.users[0].firm", FIRM);
            prepare(database, settings);
            Instant looked = Instant.now().plus(BEFORE_BILLS).plus(BEFORE_BILLS_A_CASE.multipliedBy(EARLIER + CASES));
            Moments earlier = Moments.of(looked, EARLIER);
            Moments moments = EARLIER == 0 ? Moments.of(looked, CASES) : Moments.of(earlier.over(EARLIER), CASES);
            comeAt(database, moments, "true");
            comeAt(database, earlier, "substring(company_id, '\\d+')::int > " + (CASES + STORED));
            settings.put("spring.profiles.active", "production");
            settings.put("server.port", String.valueOf(port));
            settings.put(
                    "back-office.ledger.bills-made-after",
                    Duration.between(midnight(), moments.cutOff).toString());
            // Half a minute more or less would tell nothing of the product.
            settings.put("back-office.ledger.looked-for-every", "1000");
            run(postgres, jar, settings, mails, moments, report);
            verify(jar, settings);
        }
    }

    private Instant midnight() {
        return date.atStartOfDay(zone).toInstant();
    }

    private void prepare(String database, Map<String, String> settings) {
        DriverManagerDataSource source = new DriverManagerDataSource(database);
        JdbcClient jdbc = JdbcClient.create(source);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        Instant yesterday = date.minusDays(1).atTime(12, 0).atZone(zone).toInstant();
        try (BookedCases product = new BookedCases(settings, yesterday)) {
            jdbc.sql("""
                            insert into firm select r.* from firm f, generate_series(2, ?) n, lateral jsonb_populate_record(f, jsonb_build_object(
                                'id', left(f.id, -1) || n, 'name', 'Firm ' || n, 'email', 'firm' || n || '@example.com')) r
                            """).param(FIRMS).update();
            // All originals before the first copy: each reads the whole database.
            List<Runnable> copies = new ArrayList<>();
            copies.add(copies(product, jdbc, transaction, date, 1, CASES));
            if (STORED > 0) {
                copies.add(copies(product, jdbc, transaction, date.plusDays(14), CASES + 1, STORED));
            }
            if (EARLIER > 0) {
                copies.add(copies(product, jdbc, transaction, date, CASES + STORED + 1, EARLIER));
            }
            copies.forEach(Runnable::run);
            product.seal();
        }
        // Bills were counted before this one, and nothing of it was paid.
        jdbc.sql(
                        "insert into commission_account (firm_id, settled_to) select id, date_trunc('quarter', ?::date)::date - 1 from firm on conflict do nothing")
                .param(date)
                .update();
        jdbc.sql("""
                        insert into commission_entry (id, firm_id, subscription_id, amount, currency, day)
                        select gen_random_uuid(), c.firm_id, s.id, 8, f.currency, date_trunc('quarter', ?::date)::date
                        from subscription s join client c on c.id = s.client_id join firm f on f.id = c.firm_id
                        where s.product = 'QUICKBOOKS_TIME'
                        """).param(date).update();
        // What looks by itself every now and then has just looked.
        jdbc.sql("""
                        update act_ru_job set duedate_ = localtimestamp + interval '1 hour'
                        where process_def_key_ in ('watch-stop-dates', 'pay-commissions', 'invite-firm')
                        """).update();
        jdbc.sql("update preview set next_look = now() + interval '1 hour'").update();
        settle(database);
    }

    /** Makes cases that wait for this date, their clients numbered from {@code first}: the originals now, their copies when it is run. */
    private static Runnable copies(
            BookedCases product,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            LocalDate date,
            int first,
            int count) {
        product.booked(CopiedCases.company(first), date.getDayOfMonth());
        String original = CopiedCases.company(first + 1);
        CopiedCases copied = new CopiedCases(
                jdbc, transaction, () -> product.booked(original, date.getDayOfMonth()), original, FIRM, FIRMS);
        return () -> copied.copy(first + ORIGINALS, count - ORIGINALS);
    }

    /** What was prepared rests on the disk, and its statistics are known. */
    private static void settle(String database) {
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
        jdbc.sql("vacuum (analyze)").update();
        jdbc.sql("checkpoint").update();
    }

    /** Of cases that are due together: when the platform makes their bills, when it is asked about them, when they are recorded. */
    private record Moments(Instant cutOff, Instant readAt, Instant recordedAt) {

        static Moments of(Instant cutOff, int cases) {
            Instant readAt = cutOff.plus(FOR_BILLS).plus(FOR_BILLS_A_CASE.multipliedBy(cases));
            return new Moments(
                    cutOff.truncatedTo(ChronoUnit.SECONDS),
                    readAt,
                    readAt.plus(BEFORE_RECORDS).plus(BEFORE_BILLS_A_CASE.multipliedBy(cases)));
        }

        Instant over(int cases) {
            return recordedAt.plus(BEFORE_BILLS).plus(BEFORE_BILLS_A_CASE.multipliedBy(cases));
        }
    }

    /** These were the moments of some companies' billing date also when it was booked. */
    private void comeAt(String database, Moments moments, String companies) {
        JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));
        Timestamp at = Timestamp.from(moments.cutOff);
        jdbc.sql("update booking set cut_off = ?, next_look = ? where effective = ? and " + companies)
                .params(at, Timestamp.from(moments.readAt), date)
                .update();
        jdbc.sql("update ledger_booking set made_at = ? where effective = ? and " + companies)
                .params(at, date)
                .update();
        jdbc.sql("update takeover set cut_off = ? where billing_date = ? and " + companies)
                .params(at, date)
                .update();
        jdbc.sql("""
                        update act_ru_job set duedate_ = ?::timestamptz at time zone current_setting('timezone')
                        where handler_cfg_ = 'IntermediateCatchEvent_BillingDate'
                            and process_instance_id_ in (select id_ from act_ru_execution e
                                join takeover t on t.key = e.business_key_ and t.billing_date = ? and %s)
                        """.formatted(companies))
                .params(Timestamp.from(moments.recordedAt), date)
                .update();
    }

    private void run(
            DurablePostgres postgres,
            Path jar,
            Map<String, String> settings,
            MailSink mails,
            Moments moments,
            Report report)
            throws Exception {
        List<String> program = new ArrayList<>(List.of("-jar", jar.toString()));
        settings.forEach((name, value) -> program.add("--" + name + "=" + value));
        try (SingleConnectionDataSource watched = postgres.watched(PRODUCT);
                SingleConnectionDataSource counting = postgres.watched("postgres");
                Jvm jvm = new Jvm(folder.resolve(PRODUCT), program)) {
            JdbcClient jdbc = JdbcClient.create(watched);
            Meter meter = postgres.meter(jvm.pid(), PRODUCT, counting);
            long trail = trailSize(jdbc);
            until(jvm, "the product is ready", () -> Node.isReady(Integer.parseInt(settings.get("server.port"))));
            Used ready = meter.read();
            int left = due(jdbc);
            until(jvm, "all are looked at", () -> due(jdbc) == 0);
            Used looked = meter.read();
            if (EARLIER > 0) {
                until(jvm, "the earlier ones are over", () -> done(jdbc) == EARLIER && told(jdbc));
            }
            report.overlap(Instant.now(), moments.cutOff.minus(BEFORE_PLATFORM));
            // What the product does while nothing is due belongs to no case.
            waitFor(moments.cutOff.minus(BEFORE_PLATFORM));
            Used begun = meter.read();
            until(jvm, "the platform has made all changes", () -> is(jdbc, """
                            select not exists (select from ledger_booking where effective = date '%s' and standing = 'BOOKED')
                            """.formatted(date)));
            report.overlap(Instant.now(), moments.readAt);
            waitFor(moments.readAt);
            Used billed = meter.read();
            until(jvm, "all are confirmed", () -> is(jdbc, """
                            select not exists (select from booking where effective = date '%s' and progress <> 'CONFIRMED')
                            """.formatted(date)));
            Used confirmed = meter.read();
            report.overlap(confirmed.until(), moments.recordedAt);
            waitFor(moments.recordedAt);
            Used toBeRecorded = meter.read();
            until(jvm, "all are recorded and told", () -> done(jdbc) == EARLIER + CASES && told(jdbc));
            Used told = meter.read();
            report.product(
                    looked.since(ready), left, confirmed.since(billed), told.since(toBeRecorded), told.since(begun));
            report.mails(moments.recordedAt, sent(jdbc, mails, begun.until()));
            report.trail(
                    jdbc.sql("select count(*) from audit_entry where at >= ?")
                            .param(Timestamp.from(ready.until()))
                            .query(Long.class)
                            .single(),
                    trailSize(jdbc) - trail);
            report.switches(
                    moments.recordedAt,
                    instants(jdbc.sql(
                                    "select closed_at from takeover where billing_date = ? order by closed_at offset ?")
                            .params(date, EARLIER)));
            // What was just written is known to no statistics yet.
            jdbc.sql("analyze").update();
            assertSwitched(jdbc);
        }
    }

    private void assertSwitched(JdbcClient jdbc) {
        assertThat(jdbc.sql("""
                                select count(*) from takeover t
                                    join billing_change b on b.takeover_key = t.key and b.billing_date = t.billing_date
                                    join subscription s on s.id = b.subscription_id and s.client_id = t.client_id and s.payer = b.to_payer
                                    join payer_period p on p.company = t.company and p.product = s.product and p.payer = s.payer
                                        and p.days = daterange(t.billing_date, null)
                                    join ledger_booking l on l.company = t.company and l.standing = 'EFFECTIVE'
                                where t.billing_date = ? and t.stage = 'CLOSED' and t.outcome = 'FIRM_PAYS_ALL'
                                """).param(date).query(Integer.class).single())
                .as("cases whose payer has changed in all books")
                .isEqualTo(EARLIER + CASES);
        assertThat(jdbc.sql("""
                                select count(*) from (
                                    select from takeover t join mail m on m.takeover_key = t.key and m.kind = 'SWITCHED' and m.state = 'SENT'
                                    where t.billing_date = ? group by t.key having string_agg(m.party, ' ' order by m.party) = 'CLIENT FIRM') told
                                """).param(date).query(Integer.class).single())
                .as("cases of which firm and client were told once")
                .isEqualTo(EARLIER + CASES);
        assertThat(jdbc.sql("select count(*) from takeover where stage = 'SCHEDULED'")
                        .query(Integer.class)
                        .single())
                .as("cases that go on waiting")
                .isEqualTo(STORED);
    }

    /** When each mail came that was posted since; each came, and once. */
    private static List<Instant> sent(JdbcClient jdbc, MailSink mails, Instant since) {
        List<MailSink.Mail> came =
                mails.mails().stream().filter(mail -> mail.at().isAfter(since)).toList();
        assertThat(came.stream().map(MailSink.Mail::id))
                .containsExactlyInAnyOrderElementsOf(jdbc.sql("select id::text from mail where posted_at >= ?")
                        .param(Timestamp.from(since))
                        .query(String.class)
                        .list());
        return came.stream().map(MailSink.Mail::at).sorted().toList();
    }

    private int done(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from takeover where stage = 'CLOSED' and billing_date = ?")
                .param(date)
                .query(Integer.class)
                .single();
    }

    private static boolean told(JdbcClient jdbc) {
        return is(jdbc, "select not exists (select from mail where state = 'WAITING' or not told)");
    }

    private static void waitFor(Instant moment) throws InterruptedException {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), moment).toMillis()));
    }

    private static int due(JdbcClient jdbc) {
        return jdbc.sql("""
                        select count(*) from takeover
                        where stage = 'SCHEDULED' and due <= now() and looked_at_for is distinct from due
                        """).query(Integer.class).single();
    }

    private static long trailSize(JdbcClient jdbc) {
        return jdbc.sql("""
                        select sum(pg_total_relation_size(c.oid)) from pg_class c
                        where relname like 'audit\\_%' and relkind = 'r'
                        """).query(Long.class).single();
    }

    private void verify(Path jar, Map<String, String> settings) throws Exception {
        List<String> program = new ArrayList<>(List.of("-jar", jar.toString(), "verify"));
        settings.forEach((name, value) -> program.add("--" + name + "=" + value));
        // The cases were brought to their billing date by a clock that stood in the past.
        program.add("--back-office.audit.clocks-apart=P30D");
        try (Jvm jvm = new Jvm(folder.resolve("verify"), program)) {
            int exitCode = jvm.exitCode();
            assertThat(exitCode).as(jvm.said()).isZero();
        }
    }

    private static List<Instant> instants(StatementSpec question) {
        return question.query(Timestamp.class).list().stream()
                .map(Timestamp::toInstant)
                .toList();
    }

    private static boolean is(JdbcClient jdbc, String question) {
        return jdbc.sql(question).query(Boolean.class).single();
    }

    private static void until(Jvm jvm, String what, Callable<Boolean> isSo) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE).plus(PATIENCE_A_CASE.multipliedBy(EARLIER + CASES));
        while (!isSo.call()) {
            if (!jvm.isAlive() || Instant.now().isAfter(deadline)) {
                throw new AssertionError("Waited in vain until " + what + ":\n" + jvm.said());
            }
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
