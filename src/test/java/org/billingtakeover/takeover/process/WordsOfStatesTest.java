package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.PropertyResourceBundle;
import java.util.stream.Stream;
import org.billingtakeover.takeover.State;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step can be refused in any state, and the form says which one it is. */
@DisplayName("Each state of a case")
class WordsOfStatesTest {

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    @DisplayName("has words of its own")
    void words(String language) throws IOException {
        PropertyResourceBundle words;
        try (var file = Files.newBufferedReader(
                Path.of("src/main/resources/messages/form_" + language + ".properties"), StandardCharsets.UTF_8)) {
            words = new PropertyResourceBundle(file);
        }
        assertThat(states(State.class))
                .hasSizeGreaterThan(10)
                .doesNotHaveDuplicates()
                .allSatisfy(state -> assertThat(words.containsKey("form.refusedStep.state." + state))
                        .as(state)
                        .isTrue());
    }

    private static Stream<String> states(Class<?> kind) {
        return kind.isSealed()
                ? Stream.of(kind.getPermittedSubclasses()).flatMap(WordsOfStatesTest::states)
                : Stream.of(kind.getSimpleName());
    }
}
