package org.billingtakeover.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.billingtakeover.model.FilesOnDisk.TABLES_OF_TESTS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.takeover.Happening;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Pages, mails and forms, in the two languages: bundles, {@code templates/mail} and {@code forms}. */
@DisplayName("What a person reads")
class MessagesTest {

    /** What stood in the way of changes, as cases and entries of earlier versions say it. */
    private static final Set<String> OF_EARLIER_CASES = Set.of("alreadyMoved", "pastDue", "suspended");

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path BUNDLES = RESOURCES.resolve("messages");
    private static final Path MAILS = RESOURCES.resolve("templates/mail");
    private static final Path FORMS = Path.of("forms");

    /** A value put in: by MessageFormat, a mail's template, or a form. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}|\\[\\(\\$\\{.*?}\\)]|\\[#.*?]|\\{\\d");

    /** Not words: what is put in or marked up, and what is to be typed exactly so. */
    private static final Pattern NOT_WORDS = Pattern.compile(
            "\\{\\{.*?}}|\\[\\(.*?\\)]|\\[#.*?]|\\[/]|\\{\\d[^{}]*(?:\\{\\d}[^{}]*)*}|</?\\w+>|\\[?--[^ ]*");

    /** Keys that end with a name of the engine's. */
    private static final Pattern ENGINES = Pattern.compile("^audit\\.(?:entity|incident|operation|property|state)\\.");

    private final Map<String, String> english = texts("en");
    private final Map<String, String> french = texts("fr");

    @Test
    @DisplayName("is there in both languages, and never empty")
    void sameTexts() {
        assertThat(french).containsOnlyKeys(english.keySet());
        assertThat(keysOf(french, String::isBlank)).isEmpty();
        assertThat(keysOf(english, String::isBlank)).isEmpty();
    }

    @Test
    @DisplayName("names the same facts in both languages")
    void samePlaceholders() {
        // A mail in both languages begins in French.
        french.computeIfPresent(
                "mail/frame.txt", (key, frame) -> frame.replaceFirst("\\[#[^]]*englishFollows[^]]*]", ""));

        assertThat(french.keySet())
                .filteredOn(key -> !placeholders(text(french, key)).equals(placeholders(text(english, key))))
                .isEmpty();
    }

    /** A lone straight apostrophe would hide what follows it. */
    @Test
    @DisplayName("can be filled in")
    void wellFormed() {
        for (Map<String, String> texts : List.of(bundles("fr"), bundles("en"))) {
            Map<String, String> filledIn = new TreeMap<>(texts);
            filledIn.values().removeIf(text -> !PLACEHOLDER.matcher(text).find());
            assertThatCode(() -> filledIn.values().forEach(MessageFormat::new)).doesNotThrowAnyException();
            assertThat(keysOf(filledIn, text -> text.contains("'"))).isEmpty();
        }
    }

    /**
     * A key is used where it is written. One that is put together is used if its beginning is written before a {@code +} and each part
     * of its end is a name in the code, a process or a table, or if its end is written after a {@code +} and its beginning is used.
     */
    @Test
    @DisplayName("is shown somewhere")
    void used() {
        String code = read(Path.of("src/main/java"), RESOURCES.resolve("templates"));
        // What was done on a diagram of an earlier version is shown too.
        Path earlier = Path.of("src", "test", "resources", "processes");
        // A reason that an owner takes out of a table keeps its words: cases were told it.
        String names = code + read(Path.of("processes"), TABLES_OF_TESTS, earlier, RESOURCES.resolve("META-INF"));
        Set<String> written = found("[\\w.-]*[\\w-]", code);
        Set<String> words = found("[\\w-]+", names);
        words.addAll(OF_EARLIER_CASES);
        // What happens in a case is called as its record is.
        Stream.of(Happening.class.getPermittedSubclasses())
                .flatMap(each -> each.isInterface() ? Stream.of(each.getPermittedSubclasses()) : Stream.of(each))
                .forEach(each -> words.add(Happening.code(each.asSubclass(Happening.class))));
        Set<String> beginnings = found("(?<=[\"'])[A-Za-z][\\w.-]*\\.(?=[\"']\\s*\\+)", code);

        Set<String> endings = found("(?<=\\+\\s?[\"'])\\.[\\w.]+(?=[\"'])", code);

        assertThat(bundles("en").keySet())
                .filteredOn(
                        key -> !written.contains(key) && !ENGINES.matcher(key).find())
                .filteredOn(key -> beginnings.stream()
                        .filter(key::startsWith)
                        .noneMatch(beginning -> words.containsAll(
                                List.of(key.substring(beginning.length()).split("\\.")))))
                .filteredOn(key -> endings.stream()
                        .filter(key::endsWith)
                        .noneMatch(ending -> written.contains(key.substring(0, key.length() - ending.length()))))
                .isEmpty();
    }

