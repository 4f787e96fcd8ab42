package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.CaseSeen;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BookChanges;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.PreviewChanges;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.EarnCommissions;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;
import org.billingtakeover.model.FilesOnDisk;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Outbox;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.LookBeforeBills;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Quotes;
import org.billingtakeover.takeover.SettleDoubts;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.process.JobExecutors;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.camunda.spin.json.SpinJsonNode;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The product as a scenario speaks of it: firms, clients, days that pass, people who act, mails that arrive. */
final class World {

    /** Whose task it is. */
    private static final Map<String, String> ROLES = Map.ofEntries(
            Map.entry("UserTask_ReviewNewCost", "accountant"),
            Map.entry("UserTask_RecordClientAnswer", "client-support"),
            Map.entry("UserTask_ResolveProblem", "billing-operations"),
            Map.entry("UserTask_ResolveRefusedStep", "billing-operations"),
            Map.entry("UserTask_ChangeByHand", "accountant"),
            Map.entry("UserTask_TakeBackByHand", "accountant"),
            Map.entry("UserTask_LookForProof", "billing-operations"),
            Map.entry("UserTask_CompareFirstBills", "billing-operations"),
            Map.entry("UserTask_SetIntegration", "accountant"),
            Map.entry("UserTask_SeeToIntegration", "billing-operations"),
            Map.entry("UserTask_ResolveUndeliverableMail", "billing-operations"));

    private static final String WATCH = "watch-stop-dates";
    private static final String PAY_COMMISSIONS = "pay-commissions";

    /** Would take more time than all stories together if they did: a story lets them look when it has come to a day, and each quarter on the way, or each day if it says so. */
    private static final List<String> EVERY_TEN_MINUTES = List.of(WATCH, PAY_COMMISSIONS);

    /** Processes that look now and then whether anything is to be done. */
    private static final Set<String> LOOK_BY_THEMSELVES = Set.of(WATCH, PAY_COMMISSIONS, "invite-firm");

    static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    private static final AtomicInteger FIRM = new AtomicInteger(500);

    final Accounts accounts;
    final ImportAccountList importList;
    final Takeovers takeovers;
    final Quotes quotes;
    final ConsentRequests requests;
    final CaseEvents events;
    final BillingChange.Changes changes;
    final Mails mails;
    final Outbox outbox;
    final Commissions commissions;
    final EarnCommissions earn;
    final SlowPlatform platform;
    private final CaseFiles files;
    final LookBeforeBills looks;
    final BookChanges bookChanges;
    final Bookings bookings;
    final PreviewChanges previewChanges;
    final OpenTakeover open;
    final AnswerRequest answers;
    final TaskService tasks;
    final ManagementService management;
    final HistoryService history;
    final RepositoryService repository;
    final IdentityService identity;
    final ProcessEngine engine;
    final JdbcClient jdbc;
    final TransactionTemplate transaction;
    final TestClock clock;
    final GreenMail mailServer;
    private final Doubts doubts;
    private final SettleDoubts settleDoubts;
    private boolean failuresExpected;
    /** Of the processes in {@link #EVERY_TEN_MINUTES}: which of them look each day, and when each looks next. */
    private final Set<String> daily = new HashSet<>();

    private final Map<String, Instant> looksAt = new HashMap<>();

