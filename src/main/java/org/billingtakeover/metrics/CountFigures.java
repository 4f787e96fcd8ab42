package org.billingtakeover.metrics;

import java.time.Instant;

/** Counts anew, at one instant. */
public interface CountFigures {

    Figures count(Period period, Instant now);
}
