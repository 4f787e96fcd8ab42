package org.billingtakeover.takeover;

import java.time.Instant;
import java.util.Optional;

/** The running process of a case, told what happened. Each call takes part in the caller's transaction. */
public interface TakeoverFlow {

    /** A case was opened; the flow goes on to its first wait inside the call. */
    void takeoverRequested(Takeover takeover, String language);

    /**
     * The client answered by link.
     *
     * @throws Refusal {@code alreadyDecided} if the question no longer waits for an answer
     */
    void clientAnswered(String takeoverKey, boolean confirmed);

    /** Firm or client withdrew before the client had agreed. */
    void takeoverWithdrawn(String takeoverKey);

    /** Firm or client withdrew a change that was scheduled. */
    void changeWithdrawn(String takeoverKey);

    /** The cost no longer is what was reviewed or agreed. */
    void costChanged(String takeoverKey);

    /** The billing date of the subscription moved while its change was scheduled. */
    void billingDateMoved(String takeoverKey);

    /** A subscription was cancelled: nothing is left to take over. */
    void accountCancelled(String takeoverKey);

    /** Client or firm reconsiders while bills are on their way to staying separate. */
    void reconsidered(String takeoverKey);

    /** When the next timer of any case is due, for the demo's clock. */
    Optional<Instant> nextDue();
}
