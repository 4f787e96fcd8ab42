package org.billingtakeover.pricing;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.PriceList.Price;
import org.springframework.stereotype.Component;

/** Works out what a subscription costs a payer, by the tables. */
@Component
public class MakeCharge {

    private final PriceList priceList;
    private final SalesTaxes salesTaxes;

    public MakeCharge(PriceList priceList, SalesTaxes salesTaxes) {
        this.priceList = priceList;
        this.salesTaxes = salesTaxes;
    }

    /**
     * For a month, in the client's currency.
     *
     * @param on the local date whose prices and taxes apply
     * @throws NoQuote if the price list or the table of taxes lacks a row
     */
    public Charge month(Account account, Subscription subscription, Payer payer, PriceBasis basis, LocalDate on) {
        return charge(account, subscription, payer, basis, on, Time.MONTH);
    }

    /** Likewise, for some time. */
    public Charge charge(
            Account account, Subscription subscription, Payer payer, PriceBasis basis, LocalDate on, Time time) {
        Price price = price(account, subscription, basis, on);
        Money net = time.of(price.baseFee().plus(price.perUser().times(subscription.users())));
        List<Charge.Tax> taxes = taxesOf(account, payer, on).stream()
                .map(tax -> new Charge.Tax(tax.name(), net.times(tax.rate())))
                .toList();
        return new Charge(
                subscription.product(),
                payer,
                basis,
                subscription.users(),
                price.baseFee(),
                price.perUser(),
                net,
                taxes,
                taxes.stream().map(Charge.Tax::amount).reduce(net, Money::plus));
    }

    /** @throws PriceList.UnknownPrice if the list has no row for this */
    Price price(Account account, Subscription subscription, PriceBasis basis, LocalDate on) {
        return priceList.price(
                subscription.product(), subscription.plan(), account.client().currency(), basis, on);
    }

    private List<SalesTaxes.SalesTax> taxesOf(Account account, Payer payer, LocalDate on) {
        return switch (payer) {
            case FIRM ->
                salesTaxes.taxes(account.firm().country(), account.firm().province(), on);
            case CLIENT ->
                salesTaxes.taxes(account.client().country(), account.client().province(), on);
        };
    }

    /**
     * How long a charge is for: a number of monthly prices, or the part of them that some days are.
     *
     * @param days of them
     * @param ofDays that the whole time has
     */
    public record Time(int months, int days, int ofDays) {

        static final Time MONTH = new Time(1, 1, 1);

        private Money of(Money month) {
            return month.times(months).part(days, ofDays);
        }
    }
}
