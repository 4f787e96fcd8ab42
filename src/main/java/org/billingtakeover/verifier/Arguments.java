package org.billingtakeover.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person asks of a verification on the command line.
 *
 * @param noted seals that were noted down elsewhere, {@code --seal=<number>:<hash>}
 * @param others whatever is neither these nor {@code --language=fr|en}
 */
public record Arguments(Locale locale, List<NotedSeal> noted, List<String> others) {

    private static final String LANGUAGE = "--language=";
    private static final String SEAL = "--seal=";

    public static Arguments of(List<String> given) {
        Locale locale = given.contains(LANGUAGE + "fr") ? Locale.CANADA_FRENCH : Locale.CANADA;
        List<NotedSeal> noted = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String argument : given) {
            Optional<NotedSeal> seal =
                    argument.startsWith(SEAL) ? NotedSeal.read(argument.substring(SEAL.length())) : Optional.empty();
            seal.ifPresent(noted::add);
            if (seal.isEmpty() && !argument.equals(LANGUAGE + "fr") && !argument.equals(LANGUAGE + "en")) {
                others.add(argument);
            }
        }
        return new Arguments(locale, noted, others);
    }
}
