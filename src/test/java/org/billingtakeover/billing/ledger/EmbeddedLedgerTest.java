package org.billingtakeover.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
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

@Tag("slow")
@SpringBootTest(
        classes = {AccountTest.Module.class, LedgerDeskForTests.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE)
class EmbeddedLedgerTest {

    private static final ZoneId ZONE = ZoneId.of("America/Toronto");
    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate KNOWN_SINCE = LocalDate.of(2026, 1, 5);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    @Autowired
    private BillingPlatform ledger;

    @Autowired
    private BillsDue billRun;

    @Autowired
    private PlatformDesk desk;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcClient jdbc;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    /** Each test works on a firm and a company of its own. */
    private final FirmId firm = new FirmId("F-" + UUID.randomUUID());

    private final CompanyId company = new CompanyId("C-" + UUID.randomUUID());
    private final Order firmTakesTime = takesTime("TKO-1/" + company, firm, BILLING_DATE);

    @BeforeEach
    void listSplitClient() {
        clock.set(NOW);
        accounts.save(SampleAccounts.firm(firm.text()));
        listed(firm, Payer.FIRM, Payer.CLIENT, KNOWN_SINCE);
    }

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void aPayerPaysUntilTheDayBeforeTheSwitchAndTheNextOneFromThatDayOn() {
        assertThat(switched(firmTakesTime)).isEqualTo(new Standing.Effective(BILLING_DATE));

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
        switched(firmTakesTime);
        // By now the client pays again; a late repetition must not take that back.
        switched(new Order(
                new BookingKey("TKO-2/" + company),
                company,
                Product.QUICKBOOKS_TIME,
                firm,
                Payer.CLIENT,
                BILLING_DATE.plusMonths(1),
                ZONE));
        List<PayerPeriod> before = timeHistory();

        assertThat(switched(firmTakesTime)).isEqualTo(new Standing.Effective(BILLING_DATE));

        assertThat(timeHistory()).isEqualTo(before).hasSize(3);
    }

    /** Repeated, since each time they may meet elsewhere. */
    @RepeatedTest(10)
    @DisplayName("S63 eight who book the same at the same time book once")
    void eightAtOnce() throws Exception {
        assertThat(atOnce(8, number -> firmTakesTime)).containsOnly(new Answer.Booked());
        assertThat(bookingsKept()).isOne();
        assertThat(made(firmTakesTime)).isEqualTo(new Standing.Effective(BILLING_DATE));
        assertThat(timeHistory()).hasSize(2);
    }

    @RepeatedTest(10)
    @DisplayName("S63 of eight different bookings of one subscription at the same time one is taken")
    void eightKeysAtOnce() throws Exception {
        List<Answer> answers = atOnce(8, number -> takesTime("TKO-" + number + "/" + company, firm, BILLING_DATE));
        assertThat(answers).containsOnlyOnce(new Answer.Booked());
        assertThat(answers).filteredOn(Answer.Rejected.class::isInstance).hasSize(7);
    }

    private List<Answer> atOnce(int callers, IntFunction<Order> order) throws Exception {
        CyclicBarrier start = new CyclicBarrier(callers);
        List<Future<Answer>> answers = IntStream.range(0, callers)
                .mapToObj(number -> threads.submit(() -> {
                    start.await();
                    return ledger.book(order.apply(number));
                }))
                .toList();
        List<Answer> all = new ArrayList<>();
        for (Future<Answer> each : answers) {
            all.add(each.get());
        }
        return all;
    }

    @Test
    void nothingChangesBeforeTheBillsOfTheDateAreMade() {
        assertThat(ledger.book(firmTakesTime)).isEqualTo(new Answer.Booked());
        clock.set(cutOff().minusMillis(1));
        assertThat(ledger.standing(firmTakesTime.key())).isEqualTo(new Standing.Booked());
        assertThat(timeHistory()).hasSize(1);
        clock.set(cutOff());
        assertThat(ledger.standing(firmTakesTime.key())).isEqualTo(new Standing.Effective(BILLING_DATE));
    }

    @Test
    void whatIsBookedIsWithdrawnUntilTheCutOffAndNotAfterIt() {
        ledger.book(firmTakesTime);
        clock.set(cutOff().minusMillis(1));
        assertThat(ledger.withdraw(firmTakesTime)).isEqualTo(Withdrawal.GONE);
        assertThat(ledger.withdraw(firmTakesTime)).as("once more").isEqualTo(Withdrawal.GONE);
        assertThat(made(firmTakesTime)).isEqualTo(new Standing.Withdrawn());
        assertThat(timeHistory()).hasSize(1);

        clock.set(cutOff().minusMillis(1));
        Order anew = takesTime("TKO-1/2/" + company, firm, BILLING_DATE);
        assertThat(ledger.book(anew)).isEqualTo(new Answer.Booked());
        clock.set(cutOff());
        assertThat(ledger.withdraw(anew)).isEqualTo(Withdrawal.TOO_LATE);
        assertThat(ledger.standing(anew.key())).isEqualTo(new Standing.Effective(BILLING_DATE));
    }

    @Test
    void whatIsWithdrawnBeforeItArrivesIsNotBookedWhenItDoes() {
        assertThat(ledger.withdraw(firmTakesTime)).isEqualTo(Withdrawal.GONE);
        assertThat(ledger.book(firmTakesTime)).isEqualTo(new Answer.Rejected(Rejection.WITHDRAWN_THERE));
        assertThat(made(firmTakesTime)).isEqualTo(new Standing.Withdrawn());
    }

    @Test
    void afterTheCutOffNothingIsBookedForThatDate() {
        clock.set(cutOff());
        assertThat(ledger.book(firmTakesTime)).isEqualTo(new Answer.TooLate());
        assertThat(ledger.standing(firmTakesTime.key())).isEqualTo(new Standing.Unknown());
        assertThat(bookingsKept()).isZero();
    }

    @Test
    void whatCannotBeMadeAnyMoreWhenTheBillsAreMadeLapses() {
        ledger.book(firmTakesTime);
        paymentMethodOnFile(false);
        assertThat(made(firmTakesTime)).isEqualTo(new Standing.Lapsed(Rejection.FIRM_PAYMENT_METHOD));
        paymentMethodOnFile(true);
        assertThat(made(firmTakesTime)).isEqualTo(new Standing.Lapsed(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(timeHistory()).hasSize(1);
    }

    @Test
    void theSubscriptionOfWhichAChangeIsBookedTakesNoOther() {
        ledger.book(firmTakesTime);
        Order other = takesTime("TKO-2/" + company, firm, BILLING_DATE.plusMonths(1));
        assertThat(ledger.preview(other).refusal()).contains(Rejection.CHANGE_RUNNING);
        assertThat(ledger.book(other)).isEqualTo(new Answer.Rejected(Rejection.CHANGE_RUNNING));
    }

    @Test
    void aFirmWithoutAPaymentMethodIsRejectedWithoutATraceAndCanTryAgain() {
        List<PayerPeriod> before = timeHistory();
        paymentMethodOnFile(false);

        assertThat(ledger.book(firmTakesTime)).isEqualTo(new Answer.Rejected(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(ledger.book(firmTakesTime)).isEqualTo(new Answer.Rejected(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(timeHistory()).isEqualTo(before);
        assertThat(bookingsKept()).isZero();

        paymentMethodOnFile(true);
        assertThat(switched(firmTakesTime)).isEqualTo(new Standing.Effective(BILLING_DATE));
        assertThat(bookingsKept()).isOne();
    }

    @ParameterizedTest
    @EnumSource(Rejection.class)
    void whateverItIsMadeToRefuseItRefusesWithoutATraceUntilItRefusesItNoMore(Rejection reason) {
        desk.refuse(firm, Rejection.PLAN_NOT_SOLD);
        desk.refuse(firm, reason);

        assertThat(desk.refusal(firm)).contains(reason);
        assertThat(ledger.preview(firmTakesTime).refusal()).contains(reason);
        assertRejected(firmTakesTime, reason);
        assertThat(bookingsKept()).isZero();

        desk.refuseNoMore(firm);
        assertThat(switched(firmTakesTime)).isEqualTo(new Standing.Effective(BILLING_DATE));
    }

    @Test
    void aClientTakesOverFromAFirmWithoutAPaymentMethod() {
        paymentMethodOnFile(false);

        assertThat(switched(clientTakesOnline(firm))).isEqualTo(new Standing.Effective(BILLING_DATE));
    }

    @Test
    void whoPaysAlreadyTakesNothingOver() {
        switched(firmTakesTime);

        assertRejected(takesTime("TKO-2/" + company, firm, BILLING_DATE.plusMonths(1)), Rejection.ALREADY_MOVED);
    }

    @Test
    void aCompanyThatNobodyKnowsIsTakenOverByNobody() {
        assertRejected(
                new Order(
                        new BookingKey("TKO-2/" + company),
                        new CompanyId("C-unknown"),
                        Product.QUICKBOOKS_TIME,
                        firm,
                        Payer.FIRM,
                        BILLING_DATE,
                        ZONE),
                Rejection.SUBSCRIPTION_UNKNOWN);
    }

    @Test
    void nothingIsTakenOverOnADayBeforeTheLastPayerBegan() {
        assertThat(ledger.preview(takesTime("TKO-2/" + company, firm, KNOWN_SINCE.minusDays(1)))
                        .refusal())
                .contains(Rejection.PAYER_NOT_AS_EXPECTED);
    }

    @Test
    void aClientIsNotRelievedOfWhatAnotherFirmPays() {
        assertRejected(clientTakesOnline(new FirmId("F-another")), Rejection.PAYER_NOT_AS_EXPECTED);
    }

    @Test
    void aSwitchOnTheDayOnWhichTheLastPayerBeganLeavesThatOneNoDay() {
        switched(firmTakesTime);

        assertThat(switched(new Order(
                        new BookingKey("TKO-2/" + company),
                        company,
                        Product.QUICKBOOKS_TIME,
                        firm,
                        Payer.CLIENT,
                        BILLING_DATE,
                        ZONE)))
                .isEqualTo(new Standing.Effective(BILLING_DATE));

        assertThat(timeHistory())
                .containsExactly(
                        new PayerPeriod(Payer.CLIENT, firm, KNOWN_SINCE, BILLING_DATE),
                        new PayerPeriod(Payer.CLIENT, firm, BILLING_DATE, null));
    }

    @Test
    void ofManyThatAreMadeAtOnceEachIsMadeAsIfItWereAlone() {
        CompanyId another = new CompanyId("C-" + UUID.randomUUID());
        FirmId firmWithoutCard = new FirmId("F-" + UUID.randomUUID());
        accounts.save(SampleAccounts.firm(firmWithoutCard.text()));
        events.publishEvent(new PayersImported(
                List.of(new Payers(firmWithoutCard, another, Payer.FIRM, Payer.CLIENT, BILLING_DATE))));
        Order clientTakesOnline = clientTakesOnline(firm);
        Order onTheDayTheLastPayerBegan = new Order(
                new BookingKey("TKO-4/" + another),
                another,
                Product.QUICKBOOKS_ONLINE,
                firmWithoutCard,
                Payer.CLIENT,
                BILLING_DATE,
                ZONE);
        Order withoutCard = new Order(
                new BookingKey("TKO-5/" + another),
                another,
                Product.QUICKBOOKS_TIME,
                firmWithoutCard,
                Payer.FIRM,
                BILLING_DATE,
                ZONE);
        List<Order> booked = List.of(firmTakesTime, clientTakesOnline, onTheDayTheLastPayerBegan, withoutCard);
        assertThat(booked).extracting(ledger::book).containsOnly(new Answer.Booked());
        accounts.save(accounts.firm(firmWithoutCard).withPaymentMethod(false));

        clock.set(cutOff().minusMillis(1));
        billRun.make();
        assertThat(booked).extracting(order -> ledger.standing(order.key())).containsOnly(new Standing.Booked());
        clock.set(cutOff());
        billRun.make();

        // By then it would change nothing any more.
        clock.set(cutOff().minusMillis(1));
        Standing made = new Standing.Effective(BILLING_DATE);
        assertThat(booked)
                .extracting(order -> ledger.standing(order.key()))
                .containsExactly(made, made, made, new Standing.Lapsed(Rejection.FIRM_PAYMENT_METHOD));
        assertThat(timePayer(BILLING_DATE)).contains(new PayerOfDay(Payer.FIRM, firm));
        assertThat(timePayer(BILLING_DATE.minusDays(1))).contains(new PayerOfDay(Payer.CLIENT, firm));
        assertThat(ledger.history(company, Product.QUICKBOOKS_ONLINE))
                .containsExactly(
                        new PayerPeriod(Payer.FIRM, firm, KNOWN_SINCE, BILLING_DATE),
                        new PayerPeriod(Payer.CLIENT, firm, BILLING_DATE, null));
        assertThat(ledger.history(another, Product.QUICKBOOKS_ONLINE))
                .containsExactly(new PayerPeriod(Payer.CLIENT, firmWithoutCard, BILLING_DATE, null));
        assertThat(ledger.history(another, Product.QUICKBOOKS_TIME))
                .containsExactly(new PayerPeriod(Payer.CLIENT, firmWithoutCard, BILLING_DATE, null));
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

    private Standing switched(Order order) {
        clock.set(NOW);
        assertThat(ledger.book(order)).isEqualTo(new Answer.Booked());
        return made(order);
    }

    /** The hour comes at which the bills of that date are made. */
    private Standing made(Order order) {
        clock.set(ledger.cutOff(order.effective(), order.zone()));
        return ledger.standing(order.key());
    }

    private Instant cutOff() {
        return ledger.cutOff(BILLING_DATE, ZONE);
    }

    private void assertRejected(Order request, Rejection reason) {
        List<PayerPeriod> before = timeHistory();

        assertThat(ledger.book(request)).isEqualTo(new Answer.Rejected(reason));
        assertThat(timeHistory()).isEqualTo(before);
    }

    private Order takesTime(String key, FirmId firmId, LocalDate effective) {
        return new Order(new BookingKey(key), company, Product.QUICKBOOKS_TIME, firmId, Payer.FIRM, effective, ZONE);
    }

    private Order clientTakesOnline(FirmId firmId) {
        return new Order(
                new BookingKey("TKO-3/" + company),
                company,
                Product.QUICKBOOKS_ONLINE,
                firmId,
                Payer.CLIENT,
                BILLING_DATE,
                ZONE);
    }

    private void listed(FirmId firmId, Payer online, Payer time, LocalDate since) {
        events.publishEvent(new PayersImported(List.of(new Payers(firmId, company, online, time, since))));
    }

    private void paymentMethodOnFile(boolean onFile) {
        Firm known = accounts.firm(firm);
        accounts.save(known.withPaymentMethod(onFile));
    }

    private Optional<PayerOfDay> timePayer(LocalDate day) {
        return ledger.payerOn(company, Product.QUICKBOOKS_TIME, day);
    }

    private List<PayerPeriod> timeHistory() {
        return ledger.history(company, Product.QUICKBOOKS_TIME);
    }

    private int bookingsKept() {
        return jdbc.sql("select count(*) from ledger_booking where key = ?")
                .param(firmTakesTime.key().text())
                .query(Integer.class)
                .single();
    }
}
