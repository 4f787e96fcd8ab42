package org.billingtakeover.notification.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.HarmlessText;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.notification.Letter;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.context.LazyContextVariable;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

/** Puts letters into words by the templates in {@code templates/mail}; how they are written is told in the README there. */
@Component
class WriteMail {

    private static final String FOLDER = "templates/mail/";

    private static final String BETWEEN_VERSIONS = "\n\n* * *\n\n";

    private final ConsentLinks consentLinks;
    private final URI publicUrl;
    private final TemplateEngine templates = templates();
    private final Map<Language, Map<String, String>> phrases =
            Stream.of(Language.values()).collect(Collectors.toMap(language -> language, WriteMail::phrases));

    WriteMail(ConsentLinks consentLinks, @Value("${back-office.public-url}") URI publicUrl) {
        this.consentLinks = consentLinks;
        this.publicUrl = publicUrl;
    }

    WrittenMail write(Letter letter) {
        return write(List.of(letter));
    }

    /** @param letters what one person reads in one mail, in one language; whichever wants an answer gives it its subject */
    WrittenMail write(List<Letter> letters) {
        Letter letter = letters.stream()
                .filter(each -> each.consentRequest() != null)
                .findFirst()
                .orElse(letters.get(0));
        List<Language> languages = letter.frenchFirst() && letter.language() != Language.FR
                ? List.of(Language.FR, letter.language())
                : List.of(letter.language());
        List<Version> versions = languages.stream()
                .map(language -> version(letter, letters, language, languages.size() > 1))
                .toList();
        String more = letters.size() > 1 ? " (+" + (letters.size() - 1) + ")" : "";
        String subject =
                versions.stream().map(Version::subject).collect(Collectors.joining(" / ", whose(letter), more));
        Context frame = new Context(languages.get(0).locale());
        frame.setVariable("subject", subject);
        frame.setVariable("versions", versions);
        return new WrittenMail(
                subject,
                versions.stream().map(Version::text).collect(Collectors.joining(BETWEEN_VERSIONS, "", "\n")),
                templates.process("frame.html", frame),
                languages);
    }

    /** Of two companies with one primary admin, one has to see at a glance which a mail is about. */
    private static String whose(Letter letter) {
        return letter.party() == Payer.CLIENT
                ? printable(String.valueOf(letter.facts().get("client"))) + " – "
                : "";
    }

    private Version version(Letter first, List<Letter> letters, Language language, boolean oneOfTwo) {
        boolean several = letters.size() > 1;
        List<Said> all = letters.stream().map(letter -> said(letter, language)).toList();
        Said leading = all.get(letters.indexOf(first));
        Set<String> headings = several ? all.stream().map(Said::heading).collect(Collectors.toSet()) : Set.of();
        String body = several
                ? all.stream().map(said -> section(said, language)).collect(Collectors.joining("\n\n"))
                : leading.body();
        Context words = leading.words();
        words.setVariable("several", several);
        words.setVariable("englishFollows", oneOfTwo && language == Language.FR);
        words.setVariable("body", body);
        return new Version(
                language.locale().toLanguageTag(),
                leading.subject(),
                Paragraph.of(
                        templates.process("frame." + language.code() + ".txt", words),
                        letters.stream()
                                .flatMap(letter -> links(letter).values().stream())
                                .collect(Collectors.toSet()),
                        headings));
    }

    /** What a letter says in one language, with the words that it is written of. */
    private record Said(Letter letter, Context words, String subject, String body) {

        String heading() {
            return whose(letter) + subject;
        }
    }

    private Said said(Letter letter, Language language) {
        Context words = words(letter, language);
        String[] said =
                templates.process(templateOf(letter, language), words).strip().split("\\R", 2);
        return new Said(letter, words, said[0].strip(), said[1].strip());
    }

    private String section(Said said, Language language) {
        Context words = said.words();
        words.setVariable("heading", said.heading());
        words.setVariable("body", said.body());
        return templates.process("section." + language.code() + ".txt", words).strip();
    }

