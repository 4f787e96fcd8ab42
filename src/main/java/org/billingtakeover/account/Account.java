package org.billingtakeover.account;

/** One client of one firm with both of its subscriptions, as known now. */
public record Account(Firm firm, Client client, Subscription online, Subscription time) {

    public BillingArrangement arrangement() {
        return BillingArrangement.of(online.payer(), time.payer());
    }

    public Subscription subscription(Product product) {
        return product == Product.QUICKBOOKS_ONLINE ? online : time;
    }
}
