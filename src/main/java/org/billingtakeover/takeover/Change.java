package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.billingtakeover.kernel.QuoteNumber;

/**
 * What was agreed, and is to be done.
 *
 * @param agreed the offer that the client confirmed
 * @param current the quote in force: the agreed one, or a lower one that follows it
 * @param billingDate the local date of the client on which the payer changes
 */
public record Change(Offer agreed, QuoteNumber current, LocalDate billingDate) {

    Change on(LocalDate date) {
        return new Change(agreed, current, date);
    }

    Change at(QuoteNumber lower) {
        return new Change(agreed, lower, billingDate);
    }
}
