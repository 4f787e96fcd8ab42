package org.billingtakeover.billing;

import static java.util.Comparator.naturalOrder;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Payer;
import org.jspecify.annotations.Nullable;

/**
 * Which days of a subscription a bill charges and gives back: bills are made in advance, up to the next one, and what a payer was billed
 * that it does not pay is given back with its next bill. (A client added in mid-period is prorated: the publication.)
 */
public final class DueOnBill {

    /** Nobody is charged or given back for days as long ago. */
    private static final int MONTHS_BACK = 13;

    private DueOnBill() {}

    /**
     * Days on which the payer pays.
     *
     * @param until the first one of the next payer; null while there is none
     * @param isChange whether it began with a change that was made here; what was paid elsewhere is charged from the next bill on
     */
    public record Paid(LocalDate from, @Nullable LocalDate until, boolean isChange) {}

    /**
     * Days on a bill that was made before.
     *
     * @param isCredit whether they were given back
     * @param isMistaken whether they are to be given back and charged anew, as they were charged wrongly
     */
    public record Billed(long line, LocalDate from, LocalDate until, boolean isCredit, boolean isMistaken) {

        /** The same, as long as nobody knows of the mistake. */
        public Billed notMistaken() {
            return new Billed(line, from, until, isCredit, false);
        }
    }

    /** @param credits the line of an earlier bill of which they are given back; null where they are charged */
    public record Days(
            LocalDate from, LocalDate until, @Nullable Long credits) {}

    /** From which day on something may have to be charged or given back on a bill of this day. */
    public static LocalDate since(LocalDate bill) {
        return bill.minusMonths(MONTHS_BACK);
    }

    /**
     * The days of a subscription on the payer's bill of a day, charges before credits.
     *
     * @param bill the day of the bill
     */
    public static List<Days> of(
            Account account,
            Subscription subscription,
            Payer payer,
            List<Paid> paid,
            List<Billed> billed,
            LocalDate bill) {
        List<Billed> mistaken = billed.stream().filter(Billed::isMistaken).toList();
        NavigableSet<LocalDate> charged = charged(billed);
        mistaken.forEach(line -> charged.removeAll(days(line.from(), line.until())));
        NavigableSet<LocalDate> owed = owed(account, subscription, payer, paid, billed, bill);
        List<Days> due = new ArrayList<>();
        for (Days run : runs(owed, day -> !charged.contains(day))) {
            split(account, subscription, payer, run).forEach(due::add);
        }
        mistaken.forEach(line -> due.add(new Days(line.from(), line.until(), line.line())));
        for (Billed line : billed) {
            if (!line.isCredit() && !line.isMistaken()) {
                runs(days(line.from(), line.until()), day -> charged.contains(day) && !owed.contains(day))
                        .forEach(run -> due.add(new Days(run.from(), run.until(), line.line())));
            }
        }
        return due;
    }

    private static NavigableSet<LocalDate> charged(List<Billed> billed) {
        NavigableSet<LocalDate> charged = new TreeSet<>();
        billed.stream()
                .sorted((one, other) -> Long.compare(one.line(), other.line()))
                .forEach(line -> {
                    if (line.isCredit()) {
                        charged.removeAll(days(line.from(), line.until()));
                    } else {
                        charged.addAll(days(line.from(), line.until()));
                    }
                });
        return charged;
    }

    private static NavigableSet<LocalDate> owed(
            Account account,
            Subscription subscription,
            Payer payer,
            List<Paid> paid,
            List<Billed> billed,
            LocalDate bill) {
        NavigableSet<LocalDate> owed = new TreeSet<>();
        LocalDate horizon =
                BillingDates.period(account, subscription, payer, bill).until();
        for (Paid each : paid) {
            LocalDate from =
                    each.isChange() ? each.from() : later(each.from(), firstCharged(subscription, payer, billed, bill));
            LocalDate until = each.until() == null || each.until().isAfter(horizon) ? horizon : each.until();
            owed.addAll(days(later(from, since(bill)), until));
        }
        // Whoever has cancelled is charged no more, and what was paid in advance is not given back.
        if (subscription.isCancelled() || subscription.includedInPayroll()) {
            NavigableSet<LocalDate> charged = charged(billed);
            owed.retainAll(charged);
            owed.addAll(charged.tailSet(bill));
        }
        return owed;
    }

    /** What was paid before anything was billed here ends with the bill, a client's own with the subscription's billing date. */
    private static LocalDate firstCharged(Subscription subscription, Payer payer, List<Billed> billed, LocalDate bill) {
        return billed.stream()
                .map(Billed::from)
                .min(naturalOrder())
                .orElseGet(() -> payer == Payer.FIRM && subscription.cycle() == BillingCycle.MONTHLY
                        ? bill
                        : BillingDates.next(subscription, bill.minusDays(1)));
    }

    /** Each part lies within one period, so that what is whole costs a whole price. */
    private static Stream<Days> split(Account account, Subscription subscription, Payer payer, Days run) {
        return Stream.iterate(
                        run.from(),
                        from -> from.isBefore(run.until()),
                        from -> BillingDates.period(account, subscription, payer, from)
                                .until())
                .map(from -> {
                    LocalDate end = BillingDates.period(account, subscription, payer, from)
                            .until();
                    return new Days(from, end.isBefore(run.until()) ? end : run.until(), null);
                });
    }

    private static List<Days> runs(NavigableSet<LocalDate> days, Predicate<LocalDate> which) {
        List<Days> runs = new ArrayList<>();
        days.stream().filter(which).forEach(day -> {
            LocalDate next = day.plusDays(1);
            int last = runs.size() - 1;
            if (last >= 0 && runs.get(last).until().equals(day)) {
                runs.set(last, new Days(runs.get(last).from(), next, null));
            } else {
                runs.add(new Days(day, next, null));
            }
        });
        return runs;
    }

    private static NavigableSet<LocalDate> days(LocalDate from, LocalDate until) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        from.datesUntil(until.isBefore(from) ? from : until).forEach(days::add);
        return days;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }
}
