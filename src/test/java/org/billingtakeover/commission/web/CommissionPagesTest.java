package org.billingtakeover.commission.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.Firm;
import org.billingtakeover.commission.ClientBill;
import org.billingtakeover.commission.EarnCommissions;
import org.billingtakeover.commission.HandOverPayouts;
import org.billingtakeover.commission.PayQuarters;
import org.billingtakeover.kernel.Money;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("S78 Commissions")
class CommissionPagesTest {

    @Autowired
    Accounts accounts;

    @Autowired
    EarnCommissions earn;

    @Autowired
    PayQuarters quarters;

    @Autowired
    HandOverPayouts payouts;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    private Firm firm;
    private Account client;
    private Account another;
    private String accountant;

    @BeforeEach
    void givenAFirm() {
        door.opens();
        firm = door.firm("C");
        client = door.client(firm, "7");
        another = door.client(firm, "6");
        accountant = door.person("accountant", firm);
    }

    @Test
    @DisplayName(
            "are not known, and not 0, where neither bill nor list told of them, and the statement says what that means")
    void notKnown() {
        assertThat(statement("en"))
                .contains("Not known", "neither a bill of the platform nor a list has told of it", "nothing is paid")
                .doesNotContain("$0.00");
        assertThat(statement("fr")).contains("Inconnu", "ni une facture de la plateforme ni une liste");
    }

    @Test
    @DisplayName(
            "stand on the firm’s statement with balance, threshold, next date and the source of each entry, in both languages")
    void statement() {
        earned();

        assertThat(statement("en"))
                .containsSubsequence(
                        "the balance is below $250.00: on April 1, 2026 it is carried over",
                        "$110.00",
                        "April 1, 2026",
                        "$250.00",
                        "30 % of what clients are billed",
                        "first 12 months",
                        "Bill B-77: 30 % of $100.00",
                        "+$30.00",
                        "List as of that day",
                        "+$80.00");
        assertThat(statement("fr"))
                .contains("110,00\u00a0$", "1er avril 2026", "Facture B-77\u00a0: 30\u00a0% de 100,00\u00a0$");
    }

    @Test
    @DisplayName("carried over and paid quarters stand there, with the payouts and where they are")
    void quarters() {
        earned();
        settle("2026-04-01T12:00:00Z");
        assertThat(statement("en")).containsSubsequence("Quarter 1 of 2026", "$110.00", "Carried over, below $250.00");

        listed(another, "400.00", LocalDate.of(2026, 6, 1));
        settle("2026-07-01T12:00:00Z");
        assertThat(statement("en"))
                .containsSubsequence(
                        "July 1, 2026",
                        "Quarter 2 of 2026",
                        "$510.00",
                        "About to be handed over",
                        "Quarter 2 of 2026",
                        "Paid",
                        "Paid for quarter 2 of 2026");
        assertThat(statement("fr"))
                .contains("Versé pour le trimestre 2 de 2026")
                .doesNotContain("QuickBooks Online");

        payouts.handOver();
        assertThat(statement("en")).contains("Handed over for payment on July 1, 2026");
    }

    @Test
    @DisplayName("of one firm are nobody else’s, and billing operations see each firm’s")
    void ownFirmAlone() {
        earned();
        Visitor stranger = door.signedIn("accountant", door.firm("D"));
        Visitor operations = door.signedIn("billing-operations", null);

        assertThat(stranger.get("/commissions?firm=" + firm.id()).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/commissions").body()).doesNotContain(firm.name(), "$110.00");
        assertThat(operations.get("/commissions?firm=" + firm.id() + "&lang=en").body())
                .contains(firm.name(), "$110.00");
        assertThat(door.signedIn("client-support", null).get("/commissions").statusCode())
                .isEqualTo(403);
    }

    @Test
    @DisplayName(
            "are handed over in a payments file for billing operations alone, one line a payout, that no spreadsheet runs")
    void paymentsFile() {
        Firm formula = like(firm, "name", "=1+1");
        transaction.executeWithoutResult(status -> accounts.save(formula));
        listed(client, "1234.50", LocalDate.of(2026, 3, 1));
        settle("2026-04-01T12:00:00Z");
        payouts.handOver();
        Visitor operations = door.signedIn("billing-operations", null);

        HttpResponse<String> file = operations.get("/commissions/payments.csv");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains("payments-2026-04-01.csv"));
        assertThat(file.body()).startsWith("\uFEFFkey,firm,name,amount,currency,date,reference");
        assertThat(file.body().lines())
                .filteredOn(line -> line.contains(firm.id().text()))
                .containsExactly("%1$s-2026-Q1,%1$s,'=1+1,1234.50,CAD,2026-04-01,2026-Q1".formatted(firm.id()));
        assertThat(operations.get("/commissions/payments?lang=en").body())
                .contains(firm.id() + "-2026-Q1", "$1,234.50", "2026-Q1");
        assertThat(door.signedIn(accountant).get("/commissions/payments.csv").statusCode())
                .isEqualTo(403);
        assertThat(door.signedIn(accountant).get("/commissions/payments").statusCode())
                .isEqualTo(403);
    }

    private void earned() {
        listed(client, "80.00", LocalDate.of(2026, 2, 1));
        earn.earnedOn(new ClientBill(
                firm.id(),
                client.time(),
                "B-77",
                Money.of("100.00", firm.currency()),
                LocalDate.of(2025, 12, 20),
                LocalDate.of(2026, 2, 20)));
    }

    private void listed(Account of, String amount, LocalDate asOf) {
        earn.on(new CommissionsListed(
                firm.id(), asOf, List.of(new Unpaid(of.time().id(), Money.of(amount, firm.currency())))));
    }

    private void settle(String instant) {
        clock.set(Instant.parse(instant));
        boolean more = true;
        while (more) {
            more = quarters.settleNext();
        }
    }

    private String statement(String language) {
        HttpResponse<String> answer = door.signedIn(accountant).get("/commissions?lang=" + language);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
