package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BillingPlatform.Withdrawal;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.CasesThatBook.Case;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@AccountTest
@DisplayName("Of what a case wants of the platform")
class BookChangesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);
    private static final Duration A_WHILE = Duration.ofMinutes(5);

    @Autowired
    private Bookings bookings;

    @Autowired
    private BillingPlatform ledger;

    @Autowired
    private SetIntegrations integrations;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private TestClock clock;

    private final Scripted platform = new Scripted();
    private final List<Object> told = new ArrayList<>();

    private CasesThatBook cases;
    private BookChanges bookChanges;
    private Case wanting;
    private BookingKey key;

    @BeforeEach
    void givenACaseThatWantsABooking() {
        clock.set(NOW);
        cases = new CasesThatBook(bookings, ledger, accounts, events, jdbc, transactions, clock);
        bookChanges = new BookChanges(
                bookings,
                new Platforms<>(Map.of(PlatformName.LEDGER, platform)),
                integrations,
                told::add,
                transactions,
                clock);
        wanting = cases.open();
        cases.wants(wanting, BILLING_DATE);
        key = cases.wantedBy(wanting).order().key();
    }

    @AfterEach
    void leaveTheClock() {
        clock.set(AccountTest.NOW);
    }

    @Test
    @DisplayName("S62 what was done though its answer was lost is read, and not asked for again")
    void answerLost() {
        platform.onBook = order -> {
            platform.books(order.key(), new Standing.Booked());
            throw new IllegalStateException("The answer is lost.");
        };
        bookChanges.run();
        assertThat(progress()).isEqualTo(Progress.WAITING);
        assertThat(told).isEmpty();
        bookChanges.run();
        assertThat(platform.asked).as("nothing is asked at once again").containsExactly("book " + key);

        pass(A_WHILE);
        bookChanges.run();

        assertThat(platform.asked).containsExactly("book " + key, "standing " + key);
        assertThat(progress()).isEqualTo(Progress.BOOKED);
        assertThat(words()).containsExactly(Progress.BOOKED);
    }

    @Test
    @DisplayName("S62 what never arrived is read, and asked for once more under the same key")
    void requestLost() {
        platform.onBook = order -> {
            throw new IllegalStateException("It never arrives.");
        };
        bookChanges.run();
        platform.onBook = order -> new Answer.Booked();
        pass(A_WHILE);
        bookChanges.run();

        assertThat(platform.asked).containsExactly("book " + key, "standing " + key, "book " + key);
        assertThat(progress()).isEqualTo(Progress.BOOKED);
    }

    @Test
    @DisplayName("S63 what was never asked for and is not wanted any more is withdrawn without a word to the platform")
    void neverAsked() {
        cases.wantsNothing(wanting);
        bookChanges.run();

        assertThat(platform.asked).isEmpty();
        assertThat(progress()).isEqualTo(Progress.WITHDRAWN);
        assertThat(words()).containsExactly(Progress.WITHDRAWN);
    }

    @Test
    @DisplayName(
            "what another node has in hand is left to it; should that node have died, it is read before it is repeated")
    void inHandOfAnother() {
        assertThat(bookings.take(key, NOW, NOW.plus(A_WHILE))).isPresent();
        bookChanges.run();
        assertThat(platform.asked).isEmpty();
        pass(A_WHILE.minusMillis(1));
        bookChanges.run();
        assertThat(platform.asked).isEmpty();

        platform.books(key, new Standing.Booked());
        pass(Duration.ofMillis(1));
        bookChanges.run();

        assertThat(platform.asked).containsExactly("standing " + key);
        assertThat(progress()).isEqualTo(Progress.BOOKED);
    }

    @Test
    @DisplayName("one that fails keeps no other from being booked")
    void oneFails() {
        Case other = cases.open();
        cases.wants(other, BILLING_DATE);
        platform.onBook = order -> {
            if (order.key().equals(key)) {
                throw new IllegalStateException("Nobody answers.");
            }
            return new Answer.Booked();
        };
        bookChanges.run();

        assertThat(progress()).isEqualTo(Progress.WAITING);
        assertThat(cases.last(other).progress()).isEqualTo(Progress.BOOKED);
    }

    @Test
    @DisplayName("when the platform is down not all are tried, none is lost, and all are booked once it is up again")
    void down() {
        List<Case> all = new ArrayList<>(List.of(wanting));
        for (int i = 0; i < 7; i++) {
            Case each = cases.open();
            cases.wants(each, BILLING_DATE);
            all.add(each);
        }
        platform.onBook = order -> {
            throw new IllegalStateException("Nobody answers.");
        };
        bookChanges.run();
        assertThat(platform.asked).hasSize(5);
        assertThat(all).allMatch(each -> cases.last(each).progress() == Progress.WAITING);

        platform.onBook = order -> new Answer.Booked();
        pass(A_WHILE);
        assertThat(bookings.waiting(clock.instant())).isEqualTo(new Bookings.Waiting(8, A_WHILE));
        bookChanges.run();

        assertThat(all).allMatch(each -> cases.last(each).progress() == Progress.BOOKED);
        assertThat(bookings.waiting(clock.instant())).isEqualTo(new Bookings.Waiting(0, Duration.ZERO));
        clock.set(cases.cutOff(BILLING_DATE).plusSeconds(90));
        assertThat(bookings.waiting(clock.instant()))
                .as("what is to be confirmed")
                .isEqualTo(new Bookings.Waiting(8, Duration.ofSeconds(90)));
    }

    @Test
    @DisplayName("what is withdrawn while it is being booked is withdrawn there at once")
    void withdrawnMeanwhile() {
        platform.onBook = order -> {
            cases.wantsNothing(wanting);
            platform.books(order.key(), new Standing.Booked());
            return new Answer.Booked();
        };
        platform.onWithdraw = each -> Withdrawal.GONE;
        bookChanges.run();

        assertThat(platform.asked).containsExactly("book " + key, "standing " + key, "withdraw " + key);
        assertThat(words()).containsExactly(Progress.BOOKED, Progress.WITHDRAWN);
        assertThat(progress()).isEqualTo(Progress.WITHDRAWN);
    }

    @Test
    @DisplayName(
            "what moves to another date is gone at the one before it is booked for the other, however long that takes")
    void moved() {
        booked();
        platform.onWithdraw = each -> {
            throw new IllegalStateException("Nobody answers.");
        };
        cases.wants(wanting, BILLING_DATE.minusDays(1));
        BookingKey moved = cases.wantedBy(wanting).order().key();
        bookChanges.run();
        bookChanges.run();
        assertThat(platform.asked).containsExactly("book " + key, "standing " + key, "withdraw " + key);
        assertThat(bookings.take(moved, clock.instant(), clock.instant())).isEmpty();

        platform.onWithdraw = each -> Withdrawal.GONE;
        pass(A_WHILE);
        bookChanges.run();

        assertThat(platform.asked)
                .endsWith("standing " + key, "withdraw " + key, "book " + moved)
                .hasSize(6);
        assertThat(words()).containsExactly(Progress.BOOKED, Progress.WITHDRAWN, Progress.BOOKED);
    }

    @Test
    @DisplayName("S62 what may still arrive is withdrawn there, though the platform does not know it yet")
    void stillOnItsWay() {
        platform.onBook = order -> {
            throw new IllegalStateException("Nobody answers.");
        };
        bookChanges.run();
        cases.wantsNothing(wanting);
        platform.onWithdraw = each -> Withdrawal.GONE;
        pass(A_WHILE);
        bookChanges.run();
        assertThat(platform.asked).containsExactly("book " + key, "standing " + key, "withdraw " + key);
        assertThat(progress()).isEqualTo(Progress.WITHDRAWN);
    }

    @Test
    @DisplayName("what is withdrawn too late is made as it was booked, and that is said")
    void withdrawnTooLate() {
        booked();
        clock.set(cases.cutOff(BILLING_DATE));
        cases.wantsNothing(wanting);
        platform.onWithdraw = each -> Withdrawal.TOO_LATE;
        bookChanges.run();
        assertThat(progress()).isEqualTo(Progress.BOOKED);

        platform.books(key, new Standing.Effective(BILLING_DATE));
        pass(Duration.ofMinutes(1));
        bookChanges.run();

        assertThat(progress()).isEqualTo(Progress.CONFIRMED);
        assertThat(words()).containsExactly(Progress.BOOKED, Progress.CONFIRMED);
    }

    @Test
    @DisplayName("what is booked is left alone until its bills are made, and then looked at until they are")
    void confirmed() {
        booked();
        clock.set(cases.cutOff(BILLING_DATE).plusSeconds(59));
        bookChanges.run();
        assertThat(platform.asked).containsExactly("book " + key);
        pass(Duration.ofSeconds(1));
        bookChanges.run();
        assertThat(platform.asked).containsExactly("book " + key, "standing " + key);

        platform.books(key, new Standing.Effective(BILLING_DATE));
        pass(A_WHILE);
        bookChanges.run();
        pass(A_WHILE);
        bookChanges.run();

        assertThat(platform.asked).containsExactly("book " + key, "standing " + key, "standing " + key);
        assertThat(progress()).isEqualTo(Progress.CONFIRMED);
    }

    @Test
    @DisplayName("what the platform rejects ends with its reason")
    void rejected() {
        platform.onBook = order -> new Answer.Rejected(Rejection.FIRM_PAST_DUE);
        bookChanges.run();
        assertEnded(Progress.REJECTED, Optional.of(Rejection.FIRM_PAST_DUE));
    }

    @Test
    @DisplayName("what comes after the cut-off is too late")
    void tooLate() {
        platform.onBook = order -> new Answer.TooLate();
        bookChanges.run();
        assertEnded(Progress.TOO_LATE, Optional.empty());
    }

    @Test
    @DisplayName("what has lapsed when the bills were made is rejected with its reason")
    void lapsed() {
        booked();
        platform.books(key, new Standing.Lapsed(Rejection.FIRM_PAYMENT_DECLINED));
        clock.set(cases.cutOff(BILLING_DATE).plus(A_WHILE));
        bookChanges.run();
        assertEnded(Progress.REJECTED, Optional.of(Rejection.FIRM_PAYMENT_DECLINED));
    }

    @Test
    @DisplayName("what somebody took back there is rejected as that while it is wanted")
    void withdrawnThere() {
        booked();
        platform.books(key, new Standing.Withdrawn());
        clock.set(cases.cutOff(BILLING_DATE).plus(A_WHILE));
        bookChanges.run();
        assertEnded(Progress.REJECTED, Optional.of(Rejection.WITHDRAWN_THERE));
    }

    @Test
    @DisplayName("what somebody took back there is gone when it is not wanted any more")
    void withdrawnThereToo() {
        booked();
        platform.books(key, new Standing.Withdrawn());
        cases.wantsNothing(wanting);
        bookChanges.run();
        assertEnded(Progress.WITHDRAWN, Optional.empty());
    }

    private void booked() {
        platform.onBook = order -> {
            platform.books(order.key(), new Standing.Booked());
            return new Answer.Booked();
        };
        bookChanges.run();
        assertThat(progress()).isEqualTo(Progress.BOOKED);
    }

    /** And nothing is asked about it any more. */
    private void assertEnded(Progress progress, Optional<Rejection> reason) {
        assertThat(cases.last(wanting).progress()).isEqualTo(progress);
        assertThat(cases.last(wanting).reason()).isEqualTo(reason);
        assertThat(told).last().isInstanceOfSatisfying(Booking.Told.class, last -> {
            assertThat(last.word()).isEqualTo(progress);
            assertThat(last.reason()).isEqualTo(reason);
        });
        int asked = platform.asked.size();
        pass(Duration.ofDays(40));
        bookChanges.run();
        assertThat(platform.asked).hasSize(asked);
    }

    private Progress progress() {
        return cases.last(wanting).progress();
    }

    private List<Progress> words() {
        return told.stream()
                .map(Booking.Told.class::cast)
                .map(Booking.Told::word)
                .toList();
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    /** Says what it is told to say, and is never asked in a transaction. */
    private final class Scripted implements BillingPlatform {

        private final Map<BookingKey, Standing> books = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private Function<Order, Answer> onBook = order -> new Answer.Booked();
        private Function<BookingKey, Withdrawal> onWithdraw = each -> {
            throw new AssertionError("Nobody was to withdraw " + each);
        };

        void books(BookingKey each, Standing standing) {
            books.put(each, standing);
        }

        @Override
        public Answer book(Order order) {
            asks("book ", order.key());
            return onBook.apply(order);
        }

        @Override
        public Withdrawal withdraw(Order each) {
            asks("withdraw ", each.key());
            return onWithdraw.apply(each.key());
        }

        @Override
        public Standing standing(BookingKey each) {
            asks("standing ", each);
            return books.getOrDefault(each, new Standing.Unknown());
        }

        private void asks(String what, BookingKey each) {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .as("a transaction while the platform is talked to")
                    .isFalse();
            asked.add(what + each);
        }

        @Override
        public Instant cutOff(LocalDate effective, ZoneId zone) {
            return ledger.cutOff(effective, zone);
        }

        @Override
        public Preview preview(Order order) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<PayerPeriod> history(CompanyId companyId, Product product) {
            throw new UnsupportedOperationException();
        }
    }
}
