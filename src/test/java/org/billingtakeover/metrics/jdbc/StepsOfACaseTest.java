package org.billingtakeover.metrics.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.PropertyResourceBundle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The steps that figures are told of")
class StepsOfACaseTest {

    private static final Pattern CALLED = Pattern.compile("calledElement=\"([^\"]+)\"");
    private static final Pattern STEP = Pattern.compile(
            "<bpmn:(?:\\w*[tT]ask|callActivity|eventBasedGateway|intermediateCatchEvent) id=\"(\\w+)\"");

    private static final Pattern LINK = Pattern.compile(
            "(?s)<bpmn:intermediateCatchEvent(?:(?!</bpmn:intermediateCatchEvent>).)*linkEventDefinition.*?</bpmn:intermediateCatchEvent>");

    @Test
    @DisplayName("are those of the main diagram, of every diagram that is called from it, and of mails")
    void diagrams() throws IOException {
        for (String process : JdbcFigures.OF_A_CASE) {
            assertThat(found(CALLED, process)).as(process).isSubsetOf(JdbcFigures.OF_A_CASE);
        }
    }

    @Test
    @DisplayName("have a name in both languages")
    void names() throws IOException {
        for (String language : List.of("en", "fr")) {
            PropertyResourceBundle words;
            try (var file = Files.newBufferedReader(
                    Path.of("src/main/resources/messages/metrics_" + language + ".properties"),
                    StandardCharsets.UTF_8)) {
                words = new PropertyResourceBundle(file);
            }
            for (String process : JdbcFigures.OF_A_CASE) {
                assertThat(found(STEP, process))
                        .as(process)
                        .isNotEmpty()
                        .allSatisfy(step -> assertThat(words.containsKey("metrics.step." + step))
                                .as(step + " in " + language)
                                .isTrue());
            }
        }
    }

    private static List<String> found(Pattern pattern, String process) throws IOException {
        try (Stream<MatchResult> found = pattern.matcher(diagram(process)).results()) {
            return found.map(each -> each.group(1)).toList();
        }
    }

    /** Of today, or where there is none any more, the last one; no case was ever at either end of a link. */
    private static String diagram(String process) throws IOException {
        Path today = Path.of("processes", process + ".bpmn");
        Path before = Path.of("src", "test", "resources", "processes", "1.1.0", process + ".bpmn");
        return LINK.matcher(Files.readString(Files.exists(today) ? today : before))
                .replaceAll("");
    }
}
