package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("processes/README.md")
class CatalogueTest {

    private static final ProcessFiles FILES = FilesOnDisk.read(FilesOnDisk.PROCESSES);

    /** What an owner reads in a diagram and wants to find in the catalogue. */
    private static final List<Pattern> TOLD = Stream.of(
                    "camunda:candidateGroups=\"([a-z-]+)\"",
                    "camunda:historyTimeToLive=\"(P\\d+D)\"",
                    "camunda:formRef=\"([a-z-]+)\\.",
                    "camunda:decisionRef=\"([a-z-]+)\"",
                    "<camunda:(?:in|out) source=\"([A-Za-z]+)\"",
                    "<bpmn:message [^>]*name=\"([A-Za-z.]+)\"",
                    "<bpmn:error [^>]*errorCode=\"([A-Za-z.]+)\"",
                    "<bpmn:(?:conditionExpression|timeDate)[^>]*>\\$\\{([A-Za-z]+)",
                    "camunda:dueDate=\"\\$\\{([A-Za-z]+)}\"")
            .map(Pattern::compile)
            .toList();

    private final String catalogue = read();

    @Test
    @DisplayName("has a section with the picture of every file, and of no other")
    void namesEveryFile() throws IOException {
        assertThat(sections().keySet()).isEqualTo(FILES.texts().keySet());
        sections()
                .forEach((file, section) -> assertThat(section)
                        .as(file)
                        .contains("](" + PicturesTest.picture(file).getFileName() + ")"));
        try (Stream<Path> inFolder = Files.list(FilesOnDisk.PROCESSES)) {
            assertThat(inFolder.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .allSatisfy(name -> assertThat(catalogue).contains(name));
        }
    }

    @Test
    @DisplayName("tells each file's groups, forms, tables, variables, messages, errors and retention")
    void tellsWhatIsInEachFile() {
        sections()
                .forEach((file, section) -> TOLD.stream()
                        .flatMap(pattern -> pattern.matcher(FILES.text(file)).results())
                        .map((MatchResult found) -> found.group(1))
                        .forEach(word -> assertThat(section).as(file).contains(word)));
    }

    @Test
    @DisplayName("tells what each form may send")
    void tellsWhatFormsSend() {
        Product.contract().flow().taskInputs().forEach((task, fields) -> {
            if (fields.isEmpty()) {
                return;
            }
            String file = FILES.names(".bpmn")
                    .filter(name -> FILES.text(name).contains("\"" + task + "\""))
                    .findFirst()
                    .orElseThrow();
            assertThat(sections().getOrDefault(file, ""))
                    .as(file)
                    .contains(fields.stream().map(field -> "`" + field + "`").toList());
        });
    }

    @Test
    @DisplayName("leads only to what exists")
    void linksLeadSomewhere() {
        assertThat(Pattern.compile("]\\(([^)#:]+)\\)").matcher(catalogue).results())
                .extracting((MatchResult link) -> link.group(1))
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(FilesOnDisk.PROCESSES.resolve(link)).exists());
        assertThat(Pattern.compile("]\\(#([^)]+)\\)").matcher(catalogue).results())
                .extracting((MatchResult link) -> link.group(1))
                .containsExactlyInAnyOrderElementsOf(FILES.texts().keySet().stream()
                        .map(file -> file.replace(".", ""))
                        .toList());
    }

    /** By file. */
    private Map<String, String> sections() {
        Map<String, String> sections = new TreeMap<>();
        Arrays.stream(catalogue.split("\n(?=##)", -1))
                .filter(section -> section.startsWith("### "))
                .forEach(section ->
                        sections.put(section.lines().findFirst().orElseThrow().substring(4), section));
        return sections;
    }

    private static String read() {
        try {
            return Files.readString(FilesOnDisk.PROCESSES.resolve("README.md"));
        } catch (IOException e) {
            throw new IllegalStateException("processes/README.md is missing.", e);
        }
    }
}
