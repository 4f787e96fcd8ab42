package org.billingtakeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("README.md and src/docs")
class DocumentsTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("src", "docs");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]*)(?:#([^)]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);
    private static final Pattern TEST = Pattern.compile("`(?:[a-z]+/)?([A-Z]\\w+(?:Test|Scenarios|Benchmark|IT))`");
    private static final Pattern SETTING = Pattern.compile("\\$\\{(back-office\\.[a-z.-]*[a-z])");
    private static final Pattern VARIABLE = Pattern.compile("`(BACK_OFFICE_[A-Z_]*[A-Z])");
    private static final int LINES_OF_A_PAGE = 80;

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("lead only to what exists")
    void links(Path document) throws IOException {
        assertThat(found(LINK, document)).allSatisfy(link -> {
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(found(HEADING, target))
                        .extracting(heading -> anchor(heading.group(1)))
                        .contains(link.group(2));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("name only tests that there are")
    void tests(Path document) throws IOException {
        List<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .toList();
        }
        assertThat(found(TEST, document))
                .extracting((MatchResult test) -> test.group(1))
                .allMatch(tests::contains);
    }

    /** A variable whose words are parted elsewhere than the setting's is one that nobody reads. */
    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("name settings by the variables that the product looks for")
    void variables(Path document) throws IOException {
        List<String> read = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.(java|yaml)"))
                    .toList()) {
                found(SETTING, file)
                        .forEach(setting -> read.add(
                                setting.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_")));
            }
        }
        assertThat(read).isNotEmpty();
        assertThat(found(VARIABLE, document))
                .extracting((MatchResult variable) -> variable.group(1))
                .allSatisfy(variable -> assertThat(read)
                        .filteredOn(each -> each.replace("_", "").equals(variable.replace("_", "")))
                        .allMatch(variable::equals));
    }

    @Test
    @DisplayName("begin with one page, which leads to all others")
    void onePage() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(LINES_OF_A_PAGE);
        try (Stream<Path> docs = Files.list(DOCS)) {
            assertThat(docs.map(doc -> "](" + doc.toString().replace('\\', '/')))
                    .allSatisfy(link -> assertThat(Files.readString(README)).contains(link));
        }
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.list(DOCS)) {
            return Stream.concat(Stream.of(README), docs.sorted()).toList();
        }
    }

    private static List<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results().toList();
    }

    /** As the places where the documents are read make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
