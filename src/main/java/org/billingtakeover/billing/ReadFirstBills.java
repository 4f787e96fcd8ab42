package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.FirstBills.Finding;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the first bills after a change of payer, and reads on until nothing is left to be put right. No transaction is open while the
 * platform is asked; what its bills say is kept in one of its own, together with what it means for the case.
 */
@Component
public class ReadFirstBills {

    private static final Duration UNTIL_MADE = Duration.ofHours(1);
    private static final Duration UNTIL_MENDED = Duration.ofDays(1);

    private final FirstBillsOfChanges firstBills;
    private final Platforms<BillingPlatform> platforms;
    private final Accounts accounts;
    private final CompareBills compare;
    private final TimeForBills time;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReadFirstBills(
            FirstBillsOfChanges firstBills,
            Platforms<BillingPlatform> platforms,
            Accounts accounts,
            CompareBills compare,
            TimeForBills time,
            ApplicationEventPublisher publisher,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.firstBills = firstBills;
        this.platforms = platforms;
        this.accounts = accounts;
        this.compare = compare;
        this.time = time;
        this.publisher = publisher;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Reads those that are due now, until the platform seems to be down. */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void run() {
        new Round<>(firstBills, this::read, clock).run();
    }

    private void read(FirstBills before) {
        Booking booking = before.booking();
        Order order = booking.order();
        Account account = accounts.find(order.firmId(), order.companyId()).orElseThrow();
        BillsCompared compared = compare.compare(
                account,
                order,
                platforms
                        .named(booking.platform())
                        .bills()
                        .orElseThrow()
                        .of(order.companyId(), order.product(), DueOnBill.since(order.effective())));
        Finding finding = finding(before, compared);
        Instant nextLook = clock.instant().plus(finding == Finding.AWAITED ? UNTIL_MADE : UNTIL_MENDED);
        boolean isNews = finding != before.finding()
                || finding != Finding.AWAITED
                        && before.compared().filter(compared::saysTheSameAs).isEmpty();
        if (isNews) {
            transaction.executeWithoutResult(running -> {
                if (firstBills.found(before, finding, compared, nextLook)) {
                    publisher.publishEvent(new FirstBills.Read(before, finding, compared));
                }
            });
        } else {
            firstBills.later(order.key(), nextLook);
        }
    }

    private boolean isOverdue(FirstBills bills) {
        ZoneId zone = bills.booking().order().zone();
        LocalDate made = LocalDate.ofInstant(bills.madeAt(), zone);
        return !clock.instant().isBefore(BillingDates.startOf(made.plusDays(time.days(made) + 1L), zone));
    }

    private Finding finding(FirstBills before, BillsCompared compared) {
        if (!compared.isBilled() && !isOverdue(before)) {
            return Finding.AWAITED;
        }
        if (compared.differences().isEmpty() && compared.toRefund().isEmpty()) {
            return compared.refunded().isEmpty() ? Finding.AS_AGREED : Finding.REFUNDED;
        }
        boolean isKnown = before.compared()
                .filter(earlier -> earlier.differences().containsAll(compared.differences()))
                .isPresent();
        if (before.finding() == Finding.BEING_CORRECTED && isKnown) {
            return Finding.BEING_CORRECTED;
        }
        return compared.differences().isEmpty() ? Finding.REFUND_DUE : Finding.DIFFERENT;
    }
}
