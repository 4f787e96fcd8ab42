package org.billingtakeover.takeover;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;

/** The stored quotes, each kept whole as it was shown. */
public interface Quotes {

    /** A number that no other quote has. */
    QuoteNumber next();

    void add(TakeoverKey takeover, Kept quote);

    /** All quotes of these cases, oldest first; a case without any is left out. */
    Map<TakeoverKey, List<Kept>> of(Collection<TakeoverKey> takeovers);

    /** All quotes of a case, oldest first. */
    default List<Kept> of(TakeoverKey takeover) {
        return of(List.of(takeover)).getOrDefault(takeover, List.of());
    }

    /**
     * @param follows the dearer quote that was agreed to and that this one takes the place of, or its own number where it stands for
     *     itself
     */
    record Kept(Quote quote, QuoteNumber follows) {}
}
