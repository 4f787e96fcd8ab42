package org.billingtakeover.takeover;

import java.time.Instant;

/** An accountant understood the new cost for the firm. */
public record Acknowledgement(String by, Instant at) {}
