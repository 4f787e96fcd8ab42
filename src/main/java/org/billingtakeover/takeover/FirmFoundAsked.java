package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;

/** Somebody found, by being refused, that a question is open to an address that is the firm's by now. */
public record FirmFoundAsked(TakeoverKey takeover) {}
