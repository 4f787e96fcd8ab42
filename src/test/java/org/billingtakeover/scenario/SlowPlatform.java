package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ReflectionUtils;

/** The embedded ledger as a remote platform would be: never asked in anybody's transaction, sometimes down, and answers get lost. */
final class SlowPlatform implements BillingPlatform {

    private final BillingPlatform ledger;
    private final AtomicInteger lost = new AtomicInteger();
    private final List<Order> orders = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    SlowPlatform(BillingPlatform ledger) {
        this.ledger = ledger;
    }

    /** The next answers are lost: the platform has done what it was asked, the caller sees a time-out. */
    void losesAnswers(int times) {
        lost.set(times);
    }

    void isDown(boolean nobodyAnswers) {
        down = nobodyAnswers;
    }

    /** All that was ordered, over all attempts. */
    List<Order> ordersFor(CompanyId companyId) {
        return orders.stream()
                .filter(order -> order.companyId().equals(companyId))
                .toList();
    }

    @Override
    public Instant cutOff(LocalDate effective, ZoneId zone) {
        return ledger.cutOff(effective, zone);
    }

    @Override
    public Answer book(Order order) {
        return far(() -> {
            orders.add(order);
            return ledger.book(order);
        });
    }

    @Override
    public Withdrawal withdraw(Order order) {
        return far(() -> ledger.withdraw(order));
    }

    @Override
    public Standing standing(BookingKey key) {
        return far(() -> ledger.standing(key));
    }

    /** As far away as everything that is asked of it. */
    <T> T far(Supplier<T> asked) {
        assertReachable();
        T answer = asked.get();
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("The platform did not answer in time.");
        }
        return answer;
    }

    private void assertReachable() {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .as("a transaction while the platform is talked to")
                .isFalse();
        if (down) {
            throw new IllegalStateException("Nobody answers.");
        }
    }

    @Override
    public Preview preview(Order order) {
        // Whatever gets lost is meant of bookings.
        assertReachable();
        return ledger.preview(order);
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return ledger.payerOn(companyId, product, day);
    }

    @Override
    public Optional<PlatformBills> bills() {
        return ledger.bills()
                .map(bills -> ProxyFactory.getProxy(PlatformBills.class, (MethodInterceptor) asked ->
                        far(() -> ReflectionUtils.invokeMethod(asked.getMethod(), bills, asked.getArguments()))));
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return ledger.history(companyId, product);
    }
}
