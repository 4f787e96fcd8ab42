package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.pricing.SampleQuotes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** From a stored case to the mail that arrives. */
class TellPartiesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final Deadlines DEADLINES = (step, on) -> new Deadlines.Allowance(14, List.of(3, 7));
    private static final GreenMail SERVER = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final AnnotationConfigApplicationContext CONTEXT = new AnnotationConfigApplicationContext();

    private final Accounts accounts = CONTEXT.getBean(Accounts.class);
    private final Takeovers takeovers = CONTEXT.getBean(Takeovers.class);
    private final Quotes quotes = CONTEXT.getBean(Quotes.class);
    private final ConsentRequests requests = CONTEXT.getBean(ConsentRequests.class);
    private final Mails mails = CONTEXT.getBean(Mails.class);
    private final TellParties tell = CONTEXT.getBean(TellParties.class);
    private final TransactionTemplate inTransaction =
            new TransactionTemplate(CONTEXT.getBean(DataSourceTransactionManager.class));

    @BeforeAll
    static void start() {
        SERVER.start();
        HikariDataSource dataSource = TestDatabase.fresh();
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(SERVER.getSmtp().getPort());
        CONTEXT.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        CONTEXT.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        CONTEXT.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        CONTEXT.registerBean(NamedParameterJdbcTemplate.class, () -> new NamedParameterJdbcTemplate(dataSource));
        CONTEXT.registerBean(Clock.class, () -> Clock.fixed(NOW, ZoneOffset.UTC));
        CONTEXT.registerBean(JavaMailSenderImpl.class, () -> sender);
        CONTEXT.registerBean(ConsentLinks.class, () -> request -> URI.create("https://billing.example/answer"));
        CONTEXT.registerBean(Deadlines.class, () -> DEADLINES);
        CONTEXT.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "back-office.mail.from", "no-reply@billing.example",
                                "back-office.public-url", "https://billing.example")));
        CONTEXT.register(Transactions.class, CalendarOfDeadlines.class, TellParties.class);
        CONTEXT.scan(
                "org.billingtakeover.account.jdbc",
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
        String key = scheduledCase(client(Language.FR, "CA", "QC")).key();

        inTransaction.executeWithoutResult(transaction -> tell.both(key, kind));

        deliverAll(key);
        assertThat(SERVER.getReceivedMessages())
                .hasSize(2)
                .allSatisfy(mail ->
                        assertThat(text(mail)).contains("Dossier\u00a0: " + key).doesNotContain("null"));
    }

    @Test
    void scheduledChangeIsToldWithItsDateAndWhatEachPays() throws Exception {
        String key = scheduledCase(client(Language.EN, "CA", "ON")).key();

        inTransaction.executeWithoutResult(transaction -> tell.both(key, MailKind.SCHEDULED));

        deliverAll(key);
        assertThat(textTo("mireille.gagnon@example.ca"))
                .contains("From March 20, 2026 on", "bill you $0.00 a month, taxes included, instead of $120.72");
        assertThat(textTo("f-1@example.ca"))
                .contains(
                        "Le 20 mars 2026",
                        "facturera 156,94\u00a0$ par mois, taxes comprises, au lieu de 72,43\u00a0$");
    }

    @ParameterizedTest
    @CsvSource({"FR, CA, QC, true", "EN, CA, QC, true", "EN, CA, ON, false", "FR, CA, NB, false", "EN, US, QC, false"})
    @DisplayName("S47 A client in Québec is written to in French first")
    void clientInQuebecIsWrittenToInFrenchFirst(Language language, String country, String province, boolean first) {
        Takeover takeover = scheduledCase(client(language, country, province));
        ConsentRequest request = request(takeover, language);

        inTransaction.executeWithoutResult(transaction -> {
            tell.clientAbout(request, MailKind.CONSENT_REQUEST);
            tell.both(takeover.key(), MailKind.DECLINED);
        });

        assertThat(mails.ofTakeover(takeover.key()))
                .filteredOn(mail -> mail.party() == Payer.CLIENT)
                .hasSize(2)
                .allSatisfy(mail -> {
                    assertThat(mail.frenchFirst()).isEqualTo(first);
                    assertThat(mail.language()).isEqualTo(language);
                });
        assertThat(mails.ofTakeover(takeover.key()))
                .filteredOn(mail -> mail.party() == Payer.FIRM)
                .noneMatch(SentMail::frenchFirst);
    }

    @Test
    void requestNamesTheStopDateUntilItHasPassed() throws Exception {
        Account account = client(Language.EN, "CA", "ON");
        Takeover takeover = scheduledCase(account);
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
        String key = StopIntegration.keyWithoutCase(account.client());

        inTransaction.executeWithoutResult(
                transaction -> tell.integrationStopped(key, account.client().id()));

        deliverAll(key);
        assertThat(textTo("mireille.gagnon@example.ca"))
                .contains("has stopped as of March 1, 2026")
                .doesNotContain("Case", key);
        assertThat(textTo("f-1@example.ca")).doesNotContain("Dossier", key);
    }

    private String textOfRequest(Takeover takeover) throws Exception {
        SERVER.purgeEmailFromAllMailboxes();
        inTransaction.executeWithoutResult(
                transaction -> tell.clientAbout(request(takeover, Language.EN), MailKind.CONSENT_REQUEST));
        deliverAll(takeover.key());
        return textTo("mireille.gagnon@example.ca");
    }

    private void deliverAll(String key) {
        mails.ofTakeover(key).forEach(mail -> mails.deliver(mail.id()));
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
        Client sample = split.client();
        Client client = new Client(
                sample.id(),
                sample.firmId(),
                sample.companyId(),
                sample.name(),
                sample.admin(),
                language,
                country,
                province,
                sample.timeZone(),
                sample.currency(),
                sample.integration());
        Account account = new Account(firm, client, split.online(), split.time());
        accounts.save(firm);
        accounts.save(List.of(account));
        return account;
    }

    private Takeover scheduledCase(Account account) {
        String key = takeovers.nextKey(2026);
        Takeover opened = Takeover.opened(key, account, "alice", NOW);
        takeovers.addIfNoneOpen(opened);
        String quote = quotes.add(key, SampleQuotes.firmTakesTime()).number();
        Takeover scheduled = opened.quoted(Way.FIRM_TAKES_TIME, quote, null).scheduled(LocalDate.of(2026, 3, 20), NOW);
        takeovers.update(scheduled);
        request(scheduled, account.client().language());
        return scheduled;
    }

    private ConsentRequest request(Takeover takeover, Language language) {
        ConsentRequest request = new ConsentRequest(
                UUID.randomUUID(),
                takeover.key(),
                takeover.way(),
                String.valueOf(takeover.quoteNumber()),
                "Mireille Gagnon",
                "mireille.gagnon@example.ca",
                language,
                LocalDate.of(2026, 3, 15),
                ConsentRequest.Status.OPEN,
                NOW,
                null);
        requests.openOf(takeover.key())
                .ifPresent(open -> requests.update(open.ended(ConsentRequest.Status.SUPERSEDED)));
        requests.add(request);
        return request;
    }

    @Configuration
    @EnableTransactionManagement
    static class Transactions {}
}
