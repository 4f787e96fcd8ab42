package org.billingtakeover.takeover;

import java.util.List;
import java.util.Map;

/** The table of refusals that a process owner keeps ({@code processes/takeover-eligibility.dmn}). */
public interface EligibilityTable {

    /** Evaluates the table without leaving a trace in the history. */
    List<Ineligibility> reasonsAgainst(EligibilityFacts facts);

    /** The reason that one row of the table gives, whoever asked it. */
    Ineligibility reason(Map<String, Object> row);
}