    World(
            Accounts accounts,
            ImportAccountList importList,
            Takeovers takeovers,
            CaseFiles files,
            Quotes quotes,
            ConsentRequests requests,
            CaseEvents events,
            BillingChange.Changes changes,
            Mails mails,
            Outbox outbox,
            Commissions commissions,
            EarnCommissions earn,
            SlowPlatform platform,
            LookBeforeBills looks,
            BookChanges bookChanges,
            Bookings bookings,
            PreviewChanges previewChanges,
            OpenTakeover open,
            AnswerRequest answers,
            TaskService tasks,
            ManagementService management,
            HistoryService history,
            RepositoryService repository,
            IdentityService identity,
            ProcessEngine engine,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            TestClock clock,
            GreenMail mailServer,
            Doubts doubts,
            SettleDoubts settleDoubts) {
        this.accounts = accounts;
        this.importList = importList;
        this.takeovers = takeovers;
        this.files = files;
        this.quotes = quotes;
        this.requests = requests;
        this.events = events;
        this.changes = changes;
        this.mails = mails;
        this.outbox = outbox;
        this.commissions = commissions;
        this.earn = earn;
        this.platform = platform;
        this.looks = looks;
        this.bookChanges = bookChanges;
        this.bookings = bookings;
        this.previewChanges = previewChanges;
        this.open = open;
        this.answers = answers;
        this.tasks = tasks;
        this.management = management;
        this.history = history;
        this.repository = repository;
        this.identity = identity;
        this.engine = engine;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.mailServer = mailServer;
        this.doubts = doubts;
        this.settleDoubts = settleDoubts;
    }

    // ---- given

    /** Jobs fail from now on, because of the story; the engine tries them again. */
    void jobsMayFail() {
        failuresExpected = true;
    }

    /** A firm in Ontario with wholesale billing and a card on file, billed on the 20th. */
    Firm firm() {
        return firm(Language.EN);
    }

    Firm firm(Language language) {
        return firm(language, PlatformName.LEDGER);
    }

    /** Likewise, and it makes its changes of payer itself. */
    Firm firmThatChangesByHand(Language language) {
        return firm(language, PlatformName.BY_HAND);
    }

    private Firm firm(Language language, PlatformName platform) {
        String id = "F-" + FIRM.incrementAndGet();
        Firm firm = new Firm(
                new FirmId(id),
                "Firm " + id,
                id.toLowerCase(Locale.ROOT) + "@cabinet.example",
                language,
                "CA",
                "ON",
                TORONTO,
                Currency.getInstance("CAD"),
                true,
                true,
                20,
                platform);
        transaction.executeWithoutResult(status -> accounts.save(firm));
        return firm;
    }

    /** Whoever is to be invited, warned or stopped in this story is looked for now, whenever something becomes of a case, and each day. */
    void watchesDaily() {
        looksDaily(WATCH);
    }

    /** Whether a quarter has ended or a payout waits is looked for now and each day in this story. */
    void paysDaily() {
        looksDaily(PAY_COMMISSIONS);
    }

    private void looksDaily(String diagram) {
        daily.add(diagram);
        looksAgainAt(diagram, clock.instant());
    }

    /** A story begins at noon in Toronto on this day; what earlier ones left under way stays as it is while its time passes. */
    void begins(LocalDate date) {
        // Rows that stand so already stay as they are: stories are many, and each update leaves another row to be
        // passed over.
        transaction.executeWithoutResult(status -> List.of(
                        "update act_ru_job set suspension_state_ = 2 where process_instance_id_ is not null and suspension_state_ <> 2",
                        "update client set integration_status = 'STOPPED' where integration_status <> 'STOPPED'",
                        "update takeover set due = null where stage <> 'CLOSED' and due is not null",
                        "update booking set next_look = null where next_look is not null",
                        "update integration_order set next_look = null where next_look is not null",
                        "update preview set next_look = null where next_look is not null")
                .forEach(change -> jdbc.sql(change).update()));
        todayIs(date);
    }

    /** Noon in Toronto on this day. */
    void todayIs(LocalDate date) {
        failuresExpected = false;
        daily.clear();
        clock.set(date.atTime(12, 0).atZone(TORONTO).toInstant());
        // An earlier story may have let them look in a later year.
        EVERY_TEN_MINUTES.forEach(this::hasLooked);
    }

    private void looksAgainAt(String diagram, Instant instant) {
        looksAt.put(diagram, instant);
        // The engine would keep a line of history of each, for as many weeks as all stories take together.
        transaction.executeWithoutResult(
                status -> jdbc.sql("update act_ru_job set duedate_ = ? where process_def_key_ = ? and type_ = 'timer'")
                        .params(Timestamp.from(instant), diagram)
                        .update());
    }

