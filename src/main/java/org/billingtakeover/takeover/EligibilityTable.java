package org.billingtakeover.takeover;

import java.util.List;

/**
 * The tables of refusals that a process owner keeps: {@code processes/takeover-eligibility.dmn} for the firm's way,
 * {@code processes/client-takeover-eligibility.dmn} for the client's.
 */
public interface EligibilityTable {

    /** Asks the table of the way that is in force now, without leaving a trace in the history. */
    List<Ineligibility> reasonsAgainst(EligibilityFacts facts);
}
