package org.billingtakeover.billing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.CasesThatBook.Case;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Cases, fifty unless told otherwise, want changes, and think better of it, while four threads talk to a platform that takes its time and loses answers. A seed
 * decides what cases want and when, and how the platform behaves; in which order threads come to it the seed cannot decide.
 */
@AccountTest
@DisplayName("Whatever cases want and however badly the platform answers")
class BookingSeedsTest {

    private static final int SEEDS = Integer.getInteger("seeds", 10);
    private static final long FIRST_SEED = Long.getLong("seeds.first", 1);

    /** How long the platform takes for what it is asked, at most. */
    private static final int MILLIS = Integer.getInteger("seeds.millis", 3);

    private static final double LOST = 0.05;
    private static final int CASES = Integer.getInteger("seeds.cases", 50);
    private static final int THREADS = 4;

    private static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);
    private static final LocalDate FIRST = BILLING_DATE.minusDays(3);
    private static final LocalDate LAST = BILLING_DATE.plusDays(9);

    /** Both parties have had several bills by then. */
    private static final LocalDate BILLED = BILLING_DATE.plusMonths(3);

    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(5);

    /** In which of the first rounds cases think better of it; some rounds later everybody has been heard. */
    private static final int CHANGING_ROUNDS = 3;

    private static final int EARLY_ROUNDS = 10;
    private static final int MOST_ROUNDS = 40;

    @Autowired
    private Bookings bookings;

    @Autowired
    private BillingPlatform ledger;

    @Autowired
    private BillsDue billsDue;

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

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + SEEDS);
    }

    @AfterEach
    void leave() {
        threads.shutdownNow();
        clock.set(AccountTest.NOW);
    }

    private enum Mind {
        STAYS,
        WITHDRAWS,
        MOVES,
        /** At the last minute, which may be too late. */
        WITHDRAWS_LATE
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "S63 each day of each company has one payer, also by the platform's own bills, what was withdrawn in time has not changed, and nothing is booked twice")
    void seed(long seed) throws Exception {
        Random random = new Random(seed);
        clock.set(NOW);
        CasesThatBook all = new CasesThatBook(bookings, ledger, accounts, events, jdbc, transactions, clock);
        billsDue.make();
        Unreliable platform = new Unreliable(ledger, seed);
        BookChanges bookChanges = new BookChanges(
                bookings,
                new Platforms<>(Map.of(PlatformName.LEDGER, platform)),
                integrations,
                events,
                transactions,
                clock);
        Map<Case, Mind> minds = new HashMap<>();
        List<List<Runnable>> rounds = new ArrayList<>();
        IntStream.range(0, EARLY_ROUNDS).forEach(round -> rounds.add(new ArrayList<>()));
        List<Runnable> lastMinute = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Case each = all.open();
            Mind mind = Mind.values()[random.nextInt(Mind.values().length)];
            minds.put(each, mind);
            LocalDate other = BILLING_DATE.plusDays(random.nextBoolean() ? 1 + random.nextInt(5) : -1);
            List<Runnable> round = rounds.get(random.nextInt(CHANGING_ROUNDS));
            all.wants(each, BILLING_DATE);
            switch (mind) {
                case STAYS -> {}
                case WITHDRAWS -> round.add(() -> all.wantsNothing(each));
                case MOVES -> round.add(() -> all.wants(each, other));
                case WITHDRAWS_LATE -> lastMinute.add(() -> all.wantsNothing(each));
            }
        }

        for (List<Runnable> round : rounds) {
            together(bookChanges, round);
            pass(UNTIL_ASKED_AGAIN);
        }
        assertHeard(seed, minds);
        clock.set(all.cutOff(BILLING_DATE).minus(Duration.ofMinutes(1)));
        together(bookChanges, lastMinute);
        List<BookingKey> gone = withdrawn(minds);
        clock.set(all.cutOff(BILLING_DATE.plusDays(5)));
        for (int round = 0; isAnythingLeft() && round < MOST_ROUNDS; round++) {
            pass(UNTIL_ASKED_AGAIN);
            together(bookChanges, List.of());
        }

        assertThat(isAnythingLeft())
                .as("seed %s: something is left to ask", seed)
                .isFalse();
        assertThat(platform.lost()).as("seed %s: answers lost", seed).isPositive();
        minds.forEach((each, mind) -> assertAsAgreed(seed, each, mind));
        assertThat(withdrawn(minds))
                .as("seed %s: withdrawn and acknowledged", seed)
                .containsAll(gone);
        assertBookedOnce(seed);
        clock.set(all.cutOff(BILLED));
        billsDue.make();
        minds.keySet().forEach(each -> assertBilledOnce(seed, each));
    }

    /** Cases think better of it while all threads talk to the platform. */
    private void together(BookChanges bookChanges, List<Runnable> changes) throws Exception {
        List<Callable<Object>> work = new ArrayList<>();
        work.add(Executors.callable(() -> changes.forEach(Runnable::run)));
        for (int i = 0; i < THREADS; i++) {
            work.add(Executors.callable(bookChanges::run));
        }
        for (Future<Object> each : threads.invokeAll(work)) {
            each.get(5, TimeUnit.MINUTES);
        }
    }

    private void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    /** Days before the cut-off everybody knows where things stand. */
    private void assertHeard(long seed, Map<Case, Mind> minds) {
        minds.forEach((each, mind) -> {
            List<Progress> heard =
                    bookings.of(each.key()).stream().map(Booking::progress).toList();
            assertThat(heard)
                    .as("seed %s: %s %s", seed, each, mind)
                    .isEqualTo(
                            switch (mind) {
                                case STAYS, WITHDRAWS_LATE -> List.of(Progress.BOOKED);
                                case WITHDRAWS -> List.of(Progress.WITHDRAWN);
                                case MOVES -> List.of(Progress.WITHDRAWN, Progress.BOOKED);
                            });
        });
    }

    private List<BookingKey> withdrawn(Map<Case, Mind> minds) {
        return minds.keySet().stream()
                .flatMap(each -> bookings.of(each.key()).stream())
                .filter(booking -> booking.progress() == Progress.WITHDRAWN)
                .map(booking -> booking.order().key())
                .toList();
    }

    private boolean isAnythingLeft() {
        return jdbc.sql("select exists (select from booking where next_look is not null)")
                .query(Boolean.class)
                .single();
    }

    /** By the platform's own books: the firm pays from the date that was confirmed on, and nobody else ever but the client. */
    private void assertAsAgreed(long seed, Case each, Mind mind) {
        List<Booking> all = bookings.of(each.key());
        Map<Progress, List<Booking>> by = all.stream().collect(groupingBy(Booking::progress));
        String which = "seed %s: %s %s %s".formatted(seed, each, mind, all);
        assertThat(by.keySet()).as(which).isSubsetOf(Progress.CONFIRMED, Progress.WITHDRAWN);
        List<Booking> confirmed = by.getOrDefault(Progress.CONFIRMED, List.of());
        switch (mind) {
            case STAYS, MOVES -> assertThat(confirmed).as(which).singleElement().matches(Booking::isWanted);
            case WITHDRAWS -> assertThat(confirmed).as(which).isEmpty();
            case WITHDRAWS_LATE -> assertThat(confirmed).as(which).hasSizeLessThan(2);
        }
        Optional<LocalDate> changes =
                confirmed.stream().map(booking -> booking.order().effective()).findFirst();
        for (LocalDate day = FIRST; day.isBefore(LAST); day = day.plusDays(1)) {
            LocalDate today = day;
            Payer payer = changes.filter(date -> !today.isBefore(date)).isPresent() ? Payer.FIRM : Payer.CLIENT;
            assertThat(ledger.payerOn(each.company(), Product.QUICKBOOKS_TIME, day)
                            .map(PayerOfDay::payer))
                    .as("%s on %s", which, day)
                    .contains(payer);
            assertThat(payersOn(each.company(), day)).as("%s on %s", which, day).isOne();
        }
    }

    private int payersOn(CompanyId company, LocalDate day) {
        return jdbc.sql(
                        "select count(*) from payer_period where company = company_key(?) and product = 'QUICKBOOKS_TIME' and days @> ?")
                .params(company.text(), day)
                .query(Integer.class)
                .single();
    }

    private void assertBookedOnce(long seed) {
        assertThat(jdbc.sql("""
                                select company, product from ledger_booking
                                where standing in ('BOOKED', 'EFFECTIVE') group by company, product having count(*) > 1
                                """).query().listOfRows())
                .as("seed %s: booked twice", seed)
                .isEmpty();
    }

    /** From the first day that is billed here on, each is paid for once and by one party, whatever was charged and given back for it. */
    private void assertBilledOnce(long seed, Case each) {
        NavigableMap<LocalDate, Integer> paid = new TreeMap<>();
        for (Bill bill : ledger.bills().orElseThrow().of(each.company(), Product.QUICKBOOKS_TIME, FIRST)) {
            for (Bill.Line line : bill.lines()) {
                int times = line.isCredit() ? -1 : 1;
                line.from().datesUntil(line.until()).forEach(day -> paid.merge(day, times, Integer::sum));
            }
        }
        assertThat(paid.values())
                .as("seed %s: %s is billed %s", seed, each, paid)
                .containsOnly(1);
        assertThat(paid.firstKey()).as("seed %s: %s", seed, each).isBetween(FIRST, BILLING_DATE);
        assertThat(paid)
                .as("seed %s: %s", seed, each)
                .hasSize(BillPeriod.days(paid.firstKey(), paid.lastKey().plusDays(1)));
        assertThat(paid.lastKey()).as("seed %s: %s", seed, each).isAfterOrEqualTo(BILLED.minusDays(1));
    }

    /** The ledger, behind a line on which some requests and some answers are lost. */
    private static final class Unreliable implements BillingPlatform {

        private final BillingPlatform ledger;
        private final long seed;
        private final AtomicLong questions = new AtomicLong();
        private final AtomicInteger lost = new AtomicInteger();

        Unreliable(BillingPlatform ledger, long seed) {
            this.ledger = ledger;
            this.seed = seed;
        }

        int lost() {
            return lost.get();
        }

        @Override
        public Answer book(Order order) {
            return far(() -> ledger.book(order));
        }

        @Override
        public Withdrawal withdraw(Order order) {
            return far(() -> ledger.withdraw(order));
        }

        @Override
        public Standing standing(BookingKey key) {
            return far(() -> ledger.standing(key));
        }

        private <T> T far(Supplier<T> asked) {
            Random random = new Random(seed * 1_000_003 + questions.incrementAndGet());
            // Of neighbouring seeds the first numbers are alike.
            random.nextLong();
            boolean isLost = random.nextDouble() < LOST;
            boolean arrives = random.nextBoolean();
            LockSupport.parkNanos(random.nextInt(MILLIS * 1_000_000 + 1));
            if (isLost && !arrives) {
                throw notHeard();
            }
            T answer = asked.get();
            if (isLost) {
                throw notHeard();
            }
            return answer;
        }

        private IllegalStateException notHeard() {
            lost.incrementAndGet();
            return new IllegalStateException("The platform did not answer in time.");
        }

        @Override
        public Instant cutOff(LocalDate effective, ZoneId zone) {
            return ledger.cutOff(effective, zone);
        }

        @Override
        public Preview preview(Order order) {
            return ledger.preview(order);
        }

        @Override
        public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
            return ledger.payerOn(companyId, product, day);
        }

        @Override
        public List<PayerPeriod> history(CompanyId companyId, Product product) {
            return ledger.history(companyId, product);
        }
    }
}
