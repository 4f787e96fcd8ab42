package org.billingtakeover.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Answer.Rejected;
import org.billingtakeover.billing.BillingPlatform.Answer.Switched;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.RequestKey;
import org.billingtakeover.billing.BillingPlatform.SwitchRequest;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
@SpringBootTest(
        classes = {AccountTest.Module.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
class EmbeddedLedgerTest {

    private static final LocalDate KNOWN_SINCE = LocalDate.of(2026, 1, 5);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    private BillingPlatform ledger;

    @Autowired
    private PlatformDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /** Each test works on a firm and a company of its own. */
    private final FirmId firm = new FirmId("F-" + UUID.randomUUID());

    private final CompanyId company = new CompanyId("C-" + UUID.randomUUID());
    private final SwitchRequest firmTakesTime = takesTime("TKO-1/" + company, firm, BILLING_DATE);

    @BeforeEach
    void listSplitClient() {
        accounts.save(SampleAccounts.firm(firm.text()));
        listed(firm, Payer.FIRM, Payer.CLIENT, KNOWN_SINCE);
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aPayerPaysUntilTheDayBeforeTheSwitchAndTheNextOneFromThatDayOn() {
        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Switched(BILLING_DATE));

        assertThat(timePayer(KNOWN_SINCE.minusDays(1))).isEmpty();
        assertThat(timePayer(KNOWN_SINCE)).contains(new PayerOfDay(Payer.CLIENT, firm));
        assertThat(timePayer(BILLING_DATE.minusDays(1))).contains(new PayerOfDay(Payer.CLIENT, firm));
        assertThat(timePayer(BILLING_DATE)).contains(new PayerOfDay(Payer.FIRM, firm));
        assertThat(timePayer(BILLING_DATE.plusYears(50))).contains(new PayerOfDay(Payer.FIRM, firm));
        assertThat(ledger.history(company, Product.QUICKBOOKS_ONLINE))
                .containsExactly(new PayerPeriod(Payer.FIRM, firm, KNOWN_SINCE, null));
    }

    @Test
    void theSameRequestIsAnsweredTheSameAndChangesNothingMore() {
        ledger.switchPayer(firmTakesTime);
        // By now the client pays again; a late repetition must not take that back.
        ledger.switchPayer(new SwitchRequest(
                new RequestKey("TKO-2/" + company),
                company,
                Product.QUICKBOOKS_TIME,
                firm,
                Payer.CLIENT,
                BILLING_DATE.plusMonths(1)));
        List<PayerPeriod> before = timeHistory();

        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Switched(BILLING_DATE));

        assertThat(timeHistory()).isEqualTo(before).hasSize(3);
    }

    /** Repeated, since each time the two may meet elsewhere. */
    @RepeatedTest(10)
    void twoWhoAskTheSameAtTheSameTimeSwitchOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Answer> one = threads.submit(() -> {
            start.await();
            return ledger.switchPayer(firmTakesTime);
        });
        Future<Answer> other = threads.submit(() -> {
            start.await();
            return ledger.switchPayer(firmTakesTime);
        });

        assertThat(one.get()).isEqualTo(new Switched(BILLING_DATE)).isEqualTo(other.get());
        assertThat(timeHistory()).hasSize(2);
    }

    @Test
    void whoAsksTheSameWaitsForTheFirstAndSwitchesWhereTheFirstOnesTransactionFails() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        Future<?> first = threads.submit(() -> transaction.executeWithoutResult(status -> {
            ledger.switchPayer(firmTakesTime);
            status.setRollbackOnly();
            asked.countDown();
            awaitQuietly(waiting);
        }));
        asked.await();
        Future<Answer> second = threads.submit(() -> ledger.switchPayer(firmTakesTime));
        await().until(this::somebodyWaits);
        assertThat(second).isNotDone();
        waiting.countDown();

        first.get();
        assertThat(second.get()).isEqualTo(new Switched(BILLING_DATE));
        assertThat(timeHistory()).hasSize(2);
    }

    @RepeatedTest(10)
    void ofTwoFirmsThatTakeTheSameCompanyOverAtTheSameTimeOneIsRejected() throws Exception {
        String otherFirm = "F-" + UUID.randomUUID();
        accounts.save(SampleAccounts.firm(otherFirm));
        CyclicBarrier start = new CyclicBarrier(2);
        Future<Answer> one = threads.submit(() -> {
            start.await();
            return ledger.switchPayer(firmTakesTime);
        });
        Future<Answer> other = threads.submit(() -> {
            start.await();
            return ledger.switchPayer(takesTime("TKO-2/" + company, new FirmId(otherFirm), BILLING_DATE));
        });

        assertThat(List.of(one.get(), other.get()))
                .containsExactlyInAnyOrder(new Switched(BILLING_DATE), new Rejected(Rejection.PAYER_NOT_AS_EXPECTED));
        assertThat(timeHistory()).hasSize(2);
    }

    @Test
    void aFirmWithoutAPaymentMethodIsRejectedWithoutATraceAndCanTryAgain() {
        List<PayerPeriod> before = timeHistory();
        paymentMethodOnFile(false);

        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Rejected(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Rejected(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(timeHistory()).isEqualTo(before);
        assertThat(requestsKept()).isZero();

        paymentMethodOnFile(true);
        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Switched(BILLING_DATE));
        assertThat(requestsKept()).isOne();
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void whateverItIsMadeToRefuseItRefusesWithoutATraceUntilItRefusesItNoMore(Rejection reason) {
        desk.refuse(firm, Rejection.PLAN_NOT_SOLD);
        desk.refuse(firm, reason);

        assertThat(desk.refusal(firm)).contains(reason);
        assertThat(ledger.whyNot(firmTakesTime)).contains(reason);
        assertRejected(firmTakesTime, reason);
        assertThat(requestsKept()).isZero();

        desk.refuseNoMore(firm);
        assertThat(ledger.switchPayer(firmTakesTime)).isEqualTo(new Switched(BILLING_DATE));
    }

    @Test
    void aClientTakesOverFromAFirmWithoutAPaymentMethod() {
        paymentMethodOnFile(false);

        assertThat(ledger.switchPayer(clientTakesOnline(firm))).isEqualTo(new Switched(BILLING_DATE));
    }

    @Test
    void whoPaysAlreadyTakesNothingOver() {
        ledger.switchPayer(firmTakesTime);

        assertRejected(takesTime("TKO-2/" + company, firm, BILLING_DATE.plusMonths(1)), Rejection.ALREADY_MOVED);
    }

    @Test
    void aCompanyThatNobodyKnowsIsTakenOverByNobody() {
        assertRejected(
                new SwitchRequest(
                        new RequestKey("TKO-2/" + company),
                        new CompanyId("C-unknown"),
                        Product.QUICKBOOKS_TIME,
                        firm,
                        Payer.FIRM,
                        BILLING_DATE),
                Rejection.SUBSCRIPTION_UNKNOWN);
    }

    @Test
    void nothingIsTakenOverOnADayBeforeTheLastPayerBegan() {
        assertRejected(takesTime("TKO-2/" + company, firm, KNOWN_SINCE.minusDays(1)), Rejection.PAYER_NOT_AS_EXPECTED);
    }

    @Test
    void aClientIsNotRelievedOfWhatAnotherFirmPays() {
        assertRejected(clientTakesOnline(new FirmId("F-another")), Rejection.PAYER_NOT_AS_EXPECTED);
    }

    @Test
    void aSwitchOnTheDayOnWhichTheLastPayerBeganLeavesThatOneNoDay() {
        ledger.switchPayer(firmTakesTime);

        assertThat(ledger.switchPayer(new SwitchRequest(
                        new RequestKey("TKO-2/" + company),
                        company,
                        Product.QUICKBOOKS_TIME,
                        firm,
                        Payer.CLIENT,
                        BILLING_DATE)))
                .isEqualTo(new Switched(BILLING_DATE));

        assertThat(timeHistory())
                .containsExactly(
                        new PayerPeriod(Payer.CLIENT, firm, KNOWN_SINCE, BILLING_DATE),
                        new PayerPeriod(Payer.CLIENT, firm, BILLING_DATE, null));
    }

    @Test
    void aListThatIsImportedAgainChangesNothingAndACorrectionHoldsFromItsDayOn() {
        listed(firm, Payer.FIRM, Payer.CLIENT, BILLING_DATE);
        assertThat(timeHistory()).containsExactly(new PayerPeriod(Payer.CLIENT, firm, KNOWN_SINCE, null));

        listed(firm, Payer.FIRM, Payer.FIRM, BILLING_DATE);
        assertThat(timeHistory())
                .containsExactly(
                        new PayerPeriod(Payer.CLIENT, firm, KNOWN_SINCE, BILLING_DATE),
                        new PayerPeriod(Payer.FIRM, firm, BILLING_DATE, null));
    }

    @Test
    void whatAnotherFirmsListSaysEndsNobodysPeriod() {
        List<PayerPeriod> before = timeHistory();

        listed(new FirmId("F-another"), Payer.CLIENT, Payer.FIRM, BILLING_DATE);

        assertThat(timeHistory()).isEqualTo(before);
    }

    @Test
    void theDatabaseRefusesTwoPayersOnOneDay() {
        String insert = "insert into payer_period (company_id, product, payer, firm_id, days)"
                + " values (?, 'QUICKBOOKS_TIME', 'FIRM', 'F-another', ?::daterange)";

        assertThatThrownBy(() -> jdbc.sql(insert)
                        .params(company.text(), "[2026-03-20,2026-03-21)")
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("payer_period_one_payer");
        assertThat(jdbc.sql(insert)
                        .params(company.text(), "[2026-01-04,2026-01-05)")
                        .update())
                .isOne();
    }

    private void assertRejected(SwitchRequest request, Rejection reason) {
        List<PayerPeriod> before = timeHistory();

        assertThat(ledger.switchPayer(request)).isEqualTo(new Rejected(reason));
        assertThat(timeHistory()).isEqualTo(before);
    }

    private SwitchRequest takesTime(String key, FirmId firmId, LocalDate effective) {
        return new SwitchRequest(new RequestKey(key), company, Product.QUICKBOOKS_TIME, firmId, Payer.FIRM, effective);
    }

    private SwitchRequest clientTakesOnline(FirmId firmId) {
        return new SwitchRequest(
                new RequestKey("TKO-3/" + company),
                company,
                Product.QUICKBOOKS_ONLINE,
                firmId,
                Payer.CLIENT,
                BILLING_DATE);
    }

    private void listed(FirmId firmId, Payer online, Payer time, LocalDate since) {
        events.publishEvent(new PayersImported(List.of(new Payers(firmId, company, online, time, since))));
    }

    private void paymentMethodOnFile(boolean onFile) {
        Firm known = accounts.firm(firm);
        accounts.save(new Firm(
                known.id(),
                known.name(),
                known.email(),
                known.language(),
                known.country(),
                known.province(),
                known.timeZone(),
                known.currency(),
                known.wholesaleBilling(),
                onFile,
                known.billDay()));
    }

    private Optional<PayerOfDay> timePayer(LocalDate day) {
        return ledger.payerOn(company, Product.QUICKBOOKS_TIME, day);
    }

    private List<PayerPeriod> timeHistory() {
        return ledger.history(company, Product.QUICKBOOKS_TIME);
    }

    private int requestsKept() {
        return jdbc.sql("select count(*) from ledger_request where key = ?")
                .param(firmTakesTime.key().text())
                .query(Integer.class)
                .single();
    }

    private boolean somebodyWaits() {
        return jdbc.sql("select exists (select from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
