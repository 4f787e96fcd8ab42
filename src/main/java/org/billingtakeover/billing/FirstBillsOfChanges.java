package org.billingtakeover.billing;

import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.kernel.TakeoverKey;

/** The first bills after each change of payer, as far as they were read. */
public interface FirstBillsOfChanges extends Agenda<BookingKey, FirstBills> {

    /**
     * From now on they are waited for.
     *
     * @param madeAt when both parties are to have been billed
     * @param firstLook when they are read
     */
    void await(BookingKey booking, Instant madeAt, Instant firstLook);

    Optional<FirstBills> find(BookingKey booking);

    /** Those after the change of a case. */
    Optional<FirstBills> ofCase(TakeoverKey takeover);

    /** When some are read next, for the demo's clock. */
    Optional<Instant> nextLook(Instant after);

    @Override
    default void failed(BookingKey booking, Instant at, Instant unwantedAt) {
        later(booking, at);
    }

    /**
     * They say something new. Whoever locks their case too does so after this.
     *
     * @param before as they were when they were taken in hand
     * @param nextLook when they are read again, where they are
     * @return false if somebody has looked into them meanwhile, and nothing is kept
     */
    boolean found(FirstBills before, Finding finding, BillsCompared compared, Instant nextLook);

    /** Billing operations have looked into what differs or was not given back; false if nothing is open any more. Likewise before the case is locked. */
    boolean lookedInto(BookingKey booking, Finding finding);
}
