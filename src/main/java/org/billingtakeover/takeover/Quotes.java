package org.billingtakeover.takeover;

import java.util.Optional;
import org.billingtakeover.pricing.Quote;

/** The stored quotes, each kept whole as it was shown. */
public interface Quotes {

    /** Keeps the quote under a number of its own and answers with the numbered quote. */
    Quote add(String takeoverKey, Quote quote);

    Optional<Quote> find(String number);

    /** Published in the transaction that keeps a quote. */
    record QuoteKept(String takeoverKey, Quote quote) {}
}
