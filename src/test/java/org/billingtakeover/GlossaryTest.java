package org.billingtakeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The glossary")
class GlossaryTest {

    private static final String NOWHERE = "—";
    private static final List<Term> TERMS = terms();

    @Test
    @DisplayName("is in alphabetical order, each word once")
    void inOrder() {
        assertThat(TERMS)
                .extracting(Term::word)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(30);
    }

    @Test
    @DisplayName("names what the code names")
    void inCode() {
        Set<String> named = Pattern.compile("\\b(?:record|class|interface|enum) (\\w+)")
                .matcher(read("src/main/java", ".java"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(TERMS).extracting(Term::code).isSubsetOf(named);
    }

    @Test
    @DisplayName("says what people read, in both languages")
    void onScreen() {
        String english = values("en");
        String french = values("fr");

        assertThat(TERMS).allSatisfy(term -> {
            assertThat(isRead(term.english(), english)).as(term.english()).isTrue();
            assertThat(isRead(term.french(), french)).as(term.french()).isTrue();
        });
    }

    @Test
    @DisplayName("calls the list of an office as people read it, and not otherwise")
    void oneWordForTheList() {
        assertThat(values("fr")).doesNotContainIgnoringCase("liste de comptes");
    }

    private static boolean isRead(String words, String onScreen) {
        return words.equals(NOWHERE)
                || Pattern.compile("(?iuU)\\b" + Pattern.quote(words) + "\\b")
                        .matcher(onScreen)
                        .find();
    }

    /** Without the keys of the messages, which nobody reads. */
    private static String values(String language) {
        return read("src/main/resources/messages", "_" + language + ".properties")
                        .replaceAll("(?m)^(#.*|[\\w.]+=)", "")
                + read("src/main/resources/templates/mail", "." + language + ".txt")
                + read("forms", "." + language + ".form");
    }

    private static String read(String folder, String ending) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(GlossaryTest::text)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Term> terms() {
        return text(Path.of("src/docs/glossary.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.split("\\s*\\|\\s*"))
                .map(cells -> new Term(cells[1], cells[2].replace("`", ""), cells[3], cells[4]))
                .toList();
    }

    private record Term(String word, String code, String english, String french) {}
}
