package org.billingtakeover.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Canonical JSON")
class CanonicalJsonTest {

    @Test
    @DisplayName("sorts names by their UTF-16 units, as the example of RFC 8785, section 3.2.3, does")
    void sortsNames() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("\u20ac", "Euro Sign");
        values.put("\r", "Carriage Return");
        values.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        values.put("1", "One");
        values.put("\ud83d\ude00", "Emoji: Grinning Face");
        values.put("\u0080", "Control");
        values.put("\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(CanonicalJson.write(values))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    @DisplayName("escapes as the example of RFC 8785, section 3.2.2, does")
    void escapes() {
        assertThat(CanonicalJson.write("€$" + (char) 15 + "\nA'B\"\\\\\"/"))
                .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
    }

    @Test
    @DisplayName("writes lists, literals, times, amounts and records in one way only")
    void values() {
        assertThat(CanonicalJson.write(Arrays.asList(null, true, 7, List.of(), Map.of())))
                .isEqualTo("[null,true,7,[],{}]");
        assertThat(CanonicalJson.write(Instant.parse("2026-03-02T15:00:00.123456789Z")))
                .isEqualTo("\"2026-03-02T15:00:00.123456Z\"");
        assertThat(CanonicalJson.write(new Pair(new BigDecimal("1.50"), "x")))
                .isEqualTo("{\"a\":\"x\",\"amount\":\"1.50\"}");
    }

    @Test
    @DisplayName("refuses what has no exact form")
    void refuses() {
        assertThatThrownBy(() -> CanonicalJson.write(1L << 60)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(new Object())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.write(new Personal("Mireille")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private record Pair(BigDecimal amount, String a) {}
}
