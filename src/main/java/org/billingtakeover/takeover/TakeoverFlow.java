package org.billingtakeover.takeover;

import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * The running process of a case, told what happened. It follows the case: where it waits for something else, it is put to where the case
 * stands. Each call takes part in the caller's transaction.
 */
public interface TakeoverFlow {

    /** A case was opened; the flow goes on to its first wait inside the call. */
    void takeoverRequested(Takeover takeover);

    /** The client answered by link. */
    void clientAnswered(TakeoverKey key);

    /** The client would have said yes to what is not possible by now; the question has ended without an answer. */
    void notPossible(TakeoverKey key);

    /**
     * Somebody is about to record what the client says by phone.
     *
     * @return the id of the task in which it is recorded
     * @throws Refusal {@code alreadyDecided} if no question is open
     */
    String clientTelephones(TakeoverKey key, String actor);

    /** The firm withdrew; the case has ended. */
    void takeoverWithdrawn(TakeoverKey key);

    /** The client withdrew a change that it had agreed to. */
    void changeWithdrawn(TakeoverKey key);

    /** The cost no longer is what was reviewed or agreed. */
    void costChanged(TakeoverKey key);

    /** The billing date of the subscription moved while its change was scheduled. */
    void billingDateMoved(TakeoverKey key);

    /** The platform has rejected a change that was booked or to be booked. */
    void changeRejected(TakeoverKey key);

    /** The platform has confirmed the change: it is to be recorded now. */
    void changeConfirmed(TakeoverKey key);

    /** The platform has changed the payer though the change was withdrawn: billing operations look into it. */
    void madeThoughWithdrawn(TakeoverKey key);

    /** A firm is to make a change by hand: it is asked, reminded, and what shows the change is waited for. */
    void toBeMadeByHand(CaseFile file, BookingKey booking, MakeByHand.Plan plan);

    /**
     * Nobody need work on a change by hand any more.
     *
     * @param toBeTakenBack whether the firm has made it and has to take it back
     */
    void settledByHand(BookingKey booking, boolean toBeTakenBack);

    /** A bill was sent in that may show a change made by hand. */
    void billSentIn(BookingKey booking);

    /** Its billing date has begun, and a change is not as agreed any more: its process checks it at once. */
    void changeToBeChecked(TakeoverKey key);

    /**
     * The first bills after a change differ from what was agreed, or a refund is due or was made.
     *
     * @param refundUntil how long a refund is waited for
     */
    void firstBillsRead(CaseFile file, BookingKey booking, Finding finding, Instant refundUntil);

    /** Those bills say something else by now. */
    void firstBillsReadAgain(BookingKey booking, Finding finding, Instant refundUntil);

    /**
     * The platform has stopped an integration: whoever waits for that tells firm and client.
     *
     * @return whether anybody does
     */
    boolean stopConfirmed(IntegrationOrder stop);

    /** A firm is to turn an integration off or on by hand: it is asked and reminded, then billing operations are. */
    void integrationToBeSet(IntegrationOrder order, Account account, SetIntegrationByHand.Plan plan);

    /** Nobody need work on an integration by hand any more. */
    void integrationSettled(IntegrationOrder order);

    /** A subscription was cancelled: nothing is left to take over. */
    void accountCancelled(TakeoverKey key);

    /** What changed around a case could not be followed: billing operations look into it. */
    void notFollowed(TakeoverKey key);

    /** Puts the process of a case to where its state belongs, whatever it waits for now; that of a closed case ends. */
    void putBack(CaseFile file);

    /** Client or firm reconsiders while bills are on their way to staying separate. */
    void reconsidered(TakeoverKey key);

    /** Whether what goes on now was begun by a timer, another job or the platform, not by a person. */
    boolean isByItself();

    /** Does what the platform has brought about. */
    void byItself(Runnable work);

    /** When the next timer of any case is due, for the demo's clock. */
    Optional<Instant> nextDue();
}
