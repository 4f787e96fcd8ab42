package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.IntegrationsShown;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.IntegrationPlatform.Order;
import org.billingtakeover.billing.IntegrationPlatform.Standing;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** What a client relies on, wherever its integration is stopped and restarted. */
@AccountTest
@DisplayName("Every platform of integrations")
class IntegrationContractTest {

    private static final LocalDate STOP_DATE = LocalDate.of(2026, 4, 1);
    private static final int AT_ONCE = 8;

    @Autowired
    private Platforms<IntegrationPlatform> platforms;

    @Autowired
    private ConfirmByHand confirm;

    @Autowired
    private IntegrationsByHand byHand;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final FirmId firm = new FirmId("F-" + UUID.randomUUID());
    private final CompanyId company = new CompanyId("C-" + UUID.randomUUID());
    private final Order stop = order(1, IntegrationStatus.STOPPED);

    @BeforeEach
    void givenAFirm() {
        accounts.save(SampleAccounts.firm(firm.text()));
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S62 does once what it is ordered, however often, and says so when it is asked")
    void ordersOnce(PlatformName name) {
        IntegrationPlatform platform = platforms.named(name);
        assertThat(platform.standing(stop.key())).isEqualTo(Standing.UNKNOWN);
        platform.order(stop);

        assertThat(made(name, stop)).isEqualTo(Standing.DONE);
        assertThat(platform.order(stop)).as("once more").isEqualTo(Standing.DONE);
        assertThat(platform.withdraw(stop)).as("too late").isEqualTo(Standing.DONE);

        Order restart = order(2, IntegrationStatus.ACTIVE);
        platform.order(restart);
        assertThat(made(name, restart)).isEqualTo(Standing.DONE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S62 does once what eight order at once")
    void eightAtOnce(PlatformName name) throws Exception {
        CyclicBarrier start = new CyclicBarrier(AT_ONCE);
        List<Future<Standing>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return platforms.named(name).order(stop);
            }));
        }
        for (Future<Standing> each : answers) {
            assertThat(each.get()).isNotIn(Standing.UNKNOWN, Standing.WITHDRAWN);
        }
        assertThat(made(name, stop)).isEqualTo(Standing.DONE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("does not do what was withdrawn before it arrived")
    void withdrawnBefore(PlatformName name) {
        IntegrationPlatform platform = platforms.named(name);
        assertThat(platform.withdraw(stop)).isEqualTo(Standing.WITHDRAWN);
        assertThat(platform.order(stop)).isEqualTo(Standing.WITHDRAWN);
        assertThat(platform.standing(stop.key())).isEqualTo(Standing.WITHDRAWN);
    }

    @Test
    @DisplayName("by hand, is under way until somebody says that it is done, and who said so is kept")
    void saidByHand() {
        IntegrationPlatform platform = platforms.named(PlatformName.BY_HAND);
        assertThat(platform.order(stop)).isEqualTo(Standing.UNDER_WAY);
        assertThat(confirm.said(stop.key(), "alice")).isTrue();

        assertThat(platform.standing(stop.key())).isEqualTo(Standing.DONE);
        assertThat(byHand.find(stop.key()).orElseThrow().saidBy()).contains("alice");
        assertThat(confirm.said(stop.key(), "olivia")).as("said already").isFalse();
    }

    @Test
    @DisplayName("by hand, is shown by a list of that firm, as of that day or later, that says the same")
    void shownByList() {
        IntegrationPlatform platform = platforms.named(PlatformName.BY_HAND);
        platform.order(stop);
        shows(firm, STOP_DATE.minusDays(1), IntegrationStatus.STOPPED);
        shows(firm, STOP_DATE, IntegrationStatus.ACTIVE);
        shows(new FirmId("F-other"), STOP_DATE, IntegrationStatus.STOPPED);
        assertThat(platform.standing(stop.key())).isEqualTo(Standing.UNDER_WAY);

        shows(firm, STOP_DATE, IntegrationStatus.STOPPED);

        assertThat(platform.standing(stop.key())).isEqualTo(Standing.DONE);
        assertThat(byHand.find(stop.key()).orElseThrow().shownOn()).contains(STOP_DATE);
    }

    @Test
    @DisplayName("by hand, is not to be done any more once it is withdrawn")
    void withdrawnByHand() {
        IntegrationPlatform platform = platforms.named(PlatformName.BY_HAND);
        platform.order(stop);
        assertThat(platform.withdraw(stop)).isEqualTo(Standing.WITHDRAWN);
        assertThat(confirm.said(stop.key(), "alice")).isFalse();
    }

    private void shows(FirmId whose, LocalDate asOf, IntegrationStatus status) {
        events.publishEvent(new IntegrationsShown(whose, asOf, List.of(new IntegrationsShown.Shown(company, status))));
    }

    /** As each does it. */
    private Standing made(PlatformName name, Order order) {
        if (name == PlatformName.BY_HAND) {
            confirm.said(order.key(), "alice");
        }
        return platforms.named(name).standing(order.key());
    }

    private Order order(int number, IntegrationStatus status) {
        return new Order(
                new IntegrationKey(company + "/" + status + "/" + STOP_DATE + "/" + number),
                company,
                firm,
                status,
                STOP_DATE);
    }
}
