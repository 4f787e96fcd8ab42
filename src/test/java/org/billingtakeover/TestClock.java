package org.billingtakeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.billingtakeover.takeover.ClockMoved;
import org.camunda.bpm.engine.impl.util.ClockUtil;
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
        publisher.publishEvent(new ClockMoved(Duration.ofMillis(ahead(instant))));
    }

    private static long ahead(Instant instant) {
        return instant.toEpochMilli() - System.currentTimeMillis();
    }

    /** Time passes until then. As in production, nobody is told, so nobody looks earlier than at the hour that was set. */
    public void goesOnTo(Instant instant) {
        now = instant;
        ClockUtil.offset(ahead(instant));
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