    /** What looks by itself now and then has just looked, and looks again then. */
    void looksByItselfAfter(Instant instant) {
        LOOK_BY_THEMSELVES.forEach(diagram -> looksAgainAt(diagram, instant));
    }

    /** The firm's account list, with one line, is imported. */
    Account imports(Firm firm, AccountLine line) {
        return imports(firm, line, LocalDate.ofInstant(clock.instant(), TORONTO));
    }

    /** Likewise as of a day. */
    Account imports(Firm firm, AccountLine line, LocalDate asOf) {
        return imports(firm, line, new Claim(asOf, false));
    }

    /** Likewise with many lines. */
    void imports(Firm firm, List<AccountLine> lines) {
        String file = lines.stream()
                .map(line -> line.asFile().lines().toList())
                .reduce(
                        List.of(),
                        (all, one) -> all.isEmpty()
                                ? one
                                : Stream.concat(all.stream(), Stream.of(one.get(1)))
                                        .toList())
                .stream()
                .collect(Collectors.joining("\n"));
        imports(firm, file);
    }

    /** A list as of today, every line of which is good. */
    void imports(Firm firm, String file) {
        imports(firm, file, new Claim(LocalDate.ofInstant(clock.instant(), TORONTO), false));
    }

    private Account imports(Firm firm, AccountLine line, Claim claim) {
        imports(firm, line.asFile(), claim);
        return accounts.find(firm.id(), new CompanyId(line.companyId())).orElseThrow();
    }

    private void imports(Firm firm, String file, Claim claim) {
        try {
            ImportResult result = importList.run(
                    firm.id(),
                    AccountList.of(file.getBytes(StandardCharsets.UTF_8)),
                    claim,
                    false,
                    "alice",
                    (progress, soFar) -> {});
            assertThat(result.problems()).isEmpty();
        } catch (IOException | UnusableAccountList e) {
            throw new AssertionError(e);
        }
    }

    /** A list that names this client and says that the firm has no other. */
    void importsWhole(Firm firm, AccountLine line) {
        imports(firm, line, new Claim(LocalDate.ofInstant(clock.instant(), TORONTO), true));
    }

    /** Somebody works for this firm. */
    void worksFor(Firm firm, String id, String email) {
        User user = identity.newUser(id);
        user.setEmail(email);
        identity.saveUser(user);
        if (identity.createTenantQuery().tenantId(firm.id().text()).count() == 0) {
            identity.saveTenant(identity.newTenant(firm.id().text()));
        }
        identity.createTenantUserMembership(firm.id().text(), id);
    }

    /** Billing operations find that this firm's list is right about who pays. */
    void listIsRight(Account account) {
        doubts.payersInDoubt(Integer.MAX_VALUE).stream()
                .filter(doubt -> doubt.clientId().equals(account.client().id()))
                .forEach(doubt -> settleDoubts.payer(doubt.id(), SettleDoubts.Side.LIST, "olivia"));
    }

    /**
     * A file that a real office could send is imported for the firm, under ids and addresses of the firm's own, since stories share the
     * product.
     */
    ImportResult importsCase(Firm firm, String name) {
        return importsCase(firm, name, list -> list);
    }

    ImportResult importsCase(Firm firm, String name, UnaryOperator<String> edited) {
        String number = numberOf(firm);
        try {
            String list = edited.apply(Files.readString(Path.of("src/test/resources/cases", name + ".csv")))
                    .replaceAll("\"(FL|RT|EX|PA|OWN|BC|AB)-", "\"$1" + number + "-")
                    .replace("@example.ca", "." + number + "@example.ca");
            ImportResult result = importList.run(
                    firm.id(),
                    AccountList.of(list.getBytes(StandardCharsets.UTF_8)),
                    new Claim(LocalDate.ofInstant(clock.instant(), TORONTO), false),
                    false,
                    "alice",
                    (progress, soFar) -> {});
            assertThat(result.problems())
                    .noneMatch(problem -> problem.fault() == ListFault.NOT_STORED)
                    .allMatch(problem -> problem.value().contains("123"));
            return result;
        } catch (IOException | UnusableAccountList e) {
            throw new AssertionError(e);
        }
    }

