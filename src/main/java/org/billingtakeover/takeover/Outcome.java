package org.billingtakeover.takeover;

/** What became of the client when its case ended. */
public enum Outcome {
    FIRM_PAYS_ALL,
    CLIENT_PAYS_ALL,
    INTEGRATION_STOPPED,
    WITHDRAWN,
    NOTHING_TO_TAKE_OVER,
    NOT_ELIGIBLE;

    /** Whether the payer has changed. */
    public boolean isOnePayer() {
        return this == FIRM_PAYS_ALL || this == CLIENT_PAYS_ALL;
    }
}
