package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.DueOnBill.Billed;
import org.billingtakeover.billing.DueOnBill.Paid;
import org.billingtakeover.billing.FirstBill.Days;
import org.billingtakeover.billing.FirstBill.Part;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.NoQuote;
import org.springframework.stereotype.Component;

/** Foresees what the bills say of a change of payer, by the rules that bills are made by and from what is known here: no platform is asked. */
@Component
public class ForeseeFirstBill {

    private final MakeCharge makeCharge;

    public ForeseeFirstBill(MakeCharge makeCharge) {
        this.makeCharge = makeCharge;
    }

    /**
     * As things are known by now, before the change or after it.
     *
     * @param changesOn the first day that {@code newPayer} pays, local date of the client
     * @return empty where a table has no price or tax for it
     */
    public Optional<FirstBill> of(Account account, Product moving, Payer newPayer, LocalDate changesOn) {
        try {
            return Optional.of(new FirstBill(
                    changesOn,
                    moving,
                    bill(account, moving, newPayer, changesOn),
                    givenBack(account, moving, newPayer, changesOn)));
        } catch (NoQuote e) {
            return Optional.empty();
        }
    }

    private Part bill(Account account, Product moving, Payer payer, LocalDate changesOn) {
        LocalDate day = firstBill(account, payer, changesOn);
        List<Days> lines = new ArrayList<>();
        for (Product product : Product.values()) {
            Subscription subscription = account.subscription(product);
            List<Paid> paid = product == moving
                    ? List.of(new Paid(changesOn, null, true))
                    : subscription.payer() == payer ? List.of(new Paid(DueOnBill.since(day), null, false)) : List.of();
            for (DueOnBill.Days due : DueOnBill.of(account, subscription, payer, paid, List.of(), day)) {
                BillPeriod period = BillingDates.period(account, subscription, payer, due.from());
                Charge charge = charge(account, subscription, payer, period, due.from(), due.until());
                lines.add(days(account, subscription, charge, due, period));
            }
        }
        return new Part(payer, day, currency(account), lines);
    }

    private Optional<Part> givenBack(Account account, Product moving, Payer newPayer, LocalDate changesOn) {
        Payer relieved = newPayer == Payer.FIRM ? Payer.CLIENT : Payer.FIRM;
        Subscription subscription = account.subscription(moving);
        BillPeriod period = BillingDates.period(account, subscription, relieved, changesOn.minusDays(1));
        LocalDate day = firstBill(account, relieved, changesOn);
        List<Days> lines = DueOnBill.of(
                        account,
                        subscription,
                        relieved,
                        List.of(new Paid(period.from(), changesOn, false)),
                        List.of(new Billed(0, period.from(), period.until(), false, false)),
                        day)
                .stream()
                .filter(due -> due.credits() != null)
                .map(due -> days(
                        account,
                        subscription,
                        charge(account, subscription, relieved, period, period.from(), period.until())
                                .credit(
                                        BillPeriod.days(due.from(), due.until()),
                                        BillPeriod.days(period.from(), period.until())),
                        due,
                        period))
                .toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Part(relieved, day, currency(account), lines));
    }

    private static LocalDate firstBill(Account account, Payer payer, LocalDate changesOn) {
        return BillingDates.nextBill(account, payer, changesOn.minusDays(1));
    }

    private Charge charge(
            Account account,
            Subscription subscription,
            Payer payer,
            BillPeriod period,
            LocalDate from,
            LocalDate until) {
        return makeCharge.charge(
                account, subscription, payer, subscription.priceBasisFor(payer), from, period.some(from, until));
    }

    private static Days days(
            Account account, Subscription subscription, Charge charge, DueOnBill.Days due, BillPeriod period) {
        return new Days(
                new Bill.Line(account.client().companyId(), subscription.plan(), charge, due.from(), due.until()),
                BillPeriod.days(period.from(), period.until()));
    }

    private static Currency currency(Account account) {
        return account.client().currency();
    }
}
