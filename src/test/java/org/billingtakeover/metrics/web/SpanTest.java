package org.billingtakeover.metrics.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A length of time")
class SpanTest {

    @Test
    @DisplayName("is said in its two largest units, in the reader's language")
    void units() {
        assertThat(said("P14DT3H20M", Language.EN)).isEqualTo("14 d 3 h");
        assertThat(said("P14DT3H20M", Language.FR)).isEqualTo("14 j 3 h");
        assertThat(said("PT26H", Language.EN)).isEqualTo("1 d 2 h");
        assertThat(said("PT2H", Language.EN)).isEqualTo("2 h");
        assertThat(said("PT2M5S", Language.FR)).isEqualTo("2 min 5 s");
        assertThat(said("PT1.5S", Language.EN)).isEqualTo("1 s");
        assertThat(said("PT0.012S", Language.EN)).isEqualTo("12 ms");
    }

    private static String said(String duration, Language language) {
        return Span.of(Duration.parse(duration)).in(language).replace('\u00a0', ' ');
    }
}
