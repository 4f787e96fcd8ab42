package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.security.People;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Tenant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
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
    IdentityService identities;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private Account account;
    private Visitor accountant;

    @BeforeEach
    void givenASplitClient() {
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
        String number = String.valueOf(System.nanoTime());
        Firm firm = SampleAccounts.firm("C" + number);
        account = SampleAccounts.split(firm, "4" + number);
        transaction.executeWithoutResult(status -> {
            accounts.save(firm);
            accounts.save(List.of(account));
        });
        Tenant tenant = identities.newTenant(firm.id().text());
        identities.saveTenant(tenant);
        accountant = new Visitor(port)
                .signedInAs(
                        new People(identities).person("accountant", firm.id().text()), People.PASSWORD);
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
        String number = String.valueOf(System.nanoTime());
        Firm urgent = SampleAccounts.firm("U" + number);
        List<Account> split = Stream.of("1", "2", "3", "4")
                .map(each -> SampleAccounts.split(urgent, each + number))
                .toList();
        transaction.executeWithoutResult(status -> {
            accounts.save(urgent);
            accounts.save(split);
        });
        stops(split.get(0), IntegrationStatus.STOPPED, LocalDate.of(2026, 2, 1));
        stops(split.get(1), IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 20));
        stops(split.get(2), IntegrationStatus.ACTIVE, LocalDate.of(2026, 3, 5));
        identities.saveTenant(identities.newTenant(urgent.id().text()));
        Visitor visitor = new Visitor(port)
                .signedInAs(
                        new People(identities).person("accountant", urgent.id().text()), People.PASSWORD);

        String page = visitor.get("/clients").body();

        assertThat(page)
                .contains("Two payers stop 1 integration within seven days, and 2 within thirty.")
                .containsSubsequence(Stream.of(2, 1, 3, 0)
                        .map(each -> "<strong>" + split.get(each).client().name() + "</strong>")
                        .toList());
        assertThat(visitor.get("/clients?lang=fr").body())
                .contains("Deux payeurs arrêtent 1 intégration d’ici sept jours et 2 d’ici trente jours.");
    }

    private void stops(Account client, IntegrationStatus status, LocalDate date) {
        accounts.changeIntegration(client.client().id(), new Integration(status, date));
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
}
