package org.billingtakeover.account;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The sync between a client's two products.
 *
 * @param stopDate the local date on which a split arrangement stops the integration; null where nothing is at risk
 */
public record Integration(
        IntegrationStatus status, @Nullable LocalDate stopDate) {}
