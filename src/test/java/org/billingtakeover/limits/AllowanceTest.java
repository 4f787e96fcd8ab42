package org.billingtakeover.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An allowance")
class AllowanceTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Allowance allowance = new Allowance(2, Duration.ofMinutes(1), now::get);

    @Test
    @DisplayName("lets each source come so many times, and says how long it then waits")
    void waits() {
        assertThat(allowance.take("a")).isZero();
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        assertThat(allowance.take("a")).isZero();
        assertThat(allowance.take("a")).isEqualTo(Duration.ofSeconds(40));
        assertThat(allowance.take("b")).isZero();

        now.addAndGet(Duration.ofSeconds(40).toNanos());
        assertThat(allowance.take("a")).isZero();
    }

    @Test
    @DisplayName("does not make a source wait longer because it keeps knocking")
    void doesNotGrow() {
        for (int i = 0; i < 100; i++) {
            allowance.take("a");
        }
        assertThat(allowance.waitOf("a")).isEqualTo(Duration.ofMinutes(1));
        allowance.forget("a");
        assertThat(allowance.waitOf("a")).isZero();
    }

    @Test
    @DisplayName("keeps a bounded number of sources")
    void isBounded() {
        for (int i = 0; i < 60_000; i++) {
            allowance.take("source " + i);
        }
        assertThat(allowance.size()).isEqualTo(50_000);
    }

    @Test
    @DisplayName("keeps a source waiting however many others come, and takes back what was counted last")
    void isNotLiftedByOthers() {
        allowance.take("a");
        allowance.take("a");
        allowance.take("b");
        for (int i = 0; i < 60_000; i++) {
            allowance.take("source " + i);
        }
        assertThat(allowance.take("a")).isEqualTo(Duration.ofMinutes(1));

        allowance.giveBack("a");
        assertThat(allowance.take("a")).isZero();
        assertThat(allowance.take("a")).isEqualTo(Duration.ofMinutes(1));

        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(allowance.take("a")).isZero();
    }

    @Test
    @DisplayName("forgets those that waited when their time is over")
    void forgetsThoseWhoWaited() {
        for (int i = 0; i < 100; i++) {
            allowance.take("source " + i);
            allowance.take("source " + i);
        }
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        for (int i = 0; i < 50; i++) {
            allowance.take("later " + i);
        }
        assertThat(allowance.size()).isEqualTo(50);
    }

    @Test
    @DisplayName("takes the addresses of one household for one")
    void networks() {
        assertThat(Allowance.network("2001:db8:1:2:3:4:5:6")).isEqualTo(Allowance.network("2001:db8:1:2::9"));
        assertThat(Allowance.network("2001:db8:1:3::9")).isNotEqualTo(Allowance.network("2001:db8:1:2::9"));
        assertThat(Allowance.network("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Allowance.network("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Allowance.network("no:address")).isEqualTo("no:address");
    }
}
