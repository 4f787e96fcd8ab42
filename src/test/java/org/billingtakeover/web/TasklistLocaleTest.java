package org.billingtakeover.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasklistLocaleTest {

    private static final String TASKLIST = "/META-INF/resources/webjars/camunda/app/tasklist/";

    private static final Set<String> SAME_IN_BOTH = Set.of(
            "",
            "<",
            "<=",
            ">",
            ">=",
            "<null>",
            "Action",
            "Camunda",
            "Cockpit",
            "Date",
            "Description",
            "Type",
            "Variables",
            "L",
            "%d minutes");

    private static final Pattern MARKUP = Pattern.compile("<a\\b[^>]*>|\\{\\{[^}]*}}");

    private static final char NO_BREAK_SPACE = '\u00a0';

    private final Map<String, String> shipped = texts("en");
    private final Map<String, String> french = texts("fr");

    @Test
    void frenchHasTheKeysThatTasklistShipsInEnglish() {
        assertThat(french.keySet()).containsExactlyElementsOf(shipped.keySet());
    }

    @Test
    void frenchFillsInTheSamePlaceholdersLinksAndEntities() {
        assertThat(french.entrySet())
                .filteredOn(text -> text.getValue().equals(shipped.get(text.getKey())))
                .extracting(Map.Entry::getValue)
                .isSubsetOf(SAME_IN_BOTH);
    }

    @Test
    void noTextIsLeftInEnglish() {
        assertThat(french)
                .allSatisfy((key, text) -> assertThat(text.equals(shipped.get(key)) && !SAME_IN_BOTH.contains(text))
                        .as(text)
                        .isFalse());
    }

    @Test
    void frenchIsSetAsFrenchIsPrinted() {
        assertThat(french).allSatisfy((key, text) -> {
            String prose = MARKUP.matcher(text).replaceAll("x");
            assertThat(prose)
                    .as("one space between words")
                    .doesNotContain("  ")
                    .as("no-break space before : and inside « »")
                    .doesNotContainPattern("[^" + NO_BREAK_SPACE + "](?::(?:\\s|$)|»)")
                    .doesNotContainPattern("«[^" + NO_BREAK_SPACE + "]")
                    .as("no space before ? ! ; . ,")
                    .doesNotContainPattern("[\\s" + NO_BREAK_SPACE + "][?!;.,]")
                    .as("curled apostrophes and no straight quotation marks")
                    .doesNotContainPattern("[\"']");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"locales/fr.json", "scripts/config.js", "scripts/back-office.js", "styles/user-styles.css"})
    void ourFileIsFoundBeforeTheShippedOne(String file) {
        assertThat(TasklistLocaleTest.class.getResource(TASKLIST + file)).hasProtocol("file");
    }

    private static Map<String, String> texts(String language) {
        ObjectMapper json = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (InputStream file =
                TasklistLocaleTest.class.getResourceAsStream(TASKLIST + "locales/" + language + ".json")) {
            Map<String, String> texts = new TreeMap<>();
            collect("", json.readTree(requireNonNull(file)), texts);
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void collect(String key, JsonNode node, Map<String, String> texts) {
        if (node.isTextual()) {
            texts.put(key, node.textValue());
        }
        int index = 0;
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            collect(key + "/" + index++, element, texts);
        }
        node.properties().forEach(property -> collect(key + "/" + property.getKey(), property.getValue(), texts));
    }
}
