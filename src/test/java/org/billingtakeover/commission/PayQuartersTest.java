package org.billingtakeover.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.commission.Quarters.Settled;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CommissionTest
@DisplayName("S78 At the end of a quarter")
class PayQuartersTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    @Autowired
    PayQuarters pay;

    @Autowired
    EarnCommissions earn;

    @Autowired
    Commissions commissions;

    @Autowired
    Quarters quarters;

    @Autowired
    Statements statements;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    /** Each test works on a firm of its own. */
    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());

    private final Account account = SampleAccounts.split(firm, "C-1");
    private final Account other = SampleAccounts.split(firm, "C-2");

    @BeforeEach
    void store() {
        accounts.save(firm);
        accounts.save(List.of(account, other));
        clock.set(Instant.parse("2026-03-02T15:00:00Z"));
    }

    /** Firms of other tests are settled, whatever the clock says. */
    @BeforeEach
    void nothingIsLeft() {
        transaction.executeWithoutResult(status -> jdbc.sql("update commission_account set settled_to = '2099-12-31'")
                .update());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"249.99, 0.00, 249.99", "250.00, 250.00, 0.00", "250.01, 250.01, 0.00"})
    @DisplayName("a balance of the threshold of the table is paid, and below it carried over, either of which is kept")
    void threshold(String earned, String paid, String left) {
        listed(account, earned, LocalDate.of(2026, 3, 1));

        itIs("2026-04-01T04:00:00Z");

        assertThat(settled()).singleElement().satisfies(each -> {
            assertThat(each.quarter()).isEqualTo(new Quarter(2026, 1));
            assertThat(each.balance()).isEqualTo(Money.of(earned, CAD));
            assertThat(each.threshold()).isEqualTo(Money.of("250.00", CAD));
        });
        assertThat(payouts())
                .isEqualTo(paid.equals("0.00") ? List.of() : List.of(tuple("2026-Q1", Money.of(paid, CAD))));
        assertThat(commissions.balance(firm.id())).hasValue(Money.of(left, CAD));
    }

    @Test
    @DisplayName("nothing is settled before midnight in the firm's own time zone, and once then")
    void midnightOfTheFirm() {
        listed(account, "300.00", LocalDate.of(2026, 3, 1));

        itIs("2026-04-01T03:59:59Z");
        assertThat(settled()).isEmpty();

        itIs("2026-04-01T04:00:00Z");
        itIs("2026-04-02T04:00:00Z");
        assertThat(settled()).hasSize(1);
        assertThat(payouts()).containsExactly(tuple("2026-Q1", Money.of("300.00", CAD)));
    }

    @Test
    @DisplayName("what is carried over is paid with a later quarter that reaches the threshold of its own last day")
    void carriedOver() {
        listed(account, "240.00", LocalDate.of(2026, 3, 1));
        itIs("2026-04-01T12:00:00Z");
        listed(account, "390.00", LocalDate.of(2026, 8, 1));
        itIs("2026-10-01T12:00:00Z");
        assertThat(payouts()).isEmpty();

        listed(account, "400.00", LocalDate.of(2026, 11, 1));
        itIs("2027-01-01T12:00:00Z");

        assertThat(payouts()).containsExactly(tuple("2026-Q4", Money.of("400.00", CAD)));
        assertThat(settled())
                .extracting(each -> each.quarter().text(), Settled::balance)
                .containsExactly(
                        tuple("2026-Q1", Money.of("240.00", CAD)),
                        tuple("2026-Q2", Money.of("240.00", CAD)),
                        tuple("2026-Q3", Money.of("390.00", CAD)),
                        tuple("2026-Q4", Money.of("400.00", CAD)));
    }

    @Test
    @DisplayName("what was missed while no server ran is made up for, each quarter with what was earned by its end")
    void missedQuarters() {
        listed(account, "260.00", LocalDate.of(2026, 3, 1));
        listed(other, "255.00", LocalDate.of(2026, 4, 20));

        itIs("2026-07-02T12:00:00Z");

        assertThat(payouts())
                .containsExactlyInAnyOrder(
                        tuple("2026-Q1", Money.of("260.00", CAD)), tuple("2026-Q2", Money.of("255.00", CAD)));
    }

    @Test
    @DisplayName("what a list has taken back since is not paid")
    void takenBack() {
        listed(account, "260.00", LocalDate.of(2026, 3, 1));
        listed(account, "10.00", LocalDate.of(2026, 4, 1));

        itIs("2026-04-01T12:00:00Z");

        assertThat(payouts()).isEmpty();
        assertThat(commissions.balance(firm.id())).hasValue(Money.of("10.00", CAD));
    }

    @Test
    @DisplayName("a firm of which neither a bill nor a list has told is not paid, and has no balance that would be 0")
    void notKnown() {
        itIs("2026-04-01T12:00:00Z");

        assertThat(settled()).isEmpty();
        assertThat(commissions.balance(firm.id())).isEmpty();
    }

    @Test
    @DisplayName("a firm for whose quarter the table has no row waits for it, and keeps nobody else waiting")
    void withoutTerms() {
        listed(account, "300.00", LocalDate.of(2026, 3, 1));
        Firm early = SampleAccounts.firm("F-" + UUID.randomUUID());
        accounts.save(early);
        transaction.executeWithoutResult(status -> jdbc.sql("insert into commission_account values (?, '2023-06-30')")
                .param(early.id().text())
                .update());

        itIs("2026-04-01T12:00:00Z");

        assertThat(payouts()).containsExactly(tuple("2026-Q1", Money.of("300.00", CAD)));
        assertThat(quarters.of(early.id())).isEmpty();
    }

    @Test
    @DisplayName(
            "the balance is paid once, whether a quarter or a take-over comes first; a take-over pays it whatever it is")
    void takeoverAndQuarter() {
        listed(account, "12.34", LocalDate.of(2026, 3, 1));

        assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-" + firm.id()), clock.instant()))
                .get()
                .extracting(CommissionPayout::amount)
                .isEqualTo(Money.of("12.34", CAD));
        itIs("2026-04-01T12:00:00Z");

        assertThat(payouts()).containsExactly(tuple("TKO-" + firm.id(), Money.of("12.34", CAD)));
        assertThat(settled()).singleElement().extracting(Settled::balance).isEqualTo(Money.zero(CAD));
    }

    @Test
    @DisplayName("says when the next one ends")
    void nextEnd() {
        listed(account, "12.34", LocalDate.of(2026, 3, 1));

        assertThat(pay.nextEnd())
                .hasValue(LocalDate.of(2026, 4, 1).atStartOfDay(MONTREAL).toInstant());
    }

    private void itIs(String instant) {
        clock.set(Instant.parse(instant));
        boolean more = true;
        while (more) {
            more = pay.settleNext();
        }
    }

    private void listed(Account of, String amount, LocalDate asOf) {
        earn.on(new CommissionsListed(
                firm.id(), asOf, List.of(new Unpaid(of.time().id(), Money.of(amount, CAD)))));
    }

    private List<Settled> settled() {
        return quarters.of(firm.id());
    }

    private List<Object> payouts() {
        FirmId id = firm.id();
        return statements.payments(id, 100).stream()
                .map(Statements.Payment::payout)
                .<Object>map(each -> tuple(each.occasion().text(), each.amount()))
                .toList();
    }
}
