package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The form of staff")
class FormsTest {

    private static final ProcessFiles FORMS = FilesOnDisk.read(FilesOnDisk.FORMS);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> WORDED = Set.of("text", "label", "description");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^}]*}}");
    private static final Pattern ENGLISH = Pattern.compile(
            "\\b(the|and|of|to|your|what|who|how|again|after|now|with|for|from|pays|month|is|are|QuickBooks Online)\\b",
            Pattern.CASE_INSENSITIVE);

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("is the same in French and in English but for its words")
    void sameInBothLanguages(String name) {
        assertThat(withoutWords(form(name, "fr"))).isEqualTo(withoutWords(form(name, "en")));
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("speaks in French of the same values as in English")
    void sameValuesInBothLanguages(String name) {
        List<String> french = words(form(name, "fr"));
        List<String> english = words(form(name, "en"));

        assertThat(french).hasSameSizeAs(english);
        for (int i = 0; i < french.size(); i++) {
            assertThat(placeholders(french.get(i))).isEqualTo(placeholders(english.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("has no English word in French")
    void noEnglishInFrench(String name) {
        assertThat(words(form(name, "fr")))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(
                                ENGLISH.matcher(PLACEHOLDER.matcher(text).replaceAll(""))
                                        .results())
                        .extracting(MatchResult::group)
                        .as(text)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("asks in its conditions for its own fields and their values only")
    void conditionsAskForItsOwnFields(String name) {
        JsonNode components = form(name, "en").path("components");
        for (JsonNode component : components) {
            String condition = component.at("/conditional/hide").asText();
            if (condition.isEmpty()) {
                continue;
            }
            MatchResult parts = Pattern.compile("=([A-Za-z]+)(\\.[A-Za-z]+)? !?= \"([A-Za-z_]+)\"")
                    .matcher(condition)
                    .results()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(condition));
            if (parts.group(2) == null) {
                JsonNode field = Stream.iterate(0, i -> i < components.size(), i -> i + 1)
                        .map(components::get)
                        .filter(other -> other.path("key").asText().equals(parts.group(1)))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(condition));
                assertThat(field.path("values").findValuesAsText("value")).contains(parts.group(3));
            }
        }
    }

    static List<String> names() {
        return FORMS.names(".en.form").map(file -> file.replace(".en.form", "")).toList();
    }

    private static JsonNode form(String name, String language) {
        try {
            return JSON.readTree(FORMS.text(name + "." + language + ".form"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** What remains when the id and everything that somebody reads are taken out. */
    private static JsonNode withoutWords(JsonNode form) {
        ObjectNode copy = form.deepCopy();
        copy.remove("id");
        copy.findParents("type").forEach(component -> ((ObjectNode) component).remove(WORDED));
        copy.findParents("value").forEach(choice -> ((ObjectNode) choice).remove(WORDED));
        copy.findParents("key").forEach(column -> ((ObjectNode) column).remove(WORDED));
        return copy;
    }

    private static List<String> words(JsonNode form) {
        List<String> words = new ArrayList<>();
        WORDED.stream().sorted().forEach(kind -> words.addAll(form.findValuesAsText(kind)));
        return words;
    }

    private static Set<String> placeholders(String text) {
        return new TreeSet<>(
                PLACEHOLDER.matcher(text).results().map(MatchResult::group).toList());
    }
}
