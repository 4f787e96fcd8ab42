package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsCompared.Difference;
import org.billingtakeover.billing.BillsCompared.Refund;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.NoQuote;
import org.springframework.stereotype.Component;

/**
 * Compares what both parties were billed for the days since a change of payer with what was agreed: each day once, at the price basis of
 * the new payer, with its taxes (S67).
 */
@Component
public class CompareBills {

    private final MakeCharge makeCharge;

    CompareBills(MakeCharge makeCharge) {
        this.makeCharge = makeCharge;
    }

    /** A line with the bill on which it stands. */
    private record OnBill(Bill bill, Line line) {

        private boolean isTakenBackBy(OnBill credit) {
            return credit.line.isCredit()
                    && !line.isCredit()
                    && line.from().equals(credit.line.from())
                    && line.until().equals(credit.line.until())
                    && line.charge()
                                    .total()
                                    .plus(credit.line.charge().total())
                                    .amount()
                                    .signum()
                            == 0;
        }
    }

    /** @param bills of either party, with the lines of the subscription that has moved */
    public BillsCompared compare(Account account, Order order, List<Bill> bills) {
        List<Bill> since = bills.stream()
                .map(bill -> new Bill(
                        bill.number(),
                        bill.party(),
                        bill.day(),
                        bill.currency(),
                        bill.lines().stream()
                                .filter(line -> line.until().isAfter(order.effective()))
                                .toList()))
                .filter(bill -> !bill.lines().isEmpty())
                .toList();
        List<OnBill> newPayers = standing(since, payer -> payer == order.newPayer());
        List<OnBill> oldPayers = standing(since, payer -> payer != order.newPayer());
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        differences.addAll(daysOf(newPayers, order.effective()));
        newPayers.stream()
                .filter(each -> !each.line().isCredit())
                .forEach(each -> differences.addAll(priceOf(account, order, each.line())));
        List<Refund> toRefund = toRefund(oldPayers, order.effective());
        if (oldPayers.stream()
                .anyMatch(each -> !each.bill().day().isBefore(order.effective()) && owed(oldPayers, order, each) > 0)) {
            differences.add(Difference.BILLED_TWICE);
        }
        return new BillsCompared(since, differences, toRefund, refunded(since));
    }

    /** Without what was charged and taken back whole. */
    private static List<OnBill> standing(List<Bill> bills, Predicate<Payer> whose) {
        List<OnBill> lines = bills.stream()
                .filter(bill -> whose.test(bill.party().payer()))
                .flatMap(bill -> bill.lines().stream().map(line -> new OnBill(bill, line)))
                .collect(Collectors.toCollection(ArrayList::new));
        for (OnBill charge : List.copyOf(lines)) {
            Optional<OnBill> back = lines.stream().filter(charge::isTakenBackBy).findFirst();
            back.ifPresent(credit -> {
                lines.remove(credit);
                lines.remove(charge);
            });
        }
        return lines;
    }

    private static Set<Difference> daysOf(List<OnBill> lines, LocalDate effective) {
        NavigableMap<LocalDate, Integer> days = days(lines);
        days.values().removeIf(times -> times == 0);
        if (days.isEmpty()) {
            return Set.of(Difference.NOT_BILLED);
        }
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        if (!days.firstKey().equals(effective)
                || BillPeriod.days(effective, days.lastKey().plusDays(1)) != days.size()) {
            differences.add(Difference.DAYS_MISSING);
        }
        if (days.values().stream().anyMatch(times -> times > 1)
                || days.firstKey().isBefore(effective)) {
            differences.add(Difference.BILLED_TWICE);
        }
        return differences;
    }

    /** How many times each day is charged and not given back. */
    private static NavigableMap<LocalDate, Integer> days(List<OnBill> lines) {
        NavigableMap<LocalDate, Integer> days = new TreeMap<>();
        for (OnBill each : lines) {
            int times = each.line().isCredit() ? -1 : 1;
            each.line().from().datesUntil(each.line().until()).forEach(day -> days.merge(day, times, Integer::sum));
        }
        return days;
    }

    private Set<Difference> priceOf(Account account, Order order, Line line) {
        Subscription moved = account.subscription(order.product());
        PriceBasis basis = PriceBasis.of(order.product(), order.newPayer());
        BillPeriod period = BillingDates.period(account, moved, order.newPayer(), line.from());
        Charge charge = line.charge();
        Charge agreed;
        try {
            agreed = makeCharge.charge(
                    account, moved, order.newPayer(), basis, line.from(), period.some(line.from(), line.until()));
        } catch (NoQuote e) {
            // It is not a price of ours, whatever it is.
            return Set.of(Difference.WRONG_PRICE);
        }
        Set<Difference> differences = EnumSet.noneOf(Difference.class);
        if (charge.basis() != basis || !charge.net().equals(agreed.net())) {
            differences.add(Difference.WRONG_PRICE);
        } else if (!amounts(charge).equals(amounts(agreed))) {
            differences.add(Difference.WRONG_TAXES);
        }
        return differences;
    }

    private static Map<String, Money> amounts(Charge charge) {
        return charge.taxes().stream().collect(Collectors.toMap(Charge.Tax::name, Charge.Tax::amount, Money::plus));
    }

    private static List<Refund> toRefund(List<OnBill> oldPayers, LocalDate effective) {
        return sums(oldPayers.stream()
                .filter(each -> !each.line().isCredit())
                .map(each -> refund(each, owedDays(days(oldPayers), effective, each.line())))
                .toList());
    }

    private static Refund refund(OnBill each, int days) {
        Line line = each.line();
        return new Refund(
                each.bill().party().payer(),
                line.charge()
                        .credit(days, BillPeriod.days(line.from(), line.until()))
                        .total()
                        .negated());
    }

    private static int owed(List<OnBill> oldPayers, Order order, OnBill each) {
        return each.line().isCredit() ? 0 : owedDays(days(oldPayers), order.effective(), each.line());
    }

    private static int owedDays(NavigableMap<LocalDate, Integer> days, LocalDate effective, Line line) {
        return Math.toIntExact(line.from()
                .datesUntil(line.until())
                .filter(day -> !day.isBefore(effective) && days.getOrDefault(day, 0) > 0)
                .count());
    }

    private static List<Refund> refunded(List<Bill> bills) {
        return sums(bills.stream()
                .flatMap(bill -> bill.lines().stream()
                        .filter(Line::isCredit)
                        .map(line -> new Refund(
                                bill.party().payer(), line.charge().total().negated())))
                .toList());
    }

    private static List<Refund> sums(List<Refund> refunds) {
        List<Refund> sums = new ArrayList<>();
        for (Payer payer : Payer.values()) {
            refunds.stream()
                    .filter(refund -> refund.to() == payer)
                    .map(Refund::amount)
                    .collect(Collectors.groupingBy(Money::currency))
                    .forEach((currency, amounts) ->
                            sums.add(new Refund(payer, amounts.stream().reduce(Money.zero(currency), Money::plus))));
        }
        return sums.stream().filter(refund -> refund.amount().isPositive()).toList();
    }
}