    /** @param company as the file calls it */
    Account accountOf(Firm firm, String company) {
        return accounts.find(firm.id(), new CompanyId(company.replace("-", numberOf(firm) + "-")))
                .orElseThrow();
    }

    private static String numberOf(Firm firm) {
        return firm.id().text().substring(2);
    }

    /** As of today, the firm has earned this and not been paid on the client's Time subscription, its list says. */
    void earned(Account account, String amount) {
        transaction.executeWithoutResult(status -> earn.on(new CommissionsListed(
                account.firm().id(),
                LocalDate.ofInstant(clock.instant(), TORONTO),
                List.of(new Unpaid(
                        account.time().id(), Money.of(amount, account.firm().currency()))))));
    }

    /** The platform has, or has no longer, a payment method of the firm on file. */
    void card(Firm firm, boolean onFile) {
        transaction.executeWithoutResult(status -> accounts.save(firm.withPaymentMethod(onFile)));
    }

    /** The firm has wholesale billing, or has it no longer. */
    void wholesaleBilling(Firm firm, boolean wholesale) {
        transaction.executeWithoutResult(status -> jdbc.sql("update firm set wholesale_billing = ? where id = ?")
                .params(wholesale, firm.id().text())
                .update());
    }

    /** The platform changes a subscription and nobody imports a list. */
    void statusBehindOurBack(String key, Product product, String status) {
        transaction.executeWithoutResult(
                running -> jdbc.sql("update subscription set status = ? where client_id = ? and product = ?")
                        .params(status, takeover(key).clientId(), product.name())
                        .update());
    }

    /** The primary admin's address does not work, as nobody could know. */
    void addressBehindOurBack(Account account, String email) {
        transaction.executeWithoutResult(running -> jdbc.sql("update client set admin_email = ? where id = ?")
                .params(email, account.client().id())
                .update());
    }

    /** A process owner deploys a price list in which everything costs more, until it is closed. */
    Deployment dearerPriceList() {
        return deployed("price-list.dmn", table -> table.replaceAll("\"(\\d+)\\.(\\d\\d)\"", "\"9$1.$2\""));
    }

    /** A process owner deploys a table that is changed, until it is closed. */
    Deployment deployed(String file, UnaryOperator<String> change) {
        String table = FilesOnDisk.read(FilesOnDisk.TABLES_OF_TESTS).text(file);
        String changed = change.apply(table);
        assertThat(changed).isNotEqualTo(table);
        String id =
                repository.createDeployment().addString(file, changed).deploy().getId();
        return () -> repository.deleteDeployment(id, true);
    }

    /** What a process owner deployed, and can take back. */
    interface Deployment extends AutoCloseable {
        @Override
        void close();
    }

    // ---- when

    /** The clock goes on while nothing runs. */
    void serverIsDownUntil(Instant instant) {
        clock.set(instant);
    }

    List<String> refusals(Account account) {
        OpenTakeover.Result result = open.open(account.client().id(), "alice");
        assertThat(result).isInstanceOf(OpenTakeover.Refused.class);
        return ((OpenTakeover.Refused) result)
                .reasons().stream().map(Ineligibility::reason).toList();
    }

    /** Opened, reviewed, and the client asked. */
    String asked(Account account) {
        String key = opened(account);
        firmTakesOver(key);
        return key;
    }

    /** Opened, reviewed, and confirmed by the client. */
    String confirmed(Account account) {
        String key = asked(account);
        clientAnswers(key, true);
        return key;
    }

    /** Opened, left separate by the firm, and the client asked to take over itself. */
    String askedOnline(Account account) {
        String key = opened(account);
        firmLeavesSeparate(key);
        return key;
    }

    /** Opened, left separate by the firm, and the client takes over itself. */
    String confirmedOnline(Account account) {
        String key = askedOnline(account);
        clientAnswers(key, true);
        return key;
    }

