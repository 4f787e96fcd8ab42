package org.billingtakeover;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.billing.ledger.LedgerBillsForTests;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.HandOverPayouts;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.DisownQuestion;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The demo, whose first firm has a case at every point where a page looks different. Jobs run when it says so. */
final class SampleCases implements AutoCloseable {

    private final ConfigurableApplicationContext product;
    private final Iterator<Account> clients;

    SampleCases(Path data) {
        int port = freePort();
        product = new SpringApplicationBuilder(BackOffice.class)
                .profiles("demo")
                .run(
                        "--server.port=" + port,
                        "--back-office.public-url=http://localhost:" + port,
                        "--back-office.demo.data-folder=" + DataFolder.prepared(data),
                        "--camunda.bpm.job-execution.enabled=false");
        if (firstFirmIsBilledToday()) {
            // Nothing can be opened on that day.
            Visitor visitor = new Visitor(port);
            visitor.get("/demo");
            visitor.post("/demo/clock/day", Map.of());
        }
        clients = bean(Accounts.class).ofFirm(new FirmId("F-100"), "", 0, 100).stream()
                .filter(each -> each.arrangement() == BillingArrangement.SPLIT)
                .filter(each ->
                        bean(CheckEligibility.class).reasonsAgainst(each).isEmpty())
                .iterator();
    }

    String origin() {
        return "http://localhost:" + product.getEnvironment().getProperty("local.server.port");
    }

    /** A case whose new cost waits to be reviewed. */
    String opened() {
        return ((OpenTakeover.Opened)
                        bean(OpenTakeover.class).open(clients.next().client().id(), "alice"))
                .key()
                .text();
    }

