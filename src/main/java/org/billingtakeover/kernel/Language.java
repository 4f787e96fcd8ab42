package org.billingtakeover.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language that a person is written to in. */
public enum Language {
    FR(Locale.CANADA_FRENCH),
    EN(Locale.CANADA);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    /** The locale whose words, amounts and dates this language uses. */
    public Locale locale() {
        return locale;
    }

    /** The two-letter code, in lower case, as forms and templates are named by it. */
    public String code() {
        return locale.getLanguage();
    }

    /** The language whose {@link #code} is {@code code}; empty for everything else. */
    public static Optional<Language> ofCode(@Nullable String code) {
        return Arrays.stream(values())
                .filter(language -> language.code().equals(code))
                .findFirst();
    }

    /** The part of a name in this language: the tables name a tax, and a price list, in English, a slash, and in French. */
    public String partOf(String both) {
        String[] names = both.split("/", 2);
        return names[this == FR ? names.length - 1 : 0];
    }

    /** The language of {@code locale}; English where it is neither. */
    public static Language of(Locale locale) {
        return locale.getLanguage().equals("fr") ? FR : EN;
    }
}
