package org.billingtakeover.metrics;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The figures, counted again only when they are too old for their period, however many ask. */
@Component
public class TellFigures {

    private final CountFigures count;
    private final Clock clock;
    private final Map<Period, Figures> counted = new ConcurrentHashMap<>();

    TellFigures(CountFigures count, Clock clock) {
        this.count = count;
        this.clock = clock;
    }

    /** Whoever asks while the figures of the same period are being counted waits for those. */
    public Figures of(Period period) {
        Instant now = clock.instant();
        return counted.compute(
                period, (same, before) -> before != null && isFresh(before, now) ? before : count.count(period, now));
    }

    /** A clock that was put back makes what it counted before worthless. */
    private static boolean isFresh(Figures figures, Instant now) {
        return !now.isBefore(figures.at())
                && now.isBefore(figures.at().plus(figures.period().oldest()));
    }
}