    /** As the Office québécois de la langue française has it for Canada. */
    @Test
    @DisplayName("is set in French as French is printed in Canada")
    void frenchTypography() {
        assertThat(breaches(
                        french,
                        Map.of(
                                "no no-break space before a colon", "[^\u00a0]:(?:\\s|$)",
                                "no no-break space inside « »", "[^\u00a0]»|«[^\u00a0]",
                                "no no-break space before a unit", "[\\dx] ?(?:%|\\$|Mo\\b)",
                                "space before punctuation", "[\\s\u00a0\u202f][?!;.,](?:\\s|$)",
                                "straight or other quotation marks", "[\"'“”`]")))
                .isEmpty();
    }

    @Test
    @DisplayName("is set in English as English is printed")
    void englishTypography() {
        assertThat(breaches(
                        english,
                        Map.of(
                                "space before punctuation", "[\\s\u00a0][?!;:.,](?:\\s|$)",
                                "straight or other quotation marks", "[\"'`«»]")))
                .isEmpty();
    }

    private static List<String> breaches(Map<String, String> texts, Map<String, String> rules) {
        List<String> breaches = new ArrayList<>();
        texts.forEach((key, text) -> rules.forEach((breach, pattern) -> {
            Matcher found =
                    Pattern.compile(pattern).matcher(NOT_WORDS.matcher(text).replaceAll("x"));
            if (found.find()) {
                breaches.add(key + ": " + breach + " at " + found.start());
            }
        }));
        return breaches;
    }

    private static Set<String> keysOf(Map<String, String> texts, Predicate<String> which) {
        return texts.keySet().stream()
                .filter(key -> which.test(text(texts, key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private static String text(Map<String, String> texts, String key) {
        return texts.getOrDefault(key, "");
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(found -> found.group().replaceAll("\\s", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every text by a name that is the same in both languages. */
    private static Map<String, String> texts(String language) {
        Map<String, String> texts = new TreeMap<>(bundles(language));
        for (Path mail : files(MAILS)) {
            String name = mail.getFileName().toString();
            if (name.endsWith("." + language + ".txt")) {
                texts.put("mail/" + name.replace("." + language + ".", "."), read(mail));
            }
        }
        for (Path form : files(FORMS)) {
            String name = form.getFileName().toString();
            if (name.endsWith("." + language + ".form")) {
                collect("form/" + name.replace("." + language + ".", "."), json(form), texts);
            }
        }
        return texts;
    }

    private static Map<String, String> bundles(String language) {
        Map<String, String> texts = new TreeMap<>();
        for (Path bundle : files(BUNDLES)) {
            if (bundle.toString().endsWith("_" + language + ".properties")) {
                Properties properties = new Properties();
                try (Reader reader = Files.newBufferedReader(bundle)) {
                    properties.load(reader);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                properties.forEach((key, text) -> assertThat(texts.put((String) key, (String) text))
                        .as("another text for " + key)
                        .isNull());
            }
        }
        return texts;
    }

    private static void collect(String place, JsonNode node, Map<String, String> texts) {
        for (String kind : List.of("text", "label", "description")) {
            // A table's corner has no words.
            if (node.path(kind).isTextual() && !node.path(kind).textValue().equals(" ")) {
                texts.put(place + "/" + kind, node.path(kind).textValue());
            }
        }
        for (String kind : List.of("components", "values", "columns")) {
            int index = 0;
            for (JsonNode part : node.path(kind)) {
                collect(place + "/" + kind + index++, part, texts);
            }
        }
    }

    private static JsonNode json(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path... folders) {
        return Stream.of(folders)
                .flatMap(folder -> files(folder).stream())
                .filter(file -> !file.toString().endsWith(".svg"))
                .map(MessagesTest::read)
                .collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
