package org.billingtakeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.billingtakeover.takeover.ClockMoved;
import org.springframework.context.ApplicationEventPublisher;

/** The product's clock in a test: stands where the test puts it, and the engine's clock with it. */
public final class TestClock extends Clock {

    private final ApplicationEventPublisher publisher;
    private volatile Instant now = Instant.parse("2026-03-02T15:00:00Z");

    public TestClock(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** Puts the clock anywhere, forward or back. */
    public void set(Instant instant) {
        now = instant;
        publisher.publishEvent(
                new ClockMoved(Duration.between(Instant.ofEpochMilli(System.currentTimeMillis()), instant)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(now, zone);
    }
}
