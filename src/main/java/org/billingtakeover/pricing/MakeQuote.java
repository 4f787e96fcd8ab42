package org.billingtakeover.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.PriceList.Price;
import org.springframework.stereotype.Component;

/** Works out what a billing change costs whom. Keeps nothing. */
@Component
public class MakeQuote {

    private final PriceList priceList;
    private final SalesTaxes salesTaxes;

    public MakeQuote(PriceList priceList, SalesTaxes salesTaxes) {
        this.priceList = priceList;
        this.salesTaxes = salesTaxes;
    }

    /**
     * An unnumbered quote, in the client's currency.
     *
     * @param on the local date whose prices and taxes apply (the billing date of the change)
     * @throws NoQuote if the price list or the table of taxes lacks a row
     */
    public Quote quote(
            Account account, Product moving, Payer newPayer, LocalDate on, Instant madeAt, Instant validUntil) {
        Subscription moved = account.subscription(moving);
        PriceBasis newBasis = PriceBasis.of(moving, newPayer);
        List<Charge> before = Stream.of(account.online(), account.time())
                .map(each -> charge(account, each, each.payer(), each.priceBasis(), on))
                .toList();
        Charge changed = charge(account, moved, newPayer, newBasis, on);
        List<Charge> after = before.stream()
                .map(each -> each.product() == moving ? changed : each)
                .toList();
        Charge atListPrice = charge(account, moved, newPayer, PriceBasis.LIST, on);
        String version = price(account, moved, newBasis, on).version();
        return new Quote(Quote.UNNUMBERED, moving, newPayer, before, after, atListPrice, version, madeAt, validUntil);
    }

    private Charge charge(Account account, Subscription subscription, Payer payer, PriceBasis basis, LocalDate on) {
        Price price = price(account, subscription, basis, on);
        Money net = price.baseFee().plus(price.perUser().times(subscription.users()));
        List<Charge.Tax> taxes = taxesOf(account, payer, on).stream()
                .map(tax -> new Charge.Tax(tax.name(), net.times(tax.rate())))
                .toList();
        Money total = taxes.stream().map(Charge.Tax::amount).reduce(net, Money::plus);
        return new Charge(
                subscription.product(),
                payer,
                basis,
                subscription.users(),
                price.baseFee(),
                price.perUser(),
                net,
                taxes,
                total);
    }

    private Price price(Account account, Subscription subscription, PriceBasis basis, LocalDate on) {
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
}
