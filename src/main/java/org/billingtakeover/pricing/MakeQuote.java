package org.billingtakeover.pricing;

import java.time.Instant;
import java.time.LocalDate;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Payer;
import org.billingtakeover.account.Product;

/** Works out what a billing change costs whom. Keeps nothing. */
public interface MakeQuote {

    /**
     * An unnumbered quote.
     *
     * @param on the local date whose prices and taxes apply (the billing date of the change)
     * @throws PriceList.UnknownPrice if the price list lacks a row
     */
    Quote quote(Account account, Product moving, Payer newPayer, LocalDate on, Instant madeAt, Instant validUntil);
}
