package org.billingtakeover.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform;
import org.billingtakeover.billing.PlatformDesk.Distance;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;

@Tag("slow")
@SpringBootTest(
        classes = {AccountTest.Module.class, LedgerDeskForTests.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DisplayName("The ledger that the demo's desk has put far away")
class FarLedgerTest {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    private EmbeddedLedger ledger;

    @Autowired
    private LedgerIntegrations integrations;

    @Autowired
    private LedgerDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TestClock clock;

    private final FirmId firm = new FirmId("F-" + UUID.randomUUID());
    private final CompanyId company = new CompanyId("C-" + UUID.randomUUID());
    private final Order order = new Order(
            new BookingKey("TKO-1/" + company), company, Product.QUICKBOOKS_TIME, firm, Payer.FIRM, BILLING_DATE, ZONE);

    private FarLedger far;

    @BeforeEach
    void listSplitClient() {
        clock.set(NOW);
        accounts.save(SampleAccounts.firm(firm.text()));
        events.publishEvent(new PayersImported(
                List.of(new Payers(firm, company, Payer.FIRM, Payer.CLIENT, LocalDate.of(2026, 1, 5)))));
        far = new FarLedger(ledger, desk);
    }

    @AfterEach
    void comeBack() {
        desk.down(false);
        desk.takes(Duration.ZERO);
        desk.losesNext(0);
    }

    @Test
    @DisplayName("answers at once until the desk wants it otherwise, and every node sees what it wants")
    void near() {
        assertThat(desk.distance()).isEqualTo(new Distance(false, Duration.ZERO, 0));
        assertThat(far.book(order)).isEqualTo(new Answer.Booked());
        assertThat(far.standing(order.key())).isEqualTo(new Standing.Booked());
        assertThat(far.withdraw(order)).isEqualTo(Withdrawal.GONE);

        desk.down(true);
        desk.takes(Duration.ofMillis(250));
        desk.losesNext(2);
        assertThat(desk.distance()).isEqualTo(new Distance(true, Duration.ofMillis(250), 2));
    }

    @Test
    @DisplayName(
            "does nothing of what it is asked while it is down, but makes its bills: up again, the change has been made as booked")
    void down() {
        far.book(order);
        desk.down(true);

        assertThatThrownBy(() -> far.withdraw(order)).hasMessageContaining("does not answer");
        assertThat(ledger.standing(order.key())).isEqualTo(new Standing.Booked());
        assertThatThrownBy(() -> far.standing(order.key())).hasMessageContaining("does not answer");
        Order other = new Order(
                new BookingKey("TKO-2/" + company),
                company,
                Product.QUICKBOOKS_ONLINE,
                firm,
                Payer.CLIENT,
                BILLING_DATE,
                ZONE);
        assertThatThrownBy(() -> far.book(other)).hasMessageContaining("does not answer");
        assertThat(ledger.standing(other.key())).isEqualTo(new Standing.Unknown());

        clock.set(ledger.cutOff(BILLING_DATE, ZONE));
        assertThatThrownBy(() -> far.standing(order.key())).hasMessageContaining("does not answer");
        assertThat(far.payerOn(company, Product.QUICKBOOKS_TIME, BILLING_DATE))
                .contains(new PayerOfDay(Payer.FIRM, firm));

        desk.down(false);
        assertThat(far.standing(order.key())).isEqualTo(new Standing.Effective(BILLING_DATE));
    }

    @Test
    @DisplayName("has done that of which the answer is lost, and loses no more answers than it is to")
    void lost() throws Exception {
        desk.losesNext(2);

        assertThatThrownBy(() -> far.book(order)).hasMessageContaining("lost");
        assertThat(ledger.standing(order.key())).isEqualTo(new Standing.Booked());

        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> isAnswered = () -> {
                try {
                    far.standing(order.key());
                    return true;
                } catch (IllegalStateException e) {
                    return false;
                }
            };
            List<Boolean> answered = threads.invokeAll(Collections.nCopies(8, isAnswered)).stream()
                    .map(FarLedgerTest::heard)
                    .toList();
            assertThat(answered).containsOnlyOnce(false);
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean heard(Future<Boolean> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("takes its time for each answer; its published rule and its books are read at once")
    void slow() {
        desk.takes(Duration.ofMillis(300));

        assertThat(timeOf(() -> far.book(order))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(timeOf(() -> far.standing(order.key()))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(timeOf(() -> far.preview(order))).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        assertThat(timeOf(() -> far.withdraw(order))).isGreaterThanOrEqualTo(Duration.ofMillis(300));

        // A pause of hours would not end: whatever returns has not taken it.
        desk.takes(Duration.ofDays(1));
        assertThat(far.cutOff(BILLING_DATE, ZONE)).isEqualTo(ledger.cutOff(BILLING_DATE, ZONE));
        assertThat(far.payerOn(company, Product.QUICKBOOKS_TIME, BILLING_DATE)).isPresent();
        assertThat(far.history(company, Product.QUICKBOOKS_TIME)).hasSize(1);
    }

    @Test
    @DisplayName("is as far away for integrations: not heard while it is down, and done though its answer was lost")
    void integrations() {
        FarIntegrations far = new FarIntegrations(integrations, desk);
        IntegrationPlatform.Order stop = new IntegrationPlatform.Order(
                new IntegrationKey(company + "/STOP/1"), company, firm, IntegrationStatus.STOPPED, BILLING_DATE);
        desk.down(true);
        assertThatThrownBy(() -> far.order(stop)).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> far.withdraw(stop)).hasMessageContaining("does not answer");
        assertThatThrownBy(() -> far.standing(stop.key())).hasMessageContaining("does not answer");
        assertThat(integrations.standing(stop.key())).isEqualTo(IntegrationPlatform.Standing.UNKNOWN);

        desk.down(false);
        desk.losesNext(1);
        assertThatThrownBy(() -> far.order(stop)).hasMessageContaining("lost");
        assertThat(far.standing(stop.key())).isEqualTo(IntegrationPlatform.Standing.DONE);
    }

    private static Duration timeOf(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
