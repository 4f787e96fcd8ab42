package org.billingtakeover.verifier;

import java.io.PrintStream;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;

/** Says on the console what was found, in the language of who reads it. */
public final class Sentences {

    private final PrintStream out;
    private final Locale locale;
    private final List<ResourceBundle> words;

    /** @param bundles where words are looked for, beside those of the verifier */
    public Sentences(PrintStream out, Locale locale, String... bundles) {
        this.out = out;
        this.locale = locale;
        this.words = Stream.concat(Stream.of("messages.verifier"), Arrays.stream(bundles))
                .map(name ->
                        ResourceBundle.getBundle(name, locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES)))
                .toList();
    }

    /** @throws IllegalArgumentException if there is no such sentence */
    public void say(String code, Object... arguments) {
        String sentence = words.stream()
                .filter(bundle -> bundle.containsKey(code))
                .map(bundle -> bundle.getString(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(code));
        out.println(new MessageFormat(sentence, locale).format(arguments));
    }

    /**
     * Says what was found.
     *
     * @param what begins the names of the sentences that say of what
     */
    public void tell(Report report, String what) {
        report.findings().forEach(each -> say("verifier.found." + each.kind(), each.about(), each.from(), each.to()));
        say(
                report.isGood() ? what + ".good" : what + ".bad",
                report.chains(),
                report.entries(),
                report.seals(),
                report.findingCount());
        if (report.lastSeal() != null) {
            say(what + ".seal", report.lastSeal().noted());
        }
    }
}
