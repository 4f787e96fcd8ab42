package org.billingtakeover.picture;

import java.util.List;

/**
 * What happened on one diagram.
 *
 * @param steps in their order
 * @param over whether every run on this diagram has ended, so that nothing waits
 */
public record Walk(List<Step> steps, boolean over) {

    /** Nothing happened: the diagram alone. */
    public static final Walk NONE = new Walk(List.of(), true);

    public Walk {
        steps = List.copyOf(steps);
    }

    /** @param element the element's id in the diagram */
    public record Step(String element, How how) {}

    /** What happened at a step; the trail says the first four in lower case. */
    public enum How {
        ENTERED,
        LEFT,
        /** Entered and left at once. */
        PASSED,
        CANCELLED,
        /** All tries failed: somebody has to look. */
        FAILED,
        /** Tried again after it failed, or given up. */
        RESOLVED
    }
}