    private Context words(Letter letter, Language language) {
        Context words = new Context(language.locale());
        words.setVariables(inWords(letter.facts(), new InWords(language)));
        words.setVariables(Map.copyOf(links(letter)));
        words.setVariable("name", printable(letter.name()));
        words.setVariable("toClient", letter.party() == Payer.CLIENT);
        words.setVariables(phrases(language, words));
        return words;
    }

    /** Each put into words where a letter says it. */
    private Map<String, Object> phrases(Language language, Context words) {
        return Objects.requireNonNull(phrases.get(language)).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, phrase -> new LazyContextVariable<String>() {
                    @Override
                    protected String loadValue() {
                        return templates.process(phrase.getValue(), words);
                    }
                }));
    }

    private static Map<String, String> phrases(Language language) {
        try {
            return new ClassPathResource(FOLDER + "phrases." + language.code() + ".txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" = ", 2))
                    .collect(Collectors.toMap(phrase -> phrase[0], phrase -> phrase[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String templateOf(Letter letter, Language language) {
        return letter.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + "." + letter.party().name().toLowerCase(Locale.ROOT)
                + "." + language.code() + ".txt";
    }

    private Map<String, String> links(Letter letter) {
        Map<String, String> links = new LinkedHashMap<>();
        if (letter.consentRequest() != null) {
            links.put("link", consentLinks.link(letter.consentRequest()).toString());
        }
        if (letter.party() == Payer.FIRM && letter.facts().containsKey("caseKey")) {
            links.put("caseLink", withoutSlash(publicUrl.toString()) + "/cases/" + letter.about());
        }
        if (letter.about() instanceof FirmKey) {
            links.put("commissionsLink", withoutSlash(publicUrl.toString()) + "/commissions");
        } else if (letter.party() == Payer.FIRM && !letter.facts().containsKey("caseKey")) {
            links.put("clientsLink", withoutSlash(publicUrl.toString()) + "/clients?search=" + search(letter));
        }
        return links;
    }

    private static String search(Letter letter) {
        return URLEncoder.encode(String.valueOf(letter.facts().get("client")), StandardCharsets.UTF_8);
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Map<String, Object> inWords(Map<String, Object> facts, InWords words) {
        Map<String, Object> said = new LinkedHashMap<>();
        facts.forEach((name, fact) -> said.put(name, inWords(name, fact, words)));
        return said;
    }

    private static Object inWords(String name, Object fact, InWords words) {
        if (fact instanceof Money money) {
            return name.endsWith("Difference") ? words.difference(money) : words.money(money);
        }
        if (fact instanceof LocalDate date) {
            return words.date(date);
        }
        if (fact instanceof LocalTime time) {
            return words.time(time);
        }
        return fact instanceof String text ? printable(text) : fact;
    }

    static String printable(String text) {
        // A break of a line in a name could forge a header or a paragraph.
        return HarmlessText.inOneLine(text);
    }

    private static TemplateEngine templates() {
        // Of the reasons that owners keep in tables, the sentences that pages and forms say.
        ResourceBundleMessageSource sentences = new ResourceBundleMessageSource();
        sentences.setBasenames("messages/takeover", "messages/form");
        sentences.setDefaultEncoding("UTF-8");
        sentences.setFallbackToSystemLocale(false);
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateEngineMessageSource(sentences);
        engine.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
        engine.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
        StringTemplateResolver ofPhrases = new StringTemplateResolver();
        ofPhrases.setTemplateMode(TemplateMode.TEXT);
        engine.addTemplateResolver(ofPhrases);
        return engine;
    }

    private static ClassLoaderTemplateResolver resolver(String names, TemplateMode mode) {
        ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
        resolver.setPrefix(FOLDER);
        resolver.setResolvablePatterns(Set.of(names));
        resolver.setTemplateMode(mode);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }

    /** The mail in one language. */
    record Version(String languageTag, String subject, List<Paragraph> paragraphs) {

        String text() {
            return paragraphs.stream().map(Paragraph::text).collect(Collectors.joining("\n\n"));
        }
    }
}
