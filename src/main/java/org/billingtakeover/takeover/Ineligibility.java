package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One reason why no take-over can be opened for a client now.
 *
 * @param reason the code of a row in {@code processes/takeover-eligibility.dmn}; {@code ineligible.<reason>} in the messages
 * @param possibleFrom the local date of the client from which time cures it; null where time does not
 */
public record Ineligibility(String reason, @Nullable LocalDate possibleFrom) {}
