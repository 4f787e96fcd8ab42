package org.billingtakeover.trail;

import java.util.Map;

/**
 * Gathers what happens in a transaction and appends it when the transaction commits; what is rolled back has not happened. All
 * methods throw {@link IllegalStateException} outside a transaction.
 */
public interface Trail {

    void record(Fact fact);

    /** A step of a case's diagram was entered, left or passed: the steps of a transaction make one entry. */
    void step(String about, String actor, Step step);

    /** A table was asked; the answer belongs to the case of the next fact. An answer that leads to no fact is not kept. */
    void answered(Answered answer);

    /**
     * @param instance tells the passes through one step apart; not kept
     * @param process id of the diagram
     * @param version of the diagram, as the engine counts
     * @param how {@code entered}, {@code left} or {@code cancelled}; a step that is entered and left at once is {@code passed}
     */
    record Step(String instance, String process, int version, String step, String how) {}

    /** What a decision table was asked and what it answered. */
    record Answered(String table, int version, Map<String, ?> inputs, Object outputs) {}
}
