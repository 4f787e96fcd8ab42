package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** What a case relies on, whichever platform makes its change. */
@AccountTest
@DisplayName("Every platform")
class PlatformContractTest {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    private Platforms<BillingPlatform> platforms;

    @Autowired
    private ProveChange prove;

    @Autowired
    private ChangesByHand changes;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TestClock clock;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);
    private final FirmId firm = new FirmId("F-" + UUID.randomUUID());
    private final CompanyId company = new CompanyId("C-" + UUID.randomUUID());
    private final Order order = order(1, BILLING_DATE);

    @BeforeEach
    void givenAClientThatPaysForTime() {
        clock.set(NOW);
        accounts.save(SampleAccounts.firm(firm.text()));
        events.publishEvent(new PayersImported(
                List.of(new Payers(firm, company, Payer.FIRM, Payer.CLIENT, LocalDate.of(2026, 1, 5)))));
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
        clock.set(AccountTest.NOW);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("books once for a key, and whoever pays until the date pays until then")
    void books(PlatformName name) {
        BillingPlatform platform = platforms.named(name);
        assertThat(platform.standing(order.key())).isEqualTo(new Standing.Unknown());
        assertThat(platform.book(order)).isEqualTo(new Answer.Booked());
        assertThat(platform.book(order)).isEqualTo(new Answer.Booked());
        assertThat(platform.standing(order.key())).isEqualTo(new Standing.Booked());

        assertThat(made(name)).isEqualTo(new Standing.Effective(BILLING_DATE));

        assertThat(platform.book(order)).as("once more").isEqualTo(new Answer.Booked());
        assertThat(platform.payerOn(company, Product.QUICKBOOKS_TIME, BILLING_DATE.minusDays(1)))
                .contains(new PayerOfDay(Payer.CLIENT, firm));
        assertThat(platform.payerOn(company, Product.QUICKBOOKS_TIME, BILLING_DATE))
                .contains(new PayerOfDay(Payer.FIRM, firm));
        assertThat(platform.history(company, Product.QUICKBOOKS_TIME)).hasSize(2);
        assertThat(platform.book(order(2, BILLING_DATE.plusMonths(1))))
                .isEqualTo(new Answer.Rejected(Rejection.ALREADY_MOVED));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S63 books once where eight ask at once, by one key or by eight")
    void eightAtOnce(PlatformName name) throws Exception {
        assertThat(atOnce(name, List.of(1, 1, 1, 1, 1, 1, 1, 1))).containsOnly(new Answer.Booked());
        platforms.named(name).withdraw(order);
        assertThat(atOnce(name, List.of(2, 3, 4, 5, 6, 7, 8, 9))).containsOnlyOnce(new Answer.Booked());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S61 has nothing left of what is withdrawn before the cut-off, and books it anew by another key")
    void withdraws(PlatformName name) {
        BillingPlatform platform = platforms.named(name);
        platform.book(order);
        clock.set(platform.cutOff(BILLING_DATE, ZONE).minusMillis(1));

        assertThat(platform.withdraw(order)).isEqualTo(Withdrawal.GONE);
        assertThat(platform.withdraw(order)).as("once more").isEqualTo(Withdrawal.GONE);
        assertThat(platform.standing(order.key())).isEqualTo(new Standing.Withdrawn());
        assertThat(platform.book(order)).isEqualTo(new Answer.Rejected(Rejection.WITHDRAWN_THERE));
        assertThat(platform.book(order(2, BILLING_DATE))).isEqualTo(new Answer.Booked());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("does not book what was withdrawn before it arrived")
    void withdrawnBefore(PlatformName name) {
        BillingPlatform platform = platforms.named(name);
        assertThat(platform.withdraw(order)).isEqualTo(Withdrawal.GONE);
        assertThat(platform.book(order)).isEqualTo(new Answer.Rejected(Rejection.WITHDRAWN_THERE));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S65 books nothing for a date whose cut-off has passed")
    void tooLate(PlatformName name) {
        BillingPlatform platform = platforms.named(name);
        clock.set(platform.cutOff(BILLING_DATE, ZONE));
        assertThat(platform.book(order)).isEqualTo(new Answer.TooLate());
        assertThat(platform.standing(order.key())).isEqualTo(new Standing.Unknown());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("takes one change of a subscription at a time, and none of one that nobody knows")
    void oneAtATime(PlatformName name) {
        BillingPlatform platform = platforms.named(name);
        platform.book(order);
        assertThat(platform.book(order(2, BILLING_DATE.plusMonths(1))))
                .isEqualTo(new Answer.Rejected(Rejection.CHANGE_RUNNING));
        Order unknown = new Order(
                new BookingKey("TKO-1/unknown/" + company),
                new CompanyId("C-unknown"),
                Product.QUICKBOOKS_TIME,
                firm,
                Payer.FIRM,
                BILLING_DATE,
                ZONE);
        assertThat(platform.book(unknown)).isEqualTo(new Answer.Rejected(Rejection.SUBSCRIPTION_UNKNOWN));
    }

    private List<Answer> atOnce(PlatformName name, List<Integer> numbers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(numbers.size());
        List<Future<Answer>> answers = IntStream.range(0, numbers.size())
                .mapToObj(index -> threads.submit(() -> {
                    start.await();
                    return platforms.named(name).book(order(numbers.get(index), BILLING_DATE));
                }))
                .toList();
        List<Answer> all = new ArrayList<>();
        for (Future<Answer> each : answers) {
            all.add(each.get());
        }
        return all;
    }

    /** As each makes it on its date. */
    private Standing made(PlatformName name) {
        if (name == PlatformName.BY_HAND) {
            changes.made(order.key());
            assertThat(prove.byBill(order.key(), BILLING_DATE.minusDays(1))).isFalse();
            assertThat(prove.byBill(order.key(), BILLING_DATE)).isTrue();
        }
        clock.set(BILLING_DATE.plusDays(1).atStartOfDay(ZONE).toInstant());
        return platforms.named(name).standing(order.key());
    }

    private Order order(int number, LocalDate date) {
        return new Order(
                new BookingKey("TKO-1/FIRM_TAKES_TIME/" + company + "/" + number),
                company,
                Product.QUICKBOOKS_TIME,
                firm,
                Payer.FIRM,
                date,
                ZONE);
    }
}
