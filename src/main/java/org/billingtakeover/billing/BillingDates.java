package org.billingtakeover.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Payer;

/** The arithmetic of billing dates: local dates in the client's time zone. */
public final class BillingDates {

    private static final int MONTHS_OF_A_YEAR = 12;

    private BillingDates() {}

    /**
     * The first billing date after {@code today}: never today itself, since a change agreed on a billing date waits for the
     * following one. An annual plan is billed at its renewal.
     */
    public static LocalDate next(Subscription subscription, LocalDate today) {
        if (subscription.cycle() == BillingCycle.ANNUAL && subscription.renewalDate() != null) {
            return nextYearly(subscription.renewalDate(), today);
        }
        return next(subscription.billingDay(), today);
    }

    /** The first date after {@code today} with this day of the month, or the last day of a month that is too short. */
    public static LocalDate next(int billingDay, LocalDate today) {
        LocalDate inThisMonth = onDay(billingDay, today);
        return inThisMonth.isAfter(today) ? inThisMonth : onDay(billingDay, today.plusMonths(1));
    }

    /**
     * The next day after {@code today} on which a payer gets its one bill: a firm on its own bill date, a client on that of QuickBooks Time,
     * which it pays by itself.
     */
    public static LocalDate nextBill(Account account, Payer payer, LocalDate today) {
        return next(billDay(account, payer), today);
    }

    private static int billDay(Account account, Payer payer) {
        if (payer == Payer.FIRM) {
            return account.firm().billDay();
        }
        Subscription time = account.time();
        return time.cycle() == BillingCycle.ANNUAL && time.renewalDate() != null
                ? time.renewalDate().getDayOfMonth()
                : time.billingDay();
    }

    /** The days for which a payer is billed at once for what it pays on {@code day}: from one bill to the next, of an annual plan a year. */
    public static BillPeriod period(Account account, Subscription subscription, Payer payer, LocalDate day) {
        if (subscription.cycle() == BillingCycle.ANNUAL && subscription.renewalDate() != null) {
            LocalDate renewal = nextYearly(subscription.renewalDate(), day);
            return new BillPeriod(renewal.minusYears(1), renewal, MONTHS_OF_A_YEAR);
        }
        LocalDate next = nextBill(account, payer, day);
        return new BillPeriod(onDay(billDay(account, payer), next.minusMonths(1)), next, 1);
    }

    /** The instant at which {@code date} begins in {@code zone}; after a gap where the clocks skip midnight. */
    public static Instant startOf(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant();
    }

    /** Counted from the first renewal, so that one on February 29 returns to its own day. */
    private static LocalDate nextYearly(LocalDate first, LocalDate today) {
        int years = Math.max(0, today.getYear() - first.getYear());
        LocalDate renewal = first.plusYears(years);
        return renewal.isAfter(today) ? renewal : first.plusYears(years + 1);
    }

    private static LocalDate onDay(int billingDay, LocalDate month) {
        return month.withDayOfMonth(Math.min(billingDay, month.lengthOfMonth()));
    }
}
