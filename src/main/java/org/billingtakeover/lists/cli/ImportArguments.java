package org.billingtakeover.lists.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.kernel.Language;

/**
 * What the command line asks for.
 *
 * @param asOf the day on which the list was exported; empty for today
 * @param whole whether it names all clients of the firm
 * @param again whether a file that was imported before is imported again
 * @param language the language of the answer; empty for the firm's
 * @param settings settings of the product, such as {@code --spring.profiles.active=production}: their names have dots
 */
record ImportArguments(
        String firm,
        Path file,
        Optional<LocalDate> asOf,
        boolean whole,
        boolean again,
        boolean dryRun,
        Optional<Language> language,
        List<String> settings) {

    private static final String COMMAND = "import";

    static ImportArguments of(String... arguments) throws WrongArguments {
        if (arguments.length == 0 || !arguments[0].equals(COMMAND)) {
            throw new WrongArguments("account.command.unknown", String.join(" ", arguments));
        }
        Map<String, String> options = new HashMap<>();
        List<String> settings = new ArrayList<>();
        for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
            String[] nameAndValue = argument.split("=", 2);
            String value = nameAndValue.length == 2 ? nameAndValue[1] : "";
            switch (nameAndValue[0]) {
                case "--firm", "--file", "--language", "--as-of" -> {
                    if (value.isBlank()) {
                        throw new WrongArguments("account.command.noValue", argument);
                    }
                    options.put(nameAndValue[0], value);
                }
                case "--dry-run", "--whole", "--again" -> {
                    if (!value.isEmpty()) {
                        throw new WrongArguments("account.command.unknown", argument);
                    }
                    options.put(nameAndValue[0], value);
                }
                default -> {
                    if (!argument.startsWith("--") || !nameAndValue[0].contains(".")) {
                        throw new WrongArguments("account.command.unknown", argument);
                    }
                    settings.add(argument);
                }
            }
        }
        return new ImportArguments(
                required(options, "--firm"),
                path(required(options, "--file")),
                date(Optional.ofNullable(options.get("--as-of"))),
                options.containsKey("--whole"),
                options.containsKey("--again"),
                options.containsKey("--dry-run"),
                language(Optional.ofNullable(options.get("--language"))),
                settings);
    }

    /** The languages of the answer as long as the firm is not known. */
    List<Language> languages() {
        return language.map(List::of).orElse(List.of(Language.values()));
    }

    private static String required(Map<String, String> options, String name) throws WrongArguments {
        String value = options.get(name);
        if (value == null) {
            throw new WrongArguments("account.command.missing", name);
        }
        return value;
    }

    private static Path path(String name) throws WrongArguments {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new WrongArguments("account.command.noFile", name);
        }
    }

    private static Optional<LocalDate> date(Optional<String> text) throws WrongArguments {
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            throw new WrongArguments("account.command.noDate", text.orElseThrow());
        }
    }

    private static Optional<Language> language(Optional<String> code) throws WrongArguments {
        if (code.isEmpty()) {
            return Optional.empty();
        }
        return switch (code.get().toLowerCase(Locale.ROOT)) {
            case "fr" -> Optional.of(Language.FR);
            case "en" -> Optional.of(Language.EN);
            default -> throw new WrongArguments("account.command.noLanguage", code.get());
        };
    }
}
