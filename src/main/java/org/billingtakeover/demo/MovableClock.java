package org.billingtakeover.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.billingtakeover.takeover.ClockMoved;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The product's clock in the demo: runs like the machine's, and can be put ahead of it. How far it is ahead outlives a restart, since
 * what happened in that future is in the database.
 */
@Component
@Profile("demo")
final class MovableClock extends Clock {

    private final Clock machine;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private volatile Duration ahead;

    MovableClock(JdbcClient jdbc, PlatformTransactionManager transactionManager, ApplicationEventPublisher events) {
        this.machine = Clock.systemUTC();
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactionManager);
        this.events = events;
        this.ahead = stored();
    }

    /** Puts the clock forward; never back, since what is done is done. An instant in the past changes nothing. */
    void moveTo(Instant instant) {
        move(Duration.between(instant(), instant));
    }

    /** Puts the clock forward by {@code further}; a negative duration changes nothing. */
    synchronized void move(Duration further) {
        if (further.isNegative()) {
            return;
        }
        Duration moved = ahead.plus(further);
        transactions.executeWithoutResult(
                status -> jdbc.sql("""
                        insert into demo_clock (ahead) values (:millis * interval '1 millisecond')
                        on conflict (only_row) do update set ahead = excluded.ahead
                        """).param("millis", moved.toMillis()).update());
        ahead = moved;
        events.publishEvent(new ClockMoved(moved));
    }

    /** Once the sample is there: what would be found in some minutes is found at once. */
    @EventListener(ApplicationStartedEvent.class)
    @Order(30)
    void started() {
        events.publishEvent(new ClockMoved(ahead));
    }

    /** How far the clock is ahead of the machine's, in days begun. */
    long daysAhead() {
        return ahead.plusDays(1).minusNanos(1).toDays();
    }

    private Duration stored() {
        return jdbc.sql("select (extract(epoch from ahead) * 1000)::bigint from demo_clock")
                .query(Long.class)
                .optional()
                .map(Duration::ofMillis)
                .orElse(Duration.ZERO);
    }

    @Override
    public Instant instant() {
        return machine.instant().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new InZone(this, zone);
    }

    /** The same clock, asked for the calendar of a zone. */
    private static final class InZone extends Clock {

        private final Clock clock;
        private final ZoneId zone;

        InZone(Clock clock, ZoneId zone) {
            this.clock = clock;
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new InZone(clock, other);
        }
    }
}
