package org.billingtakeover.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back figures look. */
public enum Period {
    DAYS_30(30),
    DAYS_90(90),
    YEAR(365),
    ALL(null);

    private final @Nullable Integer days;

    Period(@Nullable Integer days) {
        this.days = days;
    }

    /** Where the period that ends {@code now} begins. */
    public Instant since(Instant now) {
        return days == null ? Instant.EPOCH : now.minus(Duration.ofDays(days));
    }
}
