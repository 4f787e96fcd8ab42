package org.billingtakeover.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.commission.Statements.Entry;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@CommissionTest
@DisplayName("S78 A firm earns")
class EarnCommissionsTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");
    private static final LocalDate SINCE = LocalDate.of(2025, 4, 1);

    @Autowired
    EarnCommissions earn;

    @Autowired
    Commissions commissions;

    @Autowired
    Statements statements;

    @Autowired
    Accounts accounts;

    @Autowired
    TransactionTemplate transaction;

    /** Each test works on a firm of its own. */
    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());

    private final Account account = SampleAccounts.split(firm, "C-1");

    @BeforeEach
    void store() {
        accounts.save(firm);
        accounts.save(List.of(account));
    }

    @Test
    @DisplayName("its share of each bill of a subscription that the client pays, each once, with what it is a share of")
    void shareOfEachBill() {
        assertThat(earn.earnedOn(bill("B-1", "99.99", LocalDate.of(2025, 5, 1))))
                .isEqualTo(Accrual.EARNED);
        assertThat(earn.earnedOn(bill("B-2", "100.00", LocalDate.of(2025, 6, 1))))
                .isEqualTo(Accrual.EARNED);
        assertThat(earn.earnedOn(bill("B-1", "99.99", LocalDate.of(2025, 5, 1))))
                .isEqualTo(Accrual.COUNTED_BEFORE);

        assertBalance("60.00");
        assertThat(entries())
                .extracting(Entry::bill, each -> String.valueOf(each.base()), Entry::amount, Entry::client)
                .containsExactly(
                        tuple(
                                "B-2",
                                Money.of("100.00", CAD).toString(),
                                Money.of("30.00", CAD),
                                account.client().name()),
                        tuple(
                                "B-1",
                                Money.of("99.99", CAD).toString(),
                                Money.of("30.00", CAD),
                                account.client().name()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2025-03-31, NOT_IN_TERM",
        "2025-04-01, EARNED",
        "2026-03-31, EARNED",
        "2026-04-01, NOT_IN_TERM",
    })
    @DisplayName("in the months of the table alone, from the client's first day of paying on")
    void firstMonths(LocalDate day, Accrual expected) {
        assertThat(earn.earnedOn(bill("B-1", "100.00", day))).isEqualTo(expected);
    }

    @Test
    @DisplayName("by the terms in force on the day of the bill, and nothing where there are none")
    void termsOfTheDay() {
        LocalDate since = LocalDate.of(2026, 5, 1);
        earn.earnedOn(bill("B-1", "100.00", LocalDate.of(2026, 6, 30), since));
        earn.earnedOn(bill("B-2", "100.00", LocalDate.of(2026, 7, 1), since));

        assertBalance("50.00");
        assertThat(earn.earnedOn(bill("B-3", "100.00", LocalDate.of(2023, 7, 1), LocalDate.of(2023, 7, 1))))
                .isEqualTo(Accrual.NO_TERMS);
    }

    @Test
    @DisplayName("nothing in another currency than it is paid in, and then its balance is not known")
    void nothingInOtherCurrency() {
        LocalDate day = LocalDate.of(2025, 5, 1);

        assertThat(earn.earnedOn(new ClientBill(
                        firm.id(), account.time(), "B-1", Money.of("50.00", Currency.getInstance("USD")), SINCE, day)))
                .isEqualTo(Accrual.OTHER_CURRENCY);
        assertThat(commissions.balance(firm.id())).isEmpty();
        assertThat(pay("TKO-1")).isEmpty();
    }

    @Test
    @DisplayName("nothing from the day on which a take-over ended it, whoever bills or lists")
    void ended() {
        LocalDate end = LocalDate.of(2025, 6, 15);
        transaction.executeWithoutResult(
                status -> commissions.end(account.time().id(), end));

        assertThat(earn.earnedOn(bill("B-1", "100.00", end.minusDays(1)))).isEqualTo(Accrual.EARNED);
        assertThat(earn.earnedOn(bill("B-2", "100.00", end))).isEqualTo(Accrual.ENDED);
        listed("80.00", LocalDate.of(2025, 7, 1));
        assertBalance("30.00");
    }

    @Test
    @DisplayName("what a list says, the newest in the place of earlier ones, and the same list once")
    void newestListCounts() {
        assertThat(commissions.balance(firm.id())).isEmpty();
        listed("80.00", LocalDate.of(2025, 5, 1));
        listed("80.00", LocalDate.of(2025, 5, 1));
        assertBalance("80.00");

        listed("95.50", LocalDate.of(2025, 6, 1));
        listed("70.00", LocalDate.of(2025, 5, 20));
        assertBalance("95.50");

        listed("60.00", LocalDate.of(2025, 6, 1));
        assertBalance("60.00");
        assertThat(entries())
                .extracting(Entry::day, Entry::amount)
                .containsExactly(
                        tuple(LocalDate.of(2025, 6, 1), Money.of("-20.00", CAD)),
                        tuple(LocalDate.of(2025, 5, 1), Money.of("80.00", CAD)));
    }

    @Test
    @DisplayName("nothing, which is known, where a list says 0")
    void listedNothing() {
        listed("0.00", LocalDate.of(2025, 5, 1));

        assertBalance("0.00");
        assertThat(entries()).isEmpty();
    }

    @Test
    @DisplayName(
            "nothing twice where bills and lists tell of the same time: what was billed up to a list's day is part of it")
    void billsAndLists() {
        listed("80.00", LocalDate.of(2025, 5, 10));

        assertThat(earn.earnedOn(bill("B-1", "100.00", LocalDate.of(2025, 5, 10))))
                .isEqualTo(Accrual.PART_OF_LIST);
        assertThat(earn.earnedOn(bill("B-2", "100.00", LocalDate.of(2025, 6, 10))))
                .isEqualTo(Accrual.EARNED);
        listed("500.00", LocalDate.of(2025, 6, 20));
        assertBalance("110.00");
    }

    @Test
    @DisplayName("nothing again that was paid since a list was exported; a later list counts anew")
    void paidIsNotBroughtBack() {
        LocalDate paidOn = LocalDate.ofInstant(AccountTest.NOW, MONTREAL);
        listed("80.00", paidOn.minusDays(10));
        assertThat(pay("TKO-1")).isPresent();

        listed("80.00", paidOn.minusDays(1));
        listed("80.00", paidOn);
        assertBalance("0.00");

        listed("12.00", paidOn.plusDays(1));
        assertBalance("12.00");
    }

    private ClientBill bill(String number, String net, LocalDate day) {
        return bill(number, net, day, SINCE);
    }

    private ClientBill bill(String number, String net, LocalDate day, LocalDate since) {
        Subscription time = account.time();
        return new ClientBill(firm.id(), time, number, Money.of(net, CAD), since, day);
    }

    private void listed(String amount, LocalDate asOf) {
        earn.on(new CommissionsListed(
                firm.id(), asOf, List.of(new Unpaid(account.time().id(), Money.of(amount, CAD)))));
    }

    private Optional<CommissionPayout> pay(String key) {
        return commissions.payWholeBalance(firm.id(), new TakeoverKey(key + "-" + firm.id()), AccountTest.NOW);
    }

    private List<Entry> entries() {
        return statements.entries(firm.id(), 0, 100);
    }

    private void assertBalance(String amount) {
        assertThat(commissions.balance(firm.id())).hasValue(Money.of(amount, CAD));
    }
}