    /** The first firm is paid because of a case, and its last quarter was carried over. */
    void commissionPaid(String key) {
        FirmId firm = new FirmId("F-100");
        bean(Commissions.class)
                .payWholeBalance(firm, new TakeoverKey(key), bean(Clock.class).instant());
        bean(HandOverPayouts.class).handOver();
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> bean(JdbcClient.class)
                        .sql("insert into commission_quarter values (?, '2025-Q4', 120, 250, 'CAD', now(), null)")
                        .param(firm.text())
                        .update());
    }

    /** A bill of the first firm, with something given back. */
    BillNumber billed() {
        Account client =
                bean(Accounts.class).ofFirm(new FirmId("F-100"), "", 0, 1).get(0);
        Charge charge = bean(MakeCharge.class)
                .month(
                        client,
                        client.online(),
                        Payer.FIRM,
                        PriceBasis.WHOLESALE,
                        LocalDate.ofInstant(
                                bean(Clock.class).instant(), client.firm().timeZone()));
        LocalDate day = LocalDate.of(2026, 1, 31);
        return new LedgerBillsForTests(product)
                .made(
                        Bill.Party.firm(client.firm().id()),
                        day,
                        client.client().currency(),
                        List.of(
                                new Bill.Line(client.client().companyId(), "PLUS", charge, day, day.plusMonths(1)),
                                new Bill.Line(
                                        client.client().companyId(),
                                        "PLUS",
                                        charge.credit(3, 31),
                                        day.minusDays(3),
                                        day)));
    }

    /** Whether the line to the billing platform is down. */
    void platformIsDown(boolean isDown) {
        bean(PlatformDesk.class).down(isDown);
    }

    /** A case whose client has been asked. */
    String asked() {
        String key = opened();
        Task review = bean(TaskService.class)
                .createTaskQuery()
                .processInstanceBusinessKey(key)
                .singleResult();
        IdentityService identities = bean(IdentityService.class);
        identities.setAuthentication("alice", List.of("accountant"), List.of("F-100"));
        try {
            Object quote = bean(Takeovers.class)
                    .takeover(new TakeoverKey(key))
                    .state()
                    .quote()
                    .orElseThrow();
            bean(TaskService.class).claim(review.getId(), "alice");
            bean(TaskService.class)
                    .complete(
                            review.getId(),
                            Map.of("decision", "takeOver", "acknowledged", true, "quoteNumber", String.valueOf(quote)));
        } finally {
            identities.clearAuthentication();
        }
        runDue();
        return key;
    }

    /** A case whose client has confirmed or declined. */
    String answered(boolean confirmed) {
        String key = asked();
        ConsentRequest request = firstQuestion(key);
        bean(AnswerRequest.class)
                .answer(
                        request.id(),
                        new ConsentRequest.Answer(
                                confirmed,
                                "Mireille Gagnon",
                                "Propriétaire",
                                ConsentRequest.Channel.LINK,
                                null,
                                Language.FR,
                                "127.0.0.1",
                                null,
                                bean(Clock.class).instant()));
        runDue();
        return key;
    }

    /** A case whose firm makes its changes itself, and says that it has. */
    String changedByHand() {
        Accounts accounts = bean(Accounts.class);
        Firm firm = accounts.firm(new FirmId("F-100"));
        accounts.save(firm.changingOn(PlatformName.BY_HAND));
        TakeoverKey key = new TakeoverKey(answered(true));
        accounts.save(firm);
        MakeByHand byHand = bean(MakeByHand.class);
        // The product asks its platforms by threads of its own.
        await().atMost(Duration.ofMinutes(2)).until(() -> byHand.ofCase(key).isPresent());
        BookingKey booking = byHand.ofCase(key).orElseThrow().order().key();
        byHand.answer(booking, "alice", MakeByHand.Answer.MADE, null);
        return key.text();
    }

    /** A case that the firm withdrew while the client was thinking. */
    String withdrawn() {
        String key = asked();
        bean(Withdraw.class).byFirm(new TakeoverKey(key), "alice");
        runDue();
        return key;
    }

    /** A case whose client confirmed and then took it back. */
    String takenBack() {
        String key = answered(true);
        bean(Withdraw.class).byClient(new TakeoverKey(key));
        runDue();
        return key;
    }

    /** A case whose question was not for whoever read it. */
    String disowned() {
        String key = asked();
        bean(DisownQuestion.class).run(firstQuestion(key).id());
        runDue();
        return key;
    }

    /** A case whose question is brought into a state that only time or another price list would bring. */
    String askedAndThen(String change) {
        String key = asked();
        UUID request = firstQuestion(key).id();
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> bean(JdbcClient.class)
                        .sql("update consent_request set " + change + " where id = ?")
                        .param(request)
                        .update());
        return key;
    }

    /** Makes a client of the second firm one that the first firm lists too. */
    void disputed() {
        new TransactionTemplate(bean(PlatformTransactionManager.class))
                .executeWithoutResult(status -> bean(JdbcClient.class).sql("""
                                update client set company_id = (select max(company_id) from client where firm_id = 'F-100')
                                where id = (select id from client where firm_id = 'F-200' order by company_id limit 1)
                                """).update());
    }

    /** Where the link of a case's first question leads. */
    String firstLink(String key) {
        return link(firstQuestion(key));
    }

    /** Where the link of a case's newest question leads. */
    String lastLink(String key) {
        List<ConsentRequest> all = bean(ConsentRequests.class).of(new TakeoverKey(key));
        return link(all.get(all.size() - 1));
    }

    private ConsentRequest firstQuestion(String key) {
        return bean(ConsentRequests.class).of(new TakeoverKey(key)).get(0);
    }

    private String link(ConsentRequest request) {
        return bean(ConsentLinks.class).link(request.id()).getPath();
    }

    private void runDue() {
        ManagementService management = bean(ManagementService.class);
        for (List<Job> due = due(management); !due.isEmpty(); due = due(management)) {
            due.forEach(job -> management.executeJob(job.getId()));
        }
    }

    private static List<Job> due(ManagementService management) {
        return management.createJobQuery().executable().list();
    }

    private boolean firstFirmIsBilledToday() {
        ZonedDateTime today = bean(Clock.class)
                .instant()
                .atZone(bean(Accounts.class).firm(new FirmId("F-100")).timeZone());
        return today.toLocalDate().plusDays(1).getDayOfMonth() == 1;
    }

    private <T> T bean(Class<T> type) {
        return product.getBean(type);
    }

    /** The links in mails name the port, so it must be known before the start. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        product.close();
    }
}
