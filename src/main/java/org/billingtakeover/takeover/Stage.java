package org.billingtakeover.takeover;

/** Where a case stands, in one word of six; {@link State} says it exactly. */
public enum Stage {
    /** The accountant reviews the new cost. */
    REVIEW,
    /** The client has been asked to confirm or decline. */
    ASKING,
    /** The client agreed; the payer changes at a billing date. */
    SCHEDULED,
    /** The change was due and could not be made; billing operations resolves it. */
    PROBLEM,
    /** Bills stay separate; the integration stops on the stop date unless somebody reconsiders. */
    STOPPING,
    /** Ended, with an outcome. */
    CLOSED
}
