package org.billingtakeover.commission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CommissionsListed;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@CommissionTest
@DisplayName("S78 A payout")
class HandOverPayoutsTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    @Autowired
    HandOverPayouts shipped;

    @Autowired
    PaymentsFile file;

    @Autowired
    Payouts payouts;

    @Autowired
    Commissions commissions;

    @Autowired
    EarnCommissions earn;

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

    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());
    private final Account account = SampleAccounts.split(firm, "C-1");
    private final Bank bank = new Bank();

    @BeforeEach
    void store() {
        accounts.save(firm);
        accounts.save(List.of(account));
        clock.set(Instant.parse("2026-03-02T03:00:00Z"));
    }

    /** Whatever other tests have paid. */
    @BeforeEach
    void nothingWaits() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("update commission_payout set handed_over_at = paid_at where handed_over_at is null")
                        .update());
    }

    @Test
    @DisplayName("is an order in the payments file, once, with the key, amount and day that the firm knows it by")
    void file() {
        CommissionPayout paid = paid("12.34", 1);
        assertThat(handedOverAt()).containsExactly((Instant) null);

        shipped.handOver();
        shipped.handOver();

        assertThat(file.orders(0, 1000))
                .filteredOn(order -> order.firm().equals(firm.id()))
                .containsExactly(new Payments.Order(
                        paid.key(),
                        firm.id(),
                        firm.name(),
                        Money.of("12.34", CAD),
                        LocalDate.of(2026, 3, 1),
                        paid.occasion().text()));
        assertThat(handedOverAt()).containsExactly(clock.instant());
    }

    @Test
    @DisplayName(
            "leaves outside of any transaction, and is asked for before it is repeated where nobody knows what became of it")
    void askedBeforeRepeated() {
        CommissionPayout paid = paid("12.34", 1);
        HandOverPayouts toBank = new HandOverPayouts(payouts, bank, accounts, clock);
        bank.answerIsLost = true;
        assertThatThrownBy(toBank::handOver).hasMessage("The line is dead.");
        assertThat(bank.orders).hasSize(1);

        toBank.handOver();
        assertThat(bank.asked).isEmpty();

        clock.set(clock.instant().plus(Duration.ofMinutes(5)));
        toBank.handOver();

        assertThat(bank.asked).containsExactly(paid.key());
        assertThat(bank.orders).hasSize(1);
        assertThat(handedOverAt()).containsExactly(clock.instant());
    }

    @Test
    @DisplayName("that never arrived is ordered again")
    void neverArrived() {
        paid("12.34", 1);
        HandOverPayouts toBank = new HandOverPayouts(payouts, bank, accounts, clock);
        bank.isClosed = true;
        assertThatThrownBy(toBank::handOver).hasMessage("The bank is closed.");

        bank.isClosed = false;
        clock.set(clock.instant().plus(Duration.ofMinutes(5)));
        toBank.handOver();

        assertThat(bank.orders).hasSize(1);
        assertThat(handedOverAt()).containsExactly(clock.instant());
    }

    @Test
    @DisplayName("that fails keeps no other from leaving")
    void oneFails() {
        CommissionPayout refused = paid("12.34", 1);
        CommissionPayout good = paid("5.00", 2);
        bank.refused.add(refused.key());

        assertThatThrownBy(() -> new HandOverPayouts(payouts, bank, accounts, clock).handOver())
                .hasMessage("This one not.");

        assertThat(bank.orders).extracting(Payments.Order::key).containsExactly(good.key());
    }

    @Test
    @DisplayName("is handed over by one node alone")
    void oneNode() {
        paid("12.34", 1);
        Instant askedBefore = clock.instant().minusSeconds(300);
        UUID waiting = payouts.waiting(askedBefore, 1).get(0);

        assertThat(payouts.take(waiting, askedBefore, clock.instant())).isPresent();
        assertThat(payouts.take(waiting, askedBefore, clock.instant())).isEmpty();
    }

    @Test
    @DisplayName("of a quarter has the firm and the quarter for its key")
    void keys() {
        assertThat(List.of(
                        new CommissionPayout(firm.id(), Quarter.of("2026-Q1"), Money.of("1.00", CAD), clock.instant())
                                .key()
                                .text(),
                        new CommissionPayout(
                                        firm.id(),
                                        new Occasion.OfTakeover(new TakeoverKey("TKO-2026-00012")),
                                        Money.of("1.00", CAD),
                                        clock.instant())
                                .key()
                                .text()))
                .containsExactly(firm.id() + "-2026-Q1", "TKO-2026-00012");
        assertThat(Quarter.of("2026-Q1"))
                .extracting(Quarter::firstDay, Quarter::lastDay)
                .containsExactly(tuple(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31))
                        .toArray());
    }

    private CommissionPayout paid(String amount, int number) {
        LocalDate asOf = LocalDate.of(2026, 2, number);
        transaction.executeWithoutResult(
                status -> jdbc.sql("update commission_payout set paid_at = '2026-01-01' where firm_id = ?")
                        .param(firm.id().text())
                        .update());
        earn.on(new CommissionsListed(
                firm.id(), asOf, List.of(new Unpaid(account.time().id(), Money.of(amount, CAD)))));
        return commissions
                .payWholeBalance(firm.id(), new TakeoverKey("TKO-" + number + "-" + firm.id()), clock.instant())
                .orElseThrow();
    }

    private List<Instant> handedOverAt() {
        return statements.payments(firm.id(), 10).stream()
                .map(Statements.Payment::handedOverAt)
                .toList();
    }

    private static final class Bank implements Payments {

        final List<Order> orders = new ArrayList<>();
        final List<PaymentKey> asked = new ArrayList<>();
        final Set<PaymentKey> refused = new HashSet<>();
        boolean answerIsLost;
        boolean isClosed;

        @Override
        public boolean has(PaymentKey key) {
            asked.add(key);
            return orders.stream().anyMatch(order -> order.key().equals(key));
        }

        @Override
        public void pay(Order order) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isFalse();
            if (isClosed) {
                throw new IllegalStateException("The bank is closed.");
            }
            if (refused.contains(order.key())) {
                throw new IllegalStateException("This one not.");
            }
            orders.add(order);
            if (answerIsLost) {
                answerIsLost = false;
                throw new IllegalStateException("The line is dead.");
            }
        }
    }
}
