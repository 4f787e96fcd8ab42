package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;

/** Somebody found, by being refused, that the table is against what the client is asked to agree to. */
public record FoundNotPossible(TakeoverKey takeover) {}
