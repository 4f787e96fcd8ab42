package org.billingtakeover.takeover;

import java.time.Duration;

/**
 * The product's clock was set ahead of the machine's; whoever keeps a clock of its own follows.
 *
 * @param ahead how far the clock now is ahead of the machine's
 */
public record ClockMoved(Duration ahead) {}
