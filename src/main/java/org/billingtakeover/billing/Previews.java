package org.billingtakeover.billing;

import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * What platforms are asked ahead: whether they would make the change that a case is about, before anybody agrees to it and until it is
 * made. A case has one at a time, written in its own transaction; the answer is kept in another.
 */
public interface Previews extends Agenda<TakeoverKey, Previews.Wanted> {

    /**
     * A case wants to know, of this and nothing else; what was said of another change is forgotten.
     *
     * @param order with a key of its own, by which nothing is booked
     * @param platform where the firm's changes are made
     * @param at when the platform is asked first
     */
    void want(Order order, PlatformName platform, Instant at);

    void wantNothing(TakeoverKey takeover);

    /** What was said last of what a case wants to know; empty while nothing was, or where it wants to know nothing. */
    Optional<Said> said(TakeoverKey takeover);

    /** Has it asked now, if it was to be asked later. */
    void askNow(TakeoverKey takeover, Instant now);

    /** Keeps what was said, unless the case has come to want to know something else since. */
    void told(Wanted wanted, Preview preview, Optional<Instant> askedAgain, Instant now);

    /** @param last what the platform said before */
    record Wanted(Order order, PlatformName platform, Optional<Preview> last) {}

    record Said(Preview preview, Instant at) {}

    /** The platform's word, published in the transaction that keeps it, before it is written down. */
    record Told(Wanted wanted, Preview preview) {}
}
