package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;

/** Somebody found, by being refused, that the cost of a case has risen. */
public record CostFoundRisen(TakeoverKey takeover) {}
