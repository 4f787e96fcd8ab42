package org.billingtakeover.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of what takes much memory")
class FewAtOnceTest {

    private final FewAtOnce two = new FewAtOnce(2, Duration.ZERO);
    private final AtomicInteger done = new AtomicInteger();

    @Test
    @DisplayName("no more is done at once than fits")
    void limit() throws IOException {
        boolean first = two.run(() -> {
            boolean second = two.run(() -> {
                assertThat(two.run(done::incrementAndGet)).isFalse();
                done.incrementAndGet();
            });
            assertThat(second).isTrue();
        });

        assertThat(first).isTrue();
        assertThat(done).hasValue(1);
        assertThat(two.run(done::incrementAndGet)).isTrue();
    }

    @Test
    @DisplayName("a failure gives its turn back")
    void failure() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> two.run(() -> {
                        throw new IOException("The reader went away.");
                    }))
                    .isInstanceOf(IOException.class);
        }

        assertThat(two.run(done::incrementAndGet)).isTrue();
    }
}
