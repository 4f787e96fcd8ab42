package org.billingtakeover.notification.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.notification.mail.SampleLetters.frenchFirst;
import static org.billingtakeover.notification.mail.SampleLetters.letter;
import static org.billingtakeover.notification.mail.SampleLetters.with;
import static org.billingtakeover.notification.mail.SampleLetters.without;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WriteMailTest {

    private static final String LINK = "https://billing.example/answer/abc";
    private static final Path TEMPLATES = Path.of("src", "main", "resources", "templates", "mail");
    private static final Path RENDERED = Path.of("target", "mails");

    private static final Pattern ENGLISH = words(
            "the|and|you|your|will|with|this|that|has|been|from|until|not|what|who|does|there|nothing|bill|case|time entries");
    private static final Pattern FRENCH = words(
            "le|la|les|une|du|des|votre|vos|vous|est|et|pour|avec|par|que|qui|au|dans|rien|cabinet|dossier|payeur");

    /** One for all, as in the product: it keeps the templates that it has read. */
    private static final WriteMail WRITE_MAIL =
            new WriteMail(request -> URI.create(LINK), URI.create("https://billing.example/"));

    static List<Letter> letters() {
        return SampleLetters.all();
    }

    @ParameterizedTest
    @MethodSource("letters")
    void everyLetterIsWrittenInOneLanguageWithoutGaps(Letter letter) throws IOException {
        WrittenMail mail = WRITE_MAIL.write(letter);

        keep(letter, "", mail);
        for (String words : List.of(mail.subject(), mail.text())) {
            assertThat(words)
                    .isNotBlank()
                    .doesNotContain("${", "[(", "[#", "[/]", "null", "  ", " .", " ,", "()")
                    .doesNotContainPattern(letter.language() == Language.FR ? ENGLISH : FRENCH);
        }
        assertThat(mail.text()).contains("Tremblay CPA");
        boolean ofCase = letter.facts().containsKey("caseKey");
        assertThat(mail.text().contains(SampleLetters.KEY.text())).isEqualTo(ofCase);
        assertThat(mail.text().contains(LINK)).isEqualTo(letter.consentRequest() != null);
        assertThat(mail.text().contains("https://billing.example/cases/" + SampleLetters.KEY))
                .isEqualTo(letter.party() == Payer.FIRM && ofCase);
        assertThat(mail.subject()).doesNotContain("\n").hasSizeLessThan(120);
    }

    /** As in {@code one-admin-two-companies.csv}: one person, one firm, and two mails that were alike. */
    @ParameterizedTest
    @MethodSource("letters")
    void everyLetterToAClientNamesItsCompanyInSubjectAndText(Letter letter) {
        WrittenMail mail = WRITE_MAIL.write(letter);
        WrittenMail ofTheOther = WRITE_MAIL.write(with(letter, Map.of("client", "Boulangerie Boréal")));

        if (letter.party() == Payer.CLIENT) {
            assertThat(mail.subject()).startsWith("Atelier Boréal – ");
            assertThat(mail.text().replace("Atelier Boréal", "Boulangerie Boréal"))
                    .isEqualTo(ofTheOther.text())
                    .isNotEqualTo(mail.text());
        }
    }

    @ParameterizedTest
    @MethodSource("letters")
    void htmlSaysWhatTheTextSays(Letter letter) {
        WrittenMail mail = WRITE_MAIL.write(letter);

        String seen = mail.html()
                .replaceAll("(?s)<head>.*</head>", "")
                .replaceAll("<a href=\"([^\"]*)\"[^>]*>([^<]*)</a>", "$2 $1")
                .replaceAll("<[^>]+>", " ");
        assertThat(bare(seen)).isEqualTo(bare(mail.text().replaceAll("[\\s\\u00a0]*:\n(http)", " $1")));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void letterHasNoGapsWhateverTheCase(String variant, Letter letter) throws IOException {
        WrittenMail mail = WRITE_MAIL.write(letter);

        keep(letter, "." + variant, mail);
        assertThat(mail.subject() + "\n" + mail.text())
                .doesNotContain("null", "  ", " .", " ,", "()", "\n ")
                .doesNotContainPattern("[.,;:] ?[.,;:]")
                .doesNotContainPattern(letter.language() == Language.FR ? ENGLISH : FRENCH);
    }

    /** The ways in which the facts of a case differ. */
    static Stream<Arguments> variants() {
        return SampleLetters.all().stream()
                .flatMap(letter -> Stream.of(
                        arguments("client-takes-online", with(letter, Map.of("firmTakesTime", false))),
                        arguments("case-closed", with(letter, Map.of("caseOpen", false))),
                        arguments("integration-stopped", with(letter, Map.of("stoppedOn", LocalDate.of(2026, 2, 1)))),
                        arguments("somebody-else-answered", with(letter, Map.of("somebodyElseAnswered", true))),
                        arguments("online-cancelled", with(letter, Map.of("reason", "onlineCancelled"))),
                        arguments("one-payer", with(letter, Map.of("reason", "alreadyOnePayer"))),
                        arguments(
                                "no-first-bill",
                                without(
                                        letter,
                                        "firstBillOn",
                                        "firstBillTotal",
                                        "someDays",
                                        "someOfDays",
                                        "someFrom",
                                        "someTo",
                                        "wholeFrom",
                                        "wholeTo",
                                        "backOn",
                                        "wouldChangeOn")),
                        arguments("whole-period-alone", without(letter, "someFrom", "someTo", "backOn")),
                        arguments("days-alone", without(letter, "wholeFrom", "wholeTo")),
                        arguments("no-dates", without(letter, "stopsOn", "stoppedOn"))));
    }

    @Test
    void templatesSayOnlyFactsThatLettersCarry() throws IOException {
        Set<String> carried = new TreeSet<>(SampleLetters.facts().keySet());
        carried.addAll(Set.of("name", "toClient", "englishFollows", "body", "link", "caseLink"));
        carried.addAll(Set.of(
                "stoppedOn",
                "product",
                "integrationStops",
                "integrationNow",
                "whyNot",
                "againstFirmsWay",
                "whyNotFirmsWay",
                "againstClientsWay",
                "whyNotClientsWay",
                "obstacle",
                "howToMend",
                "untilCutOff",
                "firstBill",
                "ifAgreed",
                "heading",
                "clientsLink",
                "commissionsLink"));

        Set<String> said = new TreeSet<>();
        for (Path template : templates()) {
            Matcher names = Pattern.compile("\\$\\{(\\w+)").matcher(Files.readString(template));
            while (names.find()) {
                said.add(names.group(1));
            }
        }
        assertThat(carried).containsAll(said);
    }

    @Test
    void everyTemplateIsUsed() throws IOException {
        Set<String> used = SampleLetters.all().stream()
                .map(letter -> WriteMail.templateOf(letter, letter.language()))
                .collect(Collectors.toSet());
        used.addAll(Set.of(
                "frame.fr.txt",
                "frame.en.txt",
                "phrases.fr.txt",
                "phrases.en.txt",
                "section.fr.txt",
                "section.en.txt"));

        assertThat(templates())
                .extracting(template -> template.getFileName().toString())
                .containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void whatAQuarterPaysIsToldWithItsLastDayAndTheStatementAndOfNoClient() {
        assertThat(WRITE_MAIL.write(SampleLetters.quarterPaid(Language.EN)).text())
                .contains("What you earned until March 31, 2026", "$1,234.56", "https://billing.example/commissions")
                .doesNotContain("QuickBooks Time", "Case:");
        assertThat(WRITE_MAIL.write(SampleLetters.quarterPaid(Language.FR)).text())
                .contains("jusqu’au 31 mars 2026", "1\u00a0234,56\u00a0$", "https://billing.example/commissions");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.COMMISSION_PAID, Payer.FIRM, Language.EN))
                        .text())
                .contains("QuickBooks Time subscription of Atelier Boréal")
                .doesNotContain("statement");
    }

    @Test
    void amountsAndDatesFollowTheLanguage() {
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.COMMISSION_PAID, Payer.FIRM, Language.FR))
                        .text())
                .contains("1\u00a0234,56\u00a0$");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.COMMISSION_PAID, Payer.FIRM, Language.EN))
                        .text())
                .contains("$1,234.56");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.SCHEDULED, Payer.FIRM, Language.FR))
                        .text())
                .contains("1er avril 2026", "différence\u00a0: +77,64\u00a0$");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.SCHEDULED, Payer.FIRM, Language.EN))
                        .text())
                .contains("April 1, 2026", "difference: +$77.64");
    }

    @Test
    void clientInQuebecWhoChoseEnglishReadsFrenchFirst() throws IOException {
        Letter letter = frenchFirst(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.EN));

        WrittenMail mail = WRITE_MAIL.write(letter);

        keep(letter, ".french-first", mail);
        String french = WRITE_MAIL
                .write(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.FR))
                .text();
        String english = WRITE_MAIL
                .write(letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.EN))
                .text();
        assertThat(mail.languages()).containsExactly(Language.FR, Language.EN);
        assertThat(mail.text()).isEqualTo("English version follows.\n\n" + french + "\n* * *\n\n" + english);
        assertThat(mail.subject())
                .isEqualTo(
                        "Atelier Boréal – À confirmer d’ici le 15 mars 2026\u00a0: qui paie votre abonnement QuickBooks Time"
                                + " / Please confirm by March 15, 2026: who pays for your QuickBooks Time subscription");
        assertThat(mail.html())
                .containsSubsequence("<html lang=\"fr-CA\"", "<div", "lang=\"fr-CA\"", "<div", "lang=\"en-CA\"");
    }

    @Test
    void clientInQuebecWhoChoseFrenchReadsFrenchOnly() {
        Letter letter = letter(MailKind.CONSENT_REQUEST, Payer.CLIENT, Language.FR);

        assertThat(WRITE_MAIL.write(frenchFirst(letter))).isEqualTo(WRITE_MAIL.write(letter));
    }

    @Test
    void nameIsNeverMarkup() {
        Letter letter = with(
                letter(MailKind.DECLINED, Payer.FIRM, Language.EN),
                Map.of("client", "<b>\"& [(${firm})] [[${firm}]] ${firm}"));

        WrittenMail mail = WRITE_MAIL.write(letter);

        assertThat(mail.text()).contains("<b>\"& [(${firm})] [[${firm}]] ${firm} declined");
        assertThat(mail.html())
                .contains("&lt;b&gt;&quot;&amp; [(${firm})] [[${firm}]] ${firm} declined")
                .doesNotContain("<b>");
    }

    @Test
    void nameBreaksNoLineAndMakesNoButton() {
        Letter letter = with(
                letter(MailKind.DECLINED, Payer.FIRM, Language.EN),
                Map.of("client", "Evil\r\nBcc: x@y.example\n\nhttps://evil.example\u202e"));

        WrittenMail mail = WRITE_MAIL.write(letter);

        assertThat(mail.subject()).isEqualTo("Evil Bcc: x@y.example https://evil.example declined the change of payer");
        assertThat(mail.html()).doesNotContain("href=\"https://evil");
    }

    @Test
    void whatAnEarlierVersionPostedNamesNoCutOff() {
        for (MailKind kind : List.of(MailKind.SCHEDULED, MailKind.DATE_MOVED, MailKind.CHANGE_COMES)) {
            for (Payer party : Payer.values()) {
                Letter letter = without(letter(kind, party, Language.EN), "cutOffOn", "cutOffAt");
                assertThat(WRITE_MAIL.write(letter).text())
                        .contains("before that date")
                        .doesNotContain("null", "at ,");
            }
        }
    }

    @Test
    void timesOfDayAreInTheWordsOfTheLanguageAndOfWhoReadsThem() {
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.SCHEDULED, Payer.CLIENT, Language.FR))
                        .text())
                .contains("à 2\u00a0h\u00a000, votre heure locale", "à 10\u00a0h\u00a005, par le lien");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.SCHEDULED, Payer.CLIENT, Language.EN))
                        .text())
                .contains("at 2:00 a.m. your local time", "at 10:05 a.m. by the link");
        assertThat(WRITE_MAIL
                        .write(letter(MailKind.SCHEDULED, Payer.FIRM, Language.EN))
                        .text())
                .contains("at 2:00 a.m. the client’s local time");
    }

    @Test
    void whoseMailItIsIsNotSaidTwice() {
        Letter letter = with(letter(MailKind.SCHEDULED, Payer.FIRM, Language.FR), Map.of("firm", "Cabinet Tremblay"));

        assertThat(WRITE_MAIL.write(letter).text()).doesNotContain("cabinet Cabinet");
    }

    @Test
    void stopWithoutACaseNamesNoCase() {
        Letter letter = without(
                letter(MailKind.INTEGRATION_STOPPED, Payer.FIRM, Language.EN),
                "caseKey",
                "firmTakesTime",
                "billingDate");

        assertThat(WRITE_MAIL.write(letter).text()).doesNotContain("Case:", "Open the case", "/cases/");
    }

    private static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.list(TEMPLATES)) {
            return files.filter(file -> file.toString().endsWith(".txt")).toList();
        }
    }

    /** For the eyes of whoever changes a template. */
    private static void keep(Letter letter, String variant, WrittenMail mail) throws IOException {
        Files.createDirectories(RENDERED);
        String name = WriteMail.templateOf(letter, letter.language()).replace(".txt", variant);
        Files.writeString(RENDERED.resolve(name + ".txt"), "Subject: " + mail.subject() + "\n\n" + mail.text());
        Files.writeString(RENDERED.resolve(name + ".html"), mail.html());
    }

    private static String bare(String text) {
        return text.replace("&#39;", "'").replaceAll("\\s+", " ").strip();
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<![\\p{L}’])(" + alternatives + ")(?![\\p{L}’])");
    }
}
