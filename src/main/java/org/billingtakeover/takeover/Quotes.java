package org.billingtakeover.takeover;

import java.util.Optional;
import org.billingtakeover.pricing.Quote;

/** The stored quotes, each kept whole as it was shown. */
public interface Quotes {

    /** The next quote number. */
    String nextNumber();

    void add(String takeoverKey, Quote quote);

    Optional<Quote> find(String number);
}
