package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.takeover.ClockMoved;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

@Tag("slow")
class MovableClockTest {

    private final HikariDataSource database = TestDatabase.fresh();
    private final List<Object> events = new ArrayList<>();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aClockThatWasNeverMovedIsTheMachines() {
        assertThat(start().instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
        assertThat(start().daysAhead()).isZero();
    }

    @Test
    void aMovedClockTellsHowFarItIsAheadAndIsStillAheadAfterARestart() {
        MovableClock clock = start();
        clock.move(Duration.ofDays(40));
        clock.move(Duration.ofHours(3));

        Duration ahead = Duration.ofDays(40).plusHours(3);
        assertThat(events).containsExactly(new ClockMoved(Duration.ofDays(40)), new ClockMoved(ahead));
        assertThat(start().instant()).isCloseTo(Instant.now().plus(ahead), within(5, ChronoUnit.SECONDS));
        assertThat(start().daysAhead()).isEqualTo(41);
    }

    @Test
    void theClockGoesToAnInstantAheadAndNeverBack() {
        MovableClock clock = start();
        Instant due = Instant.now().plus(14, ChronoUnit.DAYS);
        clock.moveTo(due);
        assertThat(clock.instant()).isAfterOrEqualTo(due).isCloseTo(due, within(5, ChronoUnit.SECONDS));

        clock.moveTo(due.minus(1, ChronoUnit.DAYS));
        assertThat(clock.instant()).isAfterOrEqualTo(due);
    }

    @Test
    void aViewOfTheClockInAZoneMovesWithIt() {
        MovableClock clock = start();
        java.time.Clock inMontreal = clock.withZone(ZoneId.of("America/Toronto"));
        clock.move(Duration.ofDays(3));

        assertThat(inMontreal.instant()).isCloseTo(clock.instant(), within(5, ChronoUnit.SECONDS));
        assertThat(inMontreal.getZone()).isEqualTo(ZoneId.of("America/Toronto"));
    }

    private MovableClock start() {
        return new MovableClock(
                JdbcClient.create(database), new JdbcTransactionManager(database), event -> events.add(event));
    }
}
