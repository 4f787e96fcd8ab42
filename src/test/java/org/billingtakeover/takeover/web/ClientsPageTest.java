package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Doubts.PayerClaim;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.notification.DailyDigests;
import org.billingtakeover.takeover.Invitations;
import org.billingtakeover.takeover.Invitations.Cost;
import org.billingtakeover.takeover.Invitations.Difference;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The page of a firm's clients")
class ClientsPageTest {

    @Autowired
    Accounts accounts;

    @Autowired
    Takeovers takeovers;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    OpenTakeover open;

    @Autowired
    Doubts doubts;

    @Autowired
    Invitations invitations;

    @Autowired
    DailyDigests digests;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private Account account;
    private Visitor accountant;

    @BeforeEach
    void givenASplitClient() {
        door.opens();
        Firm firm = door.firm("C");
        account = door.client(firm, "4");
        accountant = door.signedIn("accountant", firm);
    }

    @Test
    @DisplayName("shows how a client is billed, what is at risk, and what can be done about it")
    void showsTheClient() {
        String page = accountant.get("/clients").body();

        assertThat(page).contains(account.client().name(), "Separate bills", "Stops on June 30, 2026", "Update now");
    }

    @Test
    @DisplayName("begins with what stops soonest, and counts above what stops within a week and a month")
    void urgentFirst() {
        Firm urgent = door.firm("U");
        List<Account> split = Stream.of("1", "2", "3", "4")
                .map(each -> door.client(urgent, each))
                .toList();
        stops(split.get(0), IntegrationStatus.STOPPED, LocalDate.of(2026, 2, 1));
        stops(split.get(1), IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 20));
        stops(split.get(2), IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 5));
        Visitor visitor = door.signedIn("accountant", urgent);

        String page = visitor.get("/clients").body();

        assertThat(page)
                .contains("Because of two payers, 1 integration stops within seven days, 2 within thirty.")
                .containsSubsequence(Stream.of(2, 1, 3, 0)
                        .map(each -> "<strong>" + split.get(each).client().name() + "</strong>")
                        .toList());
        assertThat(visitor.get("/clients?lang=fr").body())
                .contains(
                        "À cause de deux payeurs, 1 intégration s’interrompt d’ici sept jours, 2 d’ici trente jours.");
    }

    private void stops(Account client, IntegrationStatus status, LocalDate date) {
        accounts.changeIntegration(client.client().id(), new Integration(status, date));
    }

    @Test
    @DisplayName(
            "says that an integration stops only where it is to stop: not once a change is agreed, nor while a doubt holds the client")
    void nothingFalse() {
        stops(account, IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 20));
        assertThat(accountant.get("/clients").body())
                .contains("Stops on March 20, 2026", "Because of two payers, no integration stops");
        assertThat(accountant.get("/").body()).contains("Stops on March 20, 2026");

        doubts.raise(List.of(new PayerClaim(account.client().id(), Product.QUICKBOOKS_TIME, Payer.FIRM)), TODAY);
        assertThat(accountant.get("/clients").body())
                .contains("In doubt: nothing stops before that is settled")
                .doesNotContain("Stops on", "Because of two payers");
        transaction.executeWithoutResult(status -> jdbc.sql("delete from client_doubt where client_id = ?")
                .param(account.client().id())
                .update());

        String key = door.opened(account);
        assertThat(accountant.get("/clients").body()).contains("Stops on March 20, 2026");
        scheduled(key);

        assertThat(accountant.get("/clients").body())
                .contains("Goes on: the payer changes on March 28, 2026")
                .doesNotContain("Stops on", "Two payers stop");
        assertThat(accountant.get("/cases/" + key).body())
                .contains("the case waits for March 28, 2026, when the payer changes by itself")
                .doesNotContain("Separate bills stop the integration on");
        assertThat(accountant.get("/").body()).doesNotContain("Stops on");
    }

    private void scheduled(String key) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                        update takeover set stage = 'SCHEDULED', agreed_quote_number = quote_number, billing_date = '2026-03-28',
                            due = '2026-03-28 04:00+00', cut_off = '2026-03-28 06:00+00', acknowledged_by = 'alice', acknowledged_at = opened_at
                        where key = ?
                        """).param(key).update());
    }

    @Test
    @DisplayName(
            "S80 shows the firm that is invited what each way changes a month, beside Update now, on the start page too")
    void invited() {
        UUID client = account.client().id();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into invitation (client_id, found_on) values (?, '2026-03-01')")
                    .param(client)
                    .update();
            invitations.invited(
                    client, clock.instant(), new Cost(difference("31.50", "-40.25"), difference("-52.00", "60.00")));
        });

        for (String path : List.of("/clients", "/")) {
            assertThat(withoutMarks(accountant.get(path + "?lang=en").body()))
                    .as(path)
                    .contains("Stops on June 30, 2026", "/clients/" + client + "/takeover")
                    .containsSubsequence(
                            "Two payers were found on March 1, 2026",
                            "The firm takes over QuickBooks Time: firm +$31.50, client \u2212$40.25",
                            "The client takes over QuickBooks Online: firm \u2212$52.00, client +$60.00");
            assertThat(withoutMarks(accountant.get(path + "?lang=fr").body()))
                    .as(path)
                    .contains(
                            "cabinet +31,50\u00a0$, client \u221240,25\u00a0$",
                            "Deux payeurs constatés le 1er mars 2026");
        }
        open.open(client, "alice");
        assertThat(accountant.get("/clients?lang=en").body()).doesNotContain("Two payers were found");
        assertThat(accountant.get("/").body()).doesNotContain("Two payers were found", "Stops on");
    }

    @Test
    @DisplayName("S80 tells the client's own day on which two payers were found")
    void foundOnTheClientsDay() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("delete from invitation").update());
        // In Toronto it is still the evening of the second.
        invitations.found(Instant.parse("2026-03-03T02:00:00Z"), 1_000);

        assertThat(invitations.of(account.client().id()))
                .get()
                .extracting(Invitations.Invitation::foundOn)
                .isEqualTo(LocalDate.of(2026, 3, 2));
    }

    private static Difference difference(String firm, String client) {
        Currency currency = Currency.getInstance("CAD");
        return new Difference(Money.of(firm, currency), Money.of(client, currency));
    }

    @Test
    @DisplayName("lets a firm choose one mail a day, for itself alone, and takes that into the trail")
    void mails() {
        FirmId firm = account.firm().id();
        assertThat(accountant.get("/clients").body()).contains("The firm gets a mail for each thing that happens.");

        accountant.post("/clients/mails", Map.of("firm", firm.text(), "daily", "true"));

        assertThat(digests.areWishedBy(firm)).isTrue();
        assertThat(accountant.get("/clients").body())
                .contains("The firm gets one mail a day, in the morning.", "A mail for each thing that happens");
        assertThat(jdbc.sql("select document from audit_entry where what = 'MAILS_CHOSEN' and document like ?")
                        .param("%" + firm.text() + "%")
                        .query(String.class)
                        .list())
                .singleElement()
                .asString()
                .contains("true");
        Firm other = door.firm("M");
        assertThat(accountant
                        .post("/clients/mails", Map.of("firm", other.id().text(), "daily", "true"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(digests.areWishedBy(other.id())).isFalse();

        accountant.get("/clients");
        accountant.post("/clients/mails", Map.of("firm", firm.text(), "daily", "false"));
        assertThat(digests.areWishedBy(firm)).isFalse();
    }

    @Test
    @DisplayName("says that a price is missing, and keeps nothing of the case")
    void missingPrice() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update subscription set plan = 'Unheard of' where client_id = ?")
                        .param(account.client().id())
                        .update());
        accountant.get("/clients");

        accountant.post("/clients/" + account.client().id() + "/takeover", Map.of());

        assertThat(accountant.get("/clients").body())
                .contains("The price list has no price for one of this client’s plans.");
        assertThat(takeovers.ofClient(account.client().id())).isEmpty();
    }

    @Test
    @DisplayName("S79 offers option 2 beside the reasons against option 1, and leads to the case")
    void optionTwo() {
        assertThat(accountant.get("/clients").body()).doesNotContain("Offer option 2");
        clock.set(Instant.parse("2026-03-15T15:00:00Z"));
        assertThat(accountant.get("/clients").body()).contains("own bill date", "Offer option 2");

        accountant.post("/clients/" + account.client().id() + "/option-two", Map.of());

        Takeover opened = takeovers.ofClient(account.client().id()).get(0);
        assertThat(opened.state().way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        assertThat(accountant.get("/cases/" + opened.key()).body()).contains("Firm offers the client option 2");
    }

    @Test
    @DisplayName("S79 says what is against option 2 as well, and offers it no more")
    void norOptionTwo() {
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update subscription set included_in_payroll = true where client_id = ? and product = 'QUICKBOOKS_TIME'")
                .param(account.client().id())
                .update());

        assertThat(accountant.get("/clients").body())
                .contains("Nor can option 2 be offered to the client:")
                .doesNotContain(">Offer option 2<");
        accountant.post("/clients/" + account.client().id() + "/option-two", Map.of());
        assertThat(accountant.get("/clients?firm=" + account.firm().id()).body())
                .contains("No take-over was opened for " + account.client().name());
    }

    @Test
    @DisplayName("says why no case can be opened, and from when one can")
    void notNow() {
        clock.set(Instant.parse("2026-03-15T15:00:00Z"));
        accountant.get("/clients");

        accountant.post("/clients/" + account.client().id() + "/takeover", Map.of());

        assertThat(accountant.get("/clients").body()).contains("own bill date. Possible from March 16, 2026");
    }

    /** What keeps an amount and its sign together in a line. */
    private static String withoutMarks(String page) {
        return page.replaceAll("</?span[^>]*>", "");
    }
}
