package org.billingtakeover.billing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.kernel.TakeoverKey;

/** The stored bookings. What a case wants is written in its own transaction, what the platform says in others. */
public interface Bookings extends Agenda<BookingKey, Bookings.Taken> {

    /** The platform has something to tell of it, now. */
    void lookAt(BookingKey key, Instant now);

    /** The case wants this booked, and nothing else. */
    void want(TakeoverKey takeover, Booking.Wish wish, Instant now);

    /** The case wants nothing booked. */
    void wantNothing(TakeoverKey takeover, Instant now);

    /** What the case wants now. */
    Optional<Booking> wantedBy(TakeoverKey takeover);

    /** All bookings of a case, earliest first. */
    List<Booking> of(TakeoverKey takeover);

    /** What the platform has not settled though it could, also of integrations: the first sign of one that does not answer. People who work by hand have tasks. */
    Waiting waiting(Instant now);

    /** @param oldest for how long the oldest of them has waited */
    record Waiting(int bookings, Duration oldest) {}

    /** When the platform is asked next whether it has changed a payer, for the demo's clock. */
    Optional<Instant> nextLook(Instant after);

    /** @param askedBefore whether the platform may have heard of it */
    record Taken(Booking booking, boolean askedBefore) {}

    /**
     * @param nextLook when the platform is asked again; empty at the end. What the case has ceased to want meanwhile, and is booked, is
     *     withdrawn at once
     */
    void told(BookingKey key, Progress word, Optional<Rejection> reason, Optional<Instant> nextLook, Instant now);
}