    /** Time passes until {@code instant}; everything that falls due on the way happens at its own time, and mails leave in their mornings. */
    void timePassesTo(Instant instant) {
        runDue();
        EVERY_TEN_MINUTES.forEach(this::hasLooked);
        for (Optional<Moment> next = nextBefore(instant); next.isPresent(); next = nextBefore(instant)) {
            if (next.get().at().isAfter(clock.instant())) {
                clock.goesOnTo(next.get().at());
            }
            runDue();
            if (next.get().isOfCase() && daily.contains(WATCH)) {
                // What has become of a case, the watch sees within minutes.
                looksAgainAt(WATCH, clock.instant());
                runDue();
            }
            EVERY_TEN_MINUTES.stream()
                    .filter(diagram -> !clock.instant().isBefore(looksAt.getOrDefault(diagram, Instant.MIN)))
                    .forEach(this::hasLooked);
        }
        clock.set(instant);
        EVERY_TEN_MINUTES.forEach(diagram -> looksAgainAt(diagram, instant));
        runDue();
    }

    private Optional<Moment> nextBefore(Instant instant) {
        Optional<Moment> timer = management
                .createJobQuery()
                .active()
                .timers()
                .withRetriesLeft()
                .duedateLowerThan(Date.from(instant))
                .orderByJobDuedate()
                .asc()
                .listPage(0, 1)
                .stream()
                .map(job -> new Moment(
                        job.getDuedate().toInstant(), !LOOK_BY_THEMSELVES.contains(job.getProcessDefinitionKey())))
                .findFirst();
        Optional<Moment> morning = outbox.nextMorning()
                .filter(mailsLeave -> mailsLeave.isBefore(instant))
                .map(mailsLeave -> new Moment(mailsLeave, false));
        Optional<Moment> look = looks.next().filter(at -> at.isBefore(instant)).map(at -> new Moment(at, true));
        return Stream.of(timer, morning, look).flatMap(Optional::stream).min(Comparator.comparing(Moment::at));
    }

    /** @param isOfCase whether a case has waited for it */
    private record Moment(Instant at, boolean isOfCase) {}

    private void hasLooked(String diagram) {
        Period every = daily.contains(diagram) ? Period.ofDays(1) : Period.ofWeeks(13);
        looksAgainAt(diagram, clock.instant().truncatedTo(ChronoUnit.DAYS).plus(every));
    }

