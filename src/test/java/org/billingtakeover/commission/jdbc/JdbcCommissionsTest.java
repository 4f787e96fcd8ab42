package org.billingtakeover.commission.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.commission.ClientBill;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.CommissionTest;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.Occasion;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@CommissionTest
class JdbcCommissionsTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Instant NOW = Instant.parse("2026-03-20T04:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    @Autowired
    private Commissions commissions;

    @Autowired
    private Accounts accounts;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    /** Each test works on a firm of its own. */
    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());

    private final Account account = SampleAccounts.split(firm, "C-1");

    @BeforeEach
    void store() {
        accounts.save(firm);
        accounts.save(List.of(account));
    }

    @Test
    void theWholeBalanceIsPaidOnceHoweverSmall() {
        earn("10.10", 1);
        earn("0.25", 2);

        assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW))
                .contains(new CommissionPayout(
                        firm.id(),
                        new Occasion.OfTakeover(new TakeoverKey("TKO-1-" + firm.id())),
                        Money.of("10.35", CAD),
                        NOW));
        assertThat(commissions.balance(firm.id())).hasValue(Money.zero(CAD));
        assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-2-" + firm.id()), NOW))
                .isEmpty();
    }

    @Test
    void askedAgainForTheSameTakeoverItAnswersTheSameAndPaysNothingMore() {
        earn("10.00", 1);
        Optional<CommissionPayout> paid =
                commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW);
        earn("3.00", 2);

        assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW.plusSeconds(60)))
                .isEqualTo(paid)
                .isPresent();
        assertThat(commissions.balance(firm.id())).hasValue(Money.of("3.00", CAD));
        assertThat(payouts()).containsExactly("10.00");
    }

    @Test
    void whereNothingWasEarnedNothingIsPaid() {
        assertThat(commissions.balance(firm.id())).isEmpty();
        assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW))
                .isEmpty();
        assertThat(payouts()).isEmpty();
    }

    @Test
    void aPayoutThatIsRolledBackLeavesTheBalance() {
        earn("10.00", 1);

        transaction.executeWithoutResult(status -> {
            assertThat(commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW))
                    .isPresent();
            status.setRollbackOnly();
        });

        assertThat(commissions.balance(firm.id())).hasValue(Money.of("10.00", CAD));
        assertThat(payouts()).isEmpty();
    }

    @Test
    void aPayoutLeavesTheBalanceOfOtherFirms() {
        Firm other = SampleAccounts.firm("F-" + UUID.randomUUID());
        Account theirs = SampleAccounts.split(other, "C-1");
        accounts.save(other);
        accounts.save(List.of(theirs));
        earn("10.00", 1);
        earn(theirs, "7.00", 1);

        commissions.payWholeBalance(firm.id(), new TakeoverKey("TKO-1-" + firm.id()), NOW);

        assertThat(commissions.balance(other.id())).hasValue(Money.of("7.00", CAD));
    }

    /** S43; repeated, since each time they may meet elsewhere. */
    @RepeatedTest(10)
    void threeTakeoversOfOneFirmThatSettleTogetherPayTheBalanceOnce() throws Exception {
        for (int day = 1; day <= 20; day++) {
            earn("1.05", day);
        }
        List<Optional<CommissionPayout>> answers = together(
                new TakeoverKey("TKO-1-" + firm.id()),
                new TakeoverKey("TKO-2-" + firm.id()),
                new TakeoverKey("TKO-3-" + firm.id()));

        assertThat(answers.stream().flatMap(Optional::stream))
                .singleElement()
                .extracting(CommissionPayout::amount)
                .isEqualTo(Money.of("21.00", CAD));
        assertThat(payouts()).containsExactly("21.00");
        assertThat(commissions.balance(firm.id())).hasValue(Money.zero(CAD));
    }

    @RepeatedTest(10)
    void oneTakeoverThatSettlesTwiceAtTheSameTimeGetsOnePayout() throws Exception {
        earn("10.00", 1);

        List<Optional<CommissionPayout>> answers =
                together(new TakeoverKey("TKO-1-" + firm.id()), new TakeoverKey("TKO-1-" + firm.id()));

        assertThat(answers.get(0)).isPresent().isEqualTo(answers.get(1));
        assertThat(payouts()).containsExactly("10.00");
    }

    private void earn(String share, int dayOfMarch) {
        earn(account, share, dayOfMarch);
    }

    /** On a bill of the day: its number is the day's. */
    private void earn(Account of, String share, int dayOfMarch) {
        transaction.executeWithoutResult(status -> {
            LocalDate day = DAY.withDayOfMonth(dayOfMarch);
            commissions.lock(of.firm().id(), day);
            commissions.add(
                    new ClientBill(of.firm().id(), of.time(), "B-" + dayOfMarch, Money.of("100.00", CAD), day, day),
                    BigDecimal.TEN,
                    Money.of(share, CAD));
        });
    }

    private List<Optional<CommissionPayout>> together(TakeoverKey... takeoverKeys) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(takeoverKeys.length);
        try {
            CyclicBarrier start = new CyclicBarrier(takeoverKeys.length);
            List<Future<Optional<CommissionPayout>>> asked = Stream.of(takeoverKeys)
                    .map(key -> threads.submit(() -> {
                        start.await();
                        return commissions.payWholeBalance(firm.id(), key, NOW);
                    }))
                    .toList();
            List<Optional<CommissionPayout>> answers = new ArrayList<>();
            for (Future<Optional<CommissionPayout>> each : asked) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> payouts() {
        return jdbc.sql("select amount::text from commission_payout where firm_id = ?")
                .param(firm.id().text())
                .query(String.class)
                .list();
    }
}
