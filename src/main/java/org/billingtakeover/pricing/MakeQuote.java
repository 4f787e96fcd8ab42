package org.billingtakeover.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.stereotype.Component;

/** Works out what a billing change costs whom. Keeps nothing. */
@Component
public class MakeQuote {

    private final MakeCharge make;

    public MakeQuote(MakeCharge make) {
        this.make = make;
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
                .map(each -> make.month(account, each, each.payer(), each.priceBasis(), on))
                .toList();
        Charge changed = make.month(account, moved, newPayer, newBasis, on);
        List<Charge> after = before.stream()
                .map(each -> each.product() == moving ? changed : each)
                .toList();
        Charge atListPrice = make.month(account, moved, newPayer, PriceBasis.LIST, on);
        String version = make.price(account, moved, newBasis, on).version();
        return new Quote(Quote.UNNUMBERED, moving, newPayer, before, after, atListPrice, version, madeAt, validUntil);
    }
}