    /** The ledger bills this firm and its clients from now on, and nobody of another story. */
    void nobodyIsBilledBut(Firm firm) {
        nobodyIsBilled();
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            jdbc.sql("delete from ledger_bill_run").update();
        });
    }

    void nobodyIsBilled() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update firm set platform = 'BY_HAND'").update());
    }

    void timePassesTo(LocalDate date) {
        timePassesTo(date.atTime(12, 0).atZone(TORONTO).toInstant());
    }

    /** Billing operations put a case back whose step was refused. */
    void putsBack(String key) {
        completes("olivia", key, "UserTask_ResolveRefusedStep", Map.of("resolution", "putBack"));
        runDue();
    }

    /** Runs every job that is due now, as the job executor would, and lets the mails go out. */
    void runDue() {
        asksThePlatform();
        while (true) {
            List<Job> due = management
                    .createJobQuery()
                    .active()
                    .executable()
                    .withRetriesLeft()
                    .listPage(0, 100);
            if (due.isEmpty()) {
                break;
            }
            for (Job job : due) {
                // A job before it may have ended what it waited for.
                if (job == due.get(0) || isThere(job)) {
                    run(job);
                }
            }
            asksThePlatform();
        }
        outbox.drain();
    }

    private void asksThePlatform() {
        looks.run();
        do {
            bookChanges.run();
        } while (previewChanges.runSome());
    }

    /** Runs every job that is due now by the engine's own threads, several at once. */
    void jobExecutorRunsWhatIsDue() {
        looks.run();
        bookChanges.run();
        JobExecutor executor = JobExecutors.of(engine, files);
        executor.start();
        try {
            while (management
                            .createJobQuery()
                            .active()
                            .executable()
                            .withRetriesLeft()
                            .count()
                    > 0) {
                LockSupport.parkNanos(20_000_000);
            }
        } finally {
            executor.shutdown();
        }
        outbox.drain();
    }

    /** The database takes no change of payer in this case. */
    void nobodyCanRecord(String key) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                            create or replace function refuse_change() returns trigger language plpgsql as $$
                            begin raise exception 'not now'; end $$
                            """).update();
            jdbc.sql(
                            "create trigger refuse_change before insert on billing_change for each row when (new.takeover_key = '"
                                    + key + "') execute function refuse_change()")
                    .update();
        });
    }

    void everybodyCanRecord() {
        transaction.executeWithoutResult(status ->
                jdbc.sql("drop trigger refuse_change on billing_change").update());
    }

    /** Of the timer for which the case waits. */
    int retriesLeft(String key) {
        return management
                .createJobQuery()
                .processInstanceId(instance(key))
                .timers()
                .singleResult()
                .getRetries();
    }

    String waitsAt(String key) {
        return management.createJobQuery().processInstanceId(instance(key)).timers().list().stream()
                .map(timer -> management
                        .createJobDefinitionQuery()
                        .jobDefinitionId(timer.getJobDefinitionId())
                        .singleResult()
                        .getActivityId())
                .findFirst()
                .orElseThrow();
    }

    private String instance(String key) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .processDefinitionKey("billing-takeover")
                .singleResult()
                .getId();
    }

    /** In how many transactions these changes of payer were recorded. */
    int transactionsOfSwitches(List<String> keys) {
        return jdbc.sql("select count(distinct xmin::text) from billing_change where takeover_key = any (?)")
                .param(keys.toArray(String[]::new))
                .query(Integer.class)
                .single();
    }

    /** How many of these cases paid, or looked whether they could pay, what the firm was owed. */
    long stepsToPay(List<String> keys) {
        return keys.stream()
                .filter(key -> passed(key, "ServiceTask_PayCommission"))
                .count();
    }

    private boolean isThere(Job job) {
        return management.createJobQuery().jobId(job.getId()).count() > 0;
    }

    private void run(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (RuntimeException e) {
            if (!failuresExpected) {
                throw e;
            }
        }
    }

    String opened(Account account) {
        OpenTakeover.Result result = open.open(account.client().id(), "alice");
        assertThat(result).isInstanceOf(OpenTakeover.Opened.class);
        return ((OpenTakeover.Opened) result).key().text();
    }

    /** Somebody signed in takes the case's task and completes it, sending what its form sends. */
    void completes(String user, String key, String task, Map<String, Object> form) {
        claims(user, key, task);
        completesTaken(user, key, task, form);
    }

    /** The client telephones, and support staff begin to record what it says. */
    void clientTelephones(String user, String key) {
        answers.beginByPhone(new TakeoverKey(key), user);
    }

    /** What support staff fill in when the primary admin says yes by phone. */
    Map<String, Object> yesByPhone(String key) {
        return Map.of(
                "answer", "confirmed",
                "answererName", "Alex Admin",
                "answererRole", "Owner",
                "calledFrom", "514 555-0100",
                "quoteNumber", takeover(key).quoteNumber());
    }

    void claims(String user, String key, String task) {
        if (task.equals("UserTask_RecordClientAnswer")) {
            clientTelephones(user, key);
        }
        signedIn(user, key, task, waiting -> tasks.claim(waiting.getId(), user));
    }

    void completesTaken(String user, String key, String task, Map<String, Object> form) {
        signedIn(user, key, task, waiting -> tasks.complete(waiting.getId(), form));
    }

    private void signedIn(String user, String key, String task, Consumer<Task> work) {
        Task waiting = task(key, task);
        identity.setAuthentication(user, List.of(ROLES.get(task)), List.of(waiting.getTenantId()));
        try {
            work.accept(waiting);
        } finally {
            identity.clearAuthentication();
        }
    }

    void firmTakesOver(String key) {
        reviews(key, takesOver(key));
        runDue();
    }

    /** What the accountant fills in whose firm takes over. */
    Map<String, Object> takesOver(String key) {
        return Map.of(
                "decision",
                "takeOver",
                "acknowledged",
                true,
                "quoteNumber",
                takeover(key).quoteNumber());
    }

    /** The accountant completes the review with this. */
    void reviews(String key, Map<String, Object> form) {
        completes("alice", key, "UserTask_ReviewNewCost", form);
    }

    void firmLeavesSeparate(String key) {
        reviews(
                key,
                Map.of("decision", "leaveSeparate", "quoteNumber", takeover(key).quoteNumber()));
        runDue();
    }

    void clientAnswers(String key, boolean confirmed) {
        clientAnswers(openQuestion(key).id(), confirmed);
    }

    void clientAnswers(UUID request, boolean confirmed) {
        answers.answer(request, answer(confirmed));
        runDue();
    }

    /** The primary admin's answer by link. */
    ConsentRequest.Answer answer(boolean confirmed) {
        return new ConsentRequest.Answer(
                confirmed,
                "Alex Admin",
                "Owner",
                ConsentRequest.Channel.LINK,
                null,
                Language.EN,
                "192.0.2.7",
                null,
                clock.instant());
    }

    // ---- then

    /** Whether a transaction waits in this database until another one ends. */
    boolean someoneWaitsForALock() {
        return jdbc.sql(
                                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                        .query(Long.class)
                        .single()
                > 0;
    }

    CaseSeen takeover(String key) {
        return CaseSeen.of(takeovers.takeover(new TakeoverKey(key)));
    }

    /** All questions of a case, oldest first. */
    List<ConsentRequest> questions(String key) {
        return requests.of(new TakeoverKey(key));
    }

    /** The one that waits for an answer. */
    ConsentRequest openQuestion(String key) {
        return questions(key).stream()
                .filter(each -> each.status() == ConsentRequest.Status.OPEN)
                .findFirst()
                .orElseThrow();
    }

    Account account(String key) {
        return accounts.account(takeover(key).clientId());
    }

    /** As it is now. */
    Integration integration(Account account) {
        return accounts.account(account.client().id()).client().integration();
    }

    /** What the case wants of the platform, as it was wanted last. */
    Booking newestBooking(String key) {
        List<Booking> all = bookings.of(new TakeoverKey(key));
        return all.get(all.size() - 1);
    }

    /** The tasks of a case that wait, by their definitions. */
    List<String> openTasks(String key) {
        return tasks.createTaskQuery().processInstanceBusinessKey(key).list().stream()
                .map(Task::getTaskDefinitionKey)
                .toList();
    }

    Task task(String key, String definition) {
        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(key)
                .taskDefinitionKey(definition)
                .singleResult();
        assertThat(task).as(definition + " of " + key).isNotNull();
        return task;
    }

    List<String> happened(String key) {
        return events.of(new TakeoverKey(key)).stream()
                .map(CaseEvents.CaseEvent::what)
                .toList();
    }

    List<String> subjectsTo(String email) {
        return Arrays.stream(mailServer.getReceivedMessages())
                .filter(message -> recipients(message).contains(email))
                .map(World::subject)
                .toList();
    }

    /** Whether the case has passed an element of a diagram, as its trail tells. */
    boolean passed(String key, String element) {
        return jdbc.sql(
                        "select exists (select from audit_entry where case_key = ? and what = 'STEPS' and position(? in document) > 0)")
                .params(key, "\"step\":\"" + element + "\"")
                .query(Boolean.class)
                .single();
    }

    /** The end events of the case's main process; one that was put back has begun anew. */
    String endedAt(String key) {
        return history
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(key)
                .processDefinitionKey("billing-takeover")
                .list()
                .stream()
                .flatMap(main ->
                        history.createHistoricActivityInstanceQuery().processInstanceId(main.getId()).list().stream())
                .filter(step -> step.getActivityType().endsWith("EndEvent"))
                .map(HistoricActivityInstance::getActivityId)
                .collect(Collectors.joining(" and "));
    }

    Quote quote(String key) {
        List<Quotes.Kept> all = quotes.of(new TakeoverKey(key));
        return all.get(all.size() - 1).quote();
    }

    /** What the form of a task shows to somebody who reads English. */
    Map<String, Object> shownBy(String key, String task, String variable) {
        return shownBy(Language.EN, key, task, variable);
    }

    Map<String, Object> shownBy(Language reader, String key, String task, String variable) {
        LocaleContextHolder.setLocale(reader.locale());
        try {
            return json(engine.getFormService()
                    .getTaskFormVariables(task(key, task).getId(), List.of(variable), true)
                    .getValue(variable, SpinJsonNode.class));
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    /** What the engine keeps of it. */
    Map<String, Object> keptBy(String key, String task, String variable) {
        return json((SpinJsonNode) tasks.getVariableLocal(task(key, task).getId(), variable));
    }

    private static Map<String, Object> json(SpinJsonNode value) {
        return value.mapTo("java.util.LinkedHashMap<java.lang.String, java.lang.Object>");
    }

    /** The form of a task, as somebody reads it in Tasklist. */
    String formRead(Language reader, String key, String task) throws IOException {
        LocaleContextHolder.setLocale(reader.locale());
        try (InputStream form =
                engine.getFormService().getDeployedTaskForm(task(key, task).getId())) {
            return new String(form.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            LocaleContextHolder.resetLocaleContext();
        }
    }

    String formOf(String form) {
        return resource("forms/" + form + ".form");
    }

    Payer payerOn(String key, Product product, LocalDate day) {
        return platform.payerOn(new CompanyId(takeover(key).companyId()), product, day)
                .orElseThrow()
                .payer();
    }

    /** Empty where nobody knows. */
    Optional<Money> balance(Firm firm) {
        return commissions.balance(firm.id());
    }

    /** How often auditors read this of a firm. */
    long toldOfProduct(String what, Firm firm) {
        return jdbc.sql("select document from audit_entry").query(String.class).list().stream()
                .filter(entry -> entry.contains('"' + what + '"')
                        && entry.contains('"' + firm.id().text() + '"'))
                .count();
    }

    List<Money> payouts(Firm firm) {
        return jdbc
                .sql("select amount from commission_payout where firm_id = ? order by paid_at")
                .param(firm.id().text())
                .query(BigDecimal.class)
                .list()
                .stream()
                .map(amount -> new Money(amount, firm.currency()))
                .toList();
    }

    /** The mails that went out about a case: what about and to whom. */
    List<String> mailKindsOf(String key) {
        return mails.of(Subject.of(key)).stream()
                .filter(mail -> mail.sentAt() != null)
                .map(mail -> mail.kind() + " to " + mail.party())
                .toList();
    }

    /** The text parts of the mails that a person received. */
    List<String> textsTo(String email) {
        return received(email).stream().map(World::text).toList();
    }

    /** The newest of them, in one line. */
    String lastTo(String email) {
        List<String> texts = textsTo(email);
        return texts.get(texts.size() - 1).replaceAll("\\s+", " ");
    }

    String inWords(Money money) {
        return new InWords(Language.EN).money(money);
    }

    private List<MimeMessage> received(String email) {
        return Arrays.stream(mailServer.getReceivedMessages())
                .filter(message -> recipients(message).contains(email))
                .toList();
    }

    private static String text(Part part) {
        try {
            if (part.isMimeType("text/plain")) {
                return (String) part.getContent();
            }
            if (part.isMimeType("multipart/*")) {
                Multipart parts = (Multipart) part.getContent();
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < parts.getCount(); i++) {
                    text.append(text(parts.getBodyPart(i)));
                }
                return text.toString();
            }
            return "";
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String path) {
        try {
            return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> recipients(MimeMessage message) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .map(address -> ((InternetAddress) address).getAddress())
                    .toList();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
