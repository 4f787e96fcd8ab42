package org.billingtakeover.account;

import java.time.LocalDate;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/** One client of one firm with both of its subscriptions, as known now. */
public record Account(Firm firm, Client client, Subscription online, Subscription time) {

    public BillingArrangement arrangement() {
        return BillingArrangement.of(online.payer(), time.payer());
    }

    /** Whether two parties pay for subscriptions that are both there, which is what stops the integration between them. */
    public boolean hasTwoPayers() {
        return arrangement() == BillingArrangement.SPLIT && !lacksOne();
    }

    /** Whether one of the two subscriptions is cancelled: then there is nothing to integrate. */
    public boolean lacksOne() {
        return online.isCancelled() || time.isCancelled();
    }

    public Subscription subscription(Product product) {
        return product == Product.QUICKBOOKS_ONLINE ? online : time;
    }

    public boolean hasPayersOf(Account other) {
        return online.payer() == other.online.payer() && time.payer() == other.time.payer();
    }

    /** This account with somebody else, or the same person under another address, as the client's primary admin. */
    public Account withAdmin(PrimaryAdmin admin) {
        return new Account(firm, client.withAdmin(admin), online, time);
    }

    /** Whether anything differs that a case may depend on, which is everything but the client's name. */
    public boolean differsBeyondName(Account other) {
        return !client.renamed(other.client.name()).equals(other.client)
                || !online.equals(other.online)
                || !time.equals(other.time);
    }

    /** This account with another day on which its integration is to stop, local date of the client. */
    public Account stoppingOn(LocalDate date) {
        return new Account(
                firm, client.with(new Integration(client.integration().status(), date)), online, time);
    }

    /** This account once the client no longer has {@code product}: a subscription that was there is cancelled. */
    public Account without(Product product) {
        return product == Product.QUICKBOOKS_ONLINE
                ? new Account(firm, client, online.cancelled(), time)
                : new Account(firm, client, online, time.cancelled());
    }

    /** This account once somebody else pays for {@code product}, as whoever pays it is billed, and the integration stands so. */
    public Account paidBy(Payer payer, Product product, Integration integration) {
        Client after = client.with(integration);
        return product == Product.QUICKBOOKS_ONLINE
                ? new Account(firm, after, online.paidBy(payer), time)
                : new Account(firm, after, online, time.paidBy(payer));
    }
}
