package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@DisplayName("A platform that is asked ahead")
class PreviewChangesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T17:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 20);

    private final Map<TakeoverKey, Optional<Instant>> due = new LinkedHashMap<>();
    private final List<BookingKey> asked = new ArrayList<>();
    private final List<Object> told = new ArrayList<>();
    private Preview answer = new Preview.Accepts();
    private Optional<Booking> booked = Optional.empty();

    private final PreviewChanges changes = new PreviewChanges(
            port(Previews.class, (method, given) -> switch (method) {
                case "due" ->
                    List.copyOf(due.keySet().stream().limit((int) given[1]).toList());
                case "take" -> Optional.of(wanted((TakeoverKey) given[0]));
                case "told" ->
                    due.remove(((Previews.Wanted) given[0]).order().key().takeover());
                default -> throw new UnsupportedOperationException(method);
            }),
            port(Bookings.class, (method, given) -> booked),
            new Platforms<>(Map.of(PlatformName.LEDGER, port(BillingPlatform.class, (method, given) -> {
                assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                        .as("a transaction while the platform is asked")
                        .isFalse();
                asked.add(((Order) given[0]).key());
                return answer;
            }))),
            told::add,
            new Transactions(),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @DisplayName("is asked about some cases at a time, so that bookings come between")
    void some() {
        IntStream.rangeClosed(1, 70).forEach(number -> due.put(key(number), Optional.empty()));

        assertThat(changes.runSome()).isTrue();
        assertThat(asked).hasSize(50);
        assertThat(changes.runSome()).isTrue();
        assertThat(asked).hasSize(70).doesNotHaveDuplicates();
        assertThat(changes.runSome()).isFalse();
    }

    @Test
    @DisplayName("is asked by what is booked, where it is, since that must not stand in its own way")
    void asBooked() {
        due.put(key(1), Optional.empty());
        changes.runSome();
        assertThat(asked).containsExactly(BookingKey.unbooked(key(1), "FIRM_TAKES_TIME", BILLING_DATE));

        BookingKey made = new BookingKey(key(1) + "/FIRM_TAKES_TIME/2026-03-20/1");
        booked = Optional.of(new Booking(
                key(1), order(made), PlatformName.LEDGER, NOW, true, Booking.Progress.BOOKED, Optional.empty()));
        due.put(key(1), Optional.empty());
        changes.runSome();
        assertThat(asked).last().isEqualTo(made);
    }

    @Test
    @DisplayName("is heard by the case before its word is kept")
    void heard() {
        answer = new Preview.Refuses(Rejection.PLAN_NOT_SOLD);
        due.put(key(1), Optional.empty());
        changes.runSome();
        assertThat(told).containsExactly(new Previews.Told(wanted(key(1)), answer));
        assertThat(due).isEmpty();
    }

    private static TakeoverKey key(int number) {
        return new TakeoverKey("TKO-2026-%05d".formatted(number));
    }

    private static Previews.Wanted wanted(TakeoverKey key) {
        return new Previews.Wanted(
                order(BookingKey.unbooked(key, "FIRM_TAKES_TIME", BILLING_DATE)),
                PlatformName.LEDGER,
                Optional.empty());
    }

    private static Order order(BookingKey key) {
        return new Order(
                key,
                new CompanyId("C-1"),
                Product.QUICKBOOKS_TIME,
                new FirmId("F-1"),
                Payer.FIRM,
                BILLING_DATE,
                ZoneOffset.UTC);
    }

    private interface Answers {
        Object to(String method, Object[] given);
    }

    private static <T> T port(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> answers.to(method.getName(), given)));
    }

    private static final class Transactions extends AbstractPlatformTransactionManager {

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected void doBegin(Object transaction, org.springframework.transaction.TransactionDefinition definition) {}

        @Override
        protected void doCommit(DefaultTransactionStatus status) {}

        @Override
        protected void doRollback(DefaultTransactionStatus status) {}
    }
}
