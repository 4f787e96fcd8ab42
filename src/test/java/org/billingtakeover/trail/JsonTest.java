package org.billingtakeover.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("JSON that is read")
class JsonTest {

    @Test
    @DisplayName("is what was written")
    void asWritten() {
        assertThat(
                        (Object)
                                Json.object(
                                        " {\"a\" : [1, -2.50, 1e3, true, false, null, \"\\u00e9\\n\\\"\\\\/\\/ é 😀\"],\r\n\t\"b\":{}} "))
                .isEqualTo(Map.of(
                        "a",
                        Arrays.asList(
                                1L,
                                new BigDecimal("-2.50"),
                                new BigDecimal("1e3"),
                                true,
                                false,
                                null,
                                "é\n\"\\// é 😀"),
                        "b",
                        Map.of()));
    }

    @Property(tries = 300)
    void comesBack(@ForAll("values") Map<String, Object> value) {
        assertThat((Object) Json.object(CanonicalJson.write(value))).isEqualTo(CanonicalJson.plain(value));
    }

    @Provide
    static Arbitrary<Map<String, Object>> values() {
        Arbitrary<String> text = Arbitraries.strings()
                .withCharRange('\u0000', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(8);
        Arbitrary<Object> leaf = Arbitraries.oneOf(
                text.map(each -> each),
                Arbitraries.longs().between(-(1L << 53), 1L << 53).map(each -> each),
                Arbitraries.of(true, false).map(each -> each));
        Arbitrary<Object> deeper = Arbitraries.oneOf(
                leaf,
                leaf.list().ofMaxSize(3).map(each -> each),
                Arbitraries.maps(text, leaf).ofMaxSize(3).map(each -> each));
        return Arbitraries.maps(text, deeper).ofMaxSize(4);
    }

    @Test
    @DisplayName("is nothing where it is no object, or two readers could read another thing each")
    void strict() {
        for (String text : List.of(
                "",
                "1",
                "[]",
                "{",
                "{}x",
                "{} {}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":1.}",
                "{\"a\":NaN}",
                "{\"a\":nul}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":[1,]}",
                "{\"a\":" + "[".repeat(100_000) + "}",
                "{\"a\":" + "9".repeat(100_000) + "}")) {
            assertThat((Object) Json.object(text))
                    .as(text.substring(0, Math.min(20, text.length())))
                    .isEqualTo(Map.of());
        }
    }

    @Test
    @DisplayName("says where it is broken, in bytes that are no UTF-8 as well")
    void where() {
        for (byte[] bytes : List.of(
                "{\n  \"a\": x}".getBytes(StandardCharsets.UTF_8),
                "{\n  \"a\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1))) {
            assertThatThrownBy(() -> Json.of(new ByteArrayInputStream(bytes)).value())
                    .isInstanceOf(Json.Broken.class);
        }
        assertThatThrownBy(() -> Json.of(new ByteArrayInputStream("{\n  \"a\": x}".getBytes(StandardCharsets.UTF_8)))
                        .value())
                .hasMessage("2:8");
    }
}
