package org.billingtakeover.trail;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * Gathers what happens in a transaction and appends it when the transaction commits; what is rolled back has not happened. All
 * methods throw {@link IllegalStateException} outside a transaction.
 */
public interface Trail {

    /** Records what happens now. */
    void record(Fact fact);

    /** @param at when it happened, which may be earlier than what was recorded before it */
    void record(Fact fact, Instant at);

    /** What a caller gathers in this transaction until it can tell the whole of it; made by {@code first} where there is none yet. */
    <G extends Gathering> G gathering(Class<G> kind, Supplier<G> first);

    /** What can be told only when a transaction ends. */
    interface Gathering {

        /** Called once, before the transaction's facts are appended: the last chance to record one. */
        void end();
    }
}
