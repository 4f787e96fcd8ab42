package org.billingtakeover.billing;

import java.time.Duration;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.kernel.FirmId;

/**
 * Lets whoever tries the product have the embedded platform refuse what a firm's clients have agreed to, and be as far away as a remote
 * one. There is none in production.
 */
public interface PlatformDesk {

    void refuse(FirmId firm, Rejection reason);

    void refuseNoMore(FirmId firm);

    Optional<Rejection> refusal(FirmId firm);

    Distance distance();

    /** Nobody answers, until somebody does again. Its bills are made all the same. */
    void down(boolean isDown);

    void takes(Duration eachAnswer);

    /** It does what it is then asked, and its answer never arrives. */
    void losesNext(int answers);

    /** Has it bill a firm and its clients wrongly. What it has billed wrongly it gives back with its next bills once it knows better. */
    void billsWrongly(FirmId firm, Mistake mistake);

    void billsRightly(FirmId firm);

    Optional<Mistake> mistake(FirmId firm);

    /** What can be wrong with bills. */
    enum Mistake {
        /** A payer that pays no more is billed on. */
        STILL_BILLS_OLD_PAYER,
        /** At list price, whatever price was agreed. */
        LIST_PRICE,
        NO_TAXES,
        /** Nothing is given back, whatever was paid too much. */
        KEEPS_REFUNDS
    }

    /**
     * How far away it is when it is asked to book, to withdraw, or what became of a booking.
     *
     * @param takes each answer
     * @param losesNext how many of the next answers get lost
     */
    record Distance(boolean isDown, Duration takes, int losesNext) {}
}
