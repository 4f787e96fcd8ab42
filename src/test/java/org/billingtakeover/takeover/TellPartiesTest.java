package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import com.icegreen.greenmail.util.GreenMail;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.TestMailServer;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.ForeseeFirstBill;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.notification.Outbox;
import org.billingtakeover.notification.mail.MailsAlone;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.SalesTaxes;
import org.billingtakeover.pricing.SampleQuotes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** From a stored case to the mail that arrives. */
@Tag("slow")
class TellPartiesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final Deadlines DEADLINES = (step, on) -> new Deadlines.Allowance(14, List.of(3, 7));
    private static final GreenMail SERVER = new TestMailServer();
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    private final Accounts accounts = CONTEXT.getBean(Accounts.class);
    private final Takeovers takeovers = CONTEXT.getBean(Takeovers.class);
    private final Quotes quotes = CONTEXT.getBean(Quotes.class);
    private final ConsentRequests requests = CONTEXT.getBean(ConsentRequests.class);
    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final Outbox outbox = CONTEXT.getBean(Outbox.class);
    private final CaseFiles files = CONTEXT.getBean(CaseFiles.class);
    private final TellParties tell = CONTEXT.getBean(TellParties.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));

    @BeforeAll
    static void start() {
        SERVER.start();
        HikariDataSource dataSource = TestDatabase.fresh();
        CONTEXT.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        MailsAlone.surround(
                CONTEXT,
                dataSource,
                Clock.fixed(NOW, ZoneOffset.UTC),
                MailsAlone.sender(SERVER),
                request -> URI.create("https://billing.example/answer"));
        CONTEXT.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        CONTEXT.registerBean(Deadlines.class, () -> DEADLINES);
        CONTEXT.registerBean(
                TakeoverFlow.class, () -> InMemory.port(TakeoverFlow.class, (proxy, method, given) -> false));
        CONTEXT.registerBean(
                PriceList.class,
                () -> (product, plan, currency, basis, on) ->
                        new PriceList.Price(Money.of("20.00", currency), Money.of("10.00", currency), "March"));
        CONTEXT.registerBean(SalesTaxes.class, () -> (country, province, on) -> List.of());
        CONTEXT.register(
                CalendarOfDeadlines.class,
                MakeCharge.class,
                ForeseeFirstBill.class,
                ExpectFirstBill.class,
                TellParties.class,
                Postbox.class,
                CaseFiles.class);
        CONTEXT.scan(
                "org.billingtakeover.account.jdbc",
                "org.billingtakeover.billing.jdbc",
                "org.billingtakeover.takeover.jdbc",
                "org.billingtakeover.notification.mail");
        CONTEXT.refresh();
    }

    @AfterAll
    static void stop() {
        CONTEXT.close();
        SERVER.stop();
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
    }

    @ParameterizedTest
    @EnumSource(
            value = MailKind.class,
            names = {"SCHEDULED", "DATE_MOVED", "SWITCHED", "DECLINED", "EXPIRED", "WITHDRAWN", "NOTHING_TO_TAKE_OVER"})
    void whatFirmAndClientAreToldHasWords(MailKind kind) throws Exception {
        TakeoverKey key = scheduledCase(client(Language.FR, "CA", "QC"));

        inTransaction.executeWithoutResult(transaction -> tell.both(files.read(key), kind));

        deliverAll(key);
        assertThat(SERVER.getReceivedMessages())
                .hasSize(2)
                .allSatisfy(mail ->
                        assertThat(text(mail)).contains("Dossier\u00a0: " + key).doesNotContain("null"));
    }

    @Test
    void scheduledChangeIsToldWithItsDateAndWhatEachPays() throws Exception {
        TakeoverKey key = scheduledCase(client(Language.EN, "CA", "ON"));

        inTransaction.executeWithoutResult(transaction -> tell.both(files.read(key), MailKind.SCHEDULED));

        deliverAll(key);
        assertThat(textTo("mireille.gagnon@example.ca"))
                .contains("From March 20, 2026 on", "bill you $0.00 a month, taxes included, instead of $120.72");
        assertThat(textTo("f-1@cabinet.example"))
                .contains(
                        "Le 20 mars 2026",
                        "facturera 156,94\u00a0$ par mois, taxes comprises, au lieu de 72,43\u00a0$");
    }

    @ParameterizedTest
    @CsvSource({"FR, CA, QC, true", "EN, CA, QC, true", "EN, CA, ON, false", "FR, CA, NB, false", "EN, US, QC, false"})
    @DisplayName("S47 A client in Québec is written to in French first")
    void clientInQuebecIsWrittenToInFrenchFirst(Language language, String country, String province, boolean first) {
        TakeoverKey key = scheduledCase(client(language, country, province));
        ConsentRequest request = request(key, language);

        inTransaction.executeWithoutResult(transaction -> {
            tell.clientAbout(files.read(key), request, MailKind.CONSENT_REQUEST);
            tell.both(files.read(key), MailKind.DECLINED);
        });

        assertThat(mails.of(key))
                .filteredOn(mail -> mail.party() == Payer.CLIENT)
                .hasSize(2)
                .allSatisfy(mail -> {
                    assertThat(mail.frenchFirst()).isEqualTo(first);
                    assertThat(mail.language()).isEqualTo(language);
                });
        assertThat(mails.of(key)).filteredOn(mail -> mail.party() == Payer.FIRM).noneMatch(SentMail::frenchFirst);
    }

    @Test
    void requestNamesTheStopDateUntilItHasPassed() throws Exception {
        Account account = client(Language.EN, "CA", "ON");
        TakeoverKey takeover = scheduledCase(account);
        UUID clientId = account.client().id();

        accounts.changeIntegration(clientId, new Integration(IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 3)));
        assertThat(textOfRequest(takeover)).contains("QuickBooks Time stops on March 3, 2026:");
        accounts.changeIntegration(clientId, new Integration(IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 2)));
        assertThat(textOfRequest(takeover)).contains("QuickBooks Time stops on March 2, 2026:");
        accounts.changeIntegration(clientId, new Integration(IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 1)));
        assertThat(textOfRequest(takeover)).contains("QuickBooks Time stops:");
        accounts.changeIntegration(clientId, new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 3, 2)));
        assertThat(textOfRequest(takeover))
                .contains("QuickBooks Time stays stopped, as it has been since March 2, 2026:");
    }

    @Test
    void stopWithoutACaseIsTold() throws Exception {
        Account account = client(Language.EN, "CA", "ON");
        accounts.changeIntegration(
                account.client().id(), new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 3, 1)));
        ClientKey key = new ClientKey(account.client().id());

        inTransaction.executeWithoutResult(transaction ->
                tell.integrationStopped(key, accounts.account(account.client().id()), Optional.empty()));

        deliverAll(key);
        assertThat(textTo("mireille.gagnon@example.ca"))
                .contains("has stopped as of March 1, 2026")
                .doesNotContain("Case", key.text());
        assertThat(textTo("f-1@cabinet.example")).doesNotContain("Dossier", key.text());
    }

    private String textOfRequest(TakeoverKey key) throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        inTransaction.executeWithoutResult(
                transaction -> tell.clientAbout(files.read(key), request(key, Language.EN), MailKind.CONSENT_REQUEST));
        deliverAll(key);
        return textTo("mireille.gagnon@example.ca");
    }

    private void deliverAll(Subject about) {
        outbox.drain();
        assertThat(mails.of(about)).allMatch(mail -> mail.sentAt() != null);
    }

    private static String textTo(String address) throws Exception {
        for (MimeMessage mail : SERVER.getReceivedMessages()) {
            if (mail.getHeader("To", ",").contains(address)) {
                return text(mail);
            }
        }
        throw new AssertionError("No mail to " + address);
    }

    private static String text(MimeMessage mail) throws Exception {
        return (String) ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
    }

    private Account client(Language language, String country, String province) {
        Firm firm = SampleAccounts.firm("F-1");
        Account split = SampleAccounts.split(firm, "C-" + UUID.randomUUID());
        Account account = like(
                split, "client", like(split.client(), "language", language, "country", country, "province", province));
        accounts.save(firm);
        accounts.save(List.of(account));
        return account;
    }

    private TakeoverKey scheduledCase(Account account) {
        TakeoverKey key = takeovers.nextKey(2026);
        Takeover requested = Takeover.requested(key, account, "alice", NOW);
        takeovers.addIfNoneOpen(requested);
        Quote quote = SampleQuotes.firmTakesTime().numbered(quotes.next());
        quotes.add(key, new Quotes.Kept(quote, quote.number()));
        Offer.FirmTakesTime offer = new Offer.FirmTakesTime(quote.number(), new Acknowledgement("alice", NOW));
        takeovers.update(requested.in(new State.Acknowledged(offer)));
        takeovers.update(requested.in(new State.Scheduled(
                new Change(offer, quote.number(), LocalDate.of(2026, 3, 20)), NOW, NOW.plusSeconds(7200), 0)));
        request(key, account.client().language());
        return key;
    }

    private ConsentRequest request(TakeoverKey key, Language language) {
        ConsentRequest request = new ConsentRequest(
                UUID.randomUUID(),
                key,
                Way.FIRM_TAKES_TIME,
                files.read(key).quote().orElseThrow().number(),
                "Mireille Gagnon",
                "mireille.gagnon@example.ca",
                language,
                LocalDate.of(2026, 3, 15),
                ConsentRequest.Status.OPEN,
                NOW,
                null);
        files.read(key).openQuestion().ifPresent(open -> requests.update(open.ended(ConsentRequest.Status.SUPERSEDED)));
        requests.add(request);
        return request;
    }
}
