package org.billingtakeover.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.BillingPlatform.Standing;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whatever lists say and cases ask, in whatever order, against PostgreSQL. */
@Tag("slow")
class OnePayerEveryDayTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    /** Nothing happens from this day on. */
    private static final LocalDate END = FIRST.plusDays(60);

    private static final AtomicInteger HISTORIES = new AtomicInteger();

    private static final ApplicationContext LEDGER = startLedger();

    /** With two firms that can pay, and F-3, which has no payment method. */
    private static ApplicationContext startLedger() {
        ApplicationContext context = new AnnotationConfigApplicationContext(AccountTest.Module.class);
        Accounts accounts = context.getBean(Accounts.class);
        accounts.save(SampleAccounts.firm("F-1"));
        accounts.save(SampleAccounts.firm("F-2"));
        accounts.save(SampleAccounts.firm("F-3").withPaymentMethod(false));
        return context;
    }

    @Property(tries = 60)
    @Label(
            "S52 whatever happens, every day of a subscription has exactly one payer from the first day on that is known")
    void everyDayHasExactlyOnePayer(@ForAll("happenings") List<Happening> happenings) {
        History history = new History("H" + HISTORIES.incrementAndGet() + "/");
        for (Happening happening : happenings) {
            happening.happensIn(history);
            history.assertOnePayerEveryDay();
        }
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Arbitraries.frequencyOf(Tuple.of(2, imports()), Tuple.of(5, switches()))
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    private static Arbitrary<Happening> imports() {
        return Combinators.combine(
                        firms(),
                        payers(),
                        payers(),
                        companies().list().ofMinSize(1).ofMaxSize(4),
                        days())
                .as(Import::new);
    }

    /** Few keys, so that many a request is a repetition. */
    private static Arbitrary<Happening> switches() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 30),
                        companies(),
                        Arbitraries.of(Product.class),
                        firms(),
                        payers(),
                        days())
                .as(Switch::new);
    }

    private static Arbitrary<String> firms() {
        return Arbitraries.of("F-1", "F-2", "F-3");
    }

    private static Arbitrary<String> companies() {
        return Arbitraries.of("C-1", "C-2");
    }

    private static Arbitrary<Payer> payers() {
        return Arbitraries.of(Payer.class);
    }

    private static Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(0, 59).map(FIRST::plusDays);
    }

    /** Anything that can reach the ledger. */
    private sealed interface Happening {
        void happensIn(History history);
    }

    /** A firm's list that says the same of some companies, perhaps of one of them twice. */
    private record Import(String firm, Payer online, Payer time, List<String> companies, LocalDate since)
            implements Happening {
        @Override
        public void happensIn(History history) {
            history.imports(this);
        }
    }

    /** A request as of a case, whether it fits who pays or not. */
    private record Switch(int key, String company, Product product, String firm, Payer newPayer, LocalDate effective)
            implements Happening {
        @Override
        public void happensIn(History history) {
            history.asks(this);
        }
    }

    private record Subscribed(CompanyId company, Product product) {}

    /** What has happened to companies of its own, and what must hold after each step. */
    private static final class History {

        private final BillingPlatform ledger = LEDGER.getBean("ledger", BillingPlatform.class);
        private final JdbcClient jdbc = LEDGER.getBean(JdbcClient.class);
        private final TestClock clock = LEDGER.getBean(TestClock.class);
        private final String name;
        private final Map<Subscribed, LocalDate> knownSince = new HashMap<>();
        private final Set<Integer> switched = new HashSet<>();

        History(String name) {
            this.name = name;
        }

        void imports(Import list) {
            LEDGER.publishEvent(new PayersImported(list.companies().stream()
                    .map(company -> new Payers(
                            new FirmId(list.firm()),
                            new CompanyId(name + company),
                            list.online(),
                            list.time(),
                            list.since()))
                    .toList()));
            for (String company : list.companies()) {
                for (Product product : Product.values()) {
                    knownSince.putIfAbsent(new Subscribed(new CompanyId(name + company), product), list.since());
                }
            }
        }

        void asks(Switch asked) {
            CompanyId company = new CompanyId(name + asked.company());
            List<PayerPeriod> before = ledger.history(company, asked.product());

            Order order = new Order(
                    new BookingKey(name + asked.key()),
                    company,
                    asked.product(),
                    new FirmId(asked.firm()),
                    asked.newPayer(),
                    asked.effective(),
                    ZoneOffset.UTC);
            clock.set(FIRST.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC));
            if (switched.contains(asked.key())) {
                ledger.book(order);
            } else if (ledger.book(order) instanceof Answer.Booked) {
                clock.set(ledger.cutOff(asked.effective(), ZoneOffset.UTC));
                assertThat(ledger.standing(order.key())).isEqualTo(new Standing.Effective(asked.effective()));
                switched.add(asked.key());
                assertSwitched(asked, before);
                return;
            }
            assertThat(ledger.history(company, asked.product())).isEqualTo(before);
        }

        /** From the effective day on the new payer pays; of the days before, each keeps the payer that it had. */
        private void assertSwitched(Switch asked, List<PayerPeriod> before) {
            PayerOfDay newPayer = new PayerOfDay(asked.newPayer(), new FirmId(asked.firm()));
            for (LocalDate day = FIRST; day.isBefore(END); day = day.plusDays(1)) {
                assertThat(ledger.payerOn(new CompanyId(name + asked.company()), asked.product(), day))
                        .isEqualTo(day.isBefore(asked.effective()) ? payerOn(day, before) : Optional.of(newPayer));
            }
        }

        private static Optional<PayerOfDay> payerOn(LocalDate day, List<PayerPeriod> periods) {
            return periods.stream()
                    .filter(period ->
                            !day.isBefore(period.from()) && (period.until() == null || day.isBefore(period.until())))
                    .map(period -> new PayerOfDay(period.payer(), period.firmId()))
                    .findFirst();
        }

        void assertOnePayerEveryDay() {
            knownSince.forEach((subscribed, since) -> {
                assertThat(payersOfEachDay(subscribed, FIRST.minusDays(1), since.minusDays(1)))
                        .containsOnly(0);
                assertThat(payersOfEachDay(subscribed, since, END)).containsOnly(1);
                assertThat(ledger.history(subscribed.company(), subscribed.product()))
                        .last()
                        .extracting(PayerPeriod::until)
                        .isNull();
            });
        }

        private List<Integer> payersOfEachDay(Subscribed subscribed, LocalDate from, LocalDate to) {
            return jdbc.sql("""
                            select count(p.days) from generate_series(?::date, ?::date, interval '1 day') day
                            left join payer_period p
                                on p.company_id = ? and p.product = ? and p.days @> day::date
                            group by day
                            """)
                    .params(
                            from,
                            to,
                            subscribed.company().text(),
                            subscribed.product().name())
                    .query(Integer.class)
                    .list();
        }
    }
}
