package org.billingtakeover.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back figures look. */
public enum Period {
    DAYS_30(30, 1),
    DAYS_90(90, 1),
    YEAR(365, 10),
    ALL(null, 10);

    private final @Nullable Integer days;
    private final int minutes;

    Period(@Nullable Integer days, int minutes) {
        this.days = days;
        this.minutes = minutes;
    }

    /** How old its figures may be. The longer the period, the longer counting takes and the less a minute changes. */
    public Duration oldest() {
        return Duration.ofMinutes(minutes);
    }

    /** Where the period that ends {@code now} begins. */
    public Instant since(Instant now) {
        return days == null ? Instant.EPOCH : now.minus(Duration.ofDays(days));
    }
}
