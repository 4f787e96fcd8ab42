package org.billingtakeover.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuoteSheetTest {

    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    @Test
    @DisplayName("S6 what the firm and the client pay is shown line by line, in English")
    void partiesInEnglish() {
        QuoteSheet sheet = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.EN, MONTREAL);

        assertThat(sheet.firm().name()).isEqualTo("Firm");
        assertThat(lines(sheet.firm()))
                .containsExactly(
                        "QuickBooks Online | $63.00 | $63.00 | $0.00",
                        "QuickBooks Time | — | $73.50 | +$73.50",
                        "GST | $3.15 | $6.83 | +$3.68",
                        "QST | $6.28 | $13.61 | +$7.33",
                        "Total per month = $72.43 | $156.94 | +$84.51",
                        "Over twelve months = $869.16 | $1,883.28 | +$1,014.12");
        assertThat(lines(sheet.client()))
                .containsExactly(
                        "QuickBooks Time | $105.00 | — | −$105.00",
                        "GST | $5.25 | — | −$5.25",
                        "QST | $10.47 | — | −$10.47",
                        "Total per month = $120.72 | $0.00 | −$120.72",
                        "Over twelve months = $1,448.64 | $0.00 | −$1,448.64");
        assertThat(sheet.firm().summary())
                .isEqualTo("The firm pays $156.94 a month instead of $72.43: $84.51 more a month, $1,014.12 more over"
                        + " twelve months, taxes included.");
        assertThat(sheet.client().summary())
                .isEqualTo("The client pays $0.00 a month instead of $120.72: $120.72 less a month, $1,448.64 less over"
                        + " twelve months, taxes included.");
    }

    @Test
    @DisplayName("S6 what the firm and the client pay is shown line by line, in French")
    void partiesInFrench() {
        QuoteSheet sheet = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.FR, MONTREAL);

        assertThat(sheet.client().name()).isEqualTo("Client");
        assertThat(lines(sheet.firm()))
                .containsExactly(
                        "QuickBooks en ligne | 63,00~$ | 63,00~$ | 0,00~$",
                        "QuickBooks Time | — | 73,50~$ | +73,50~$",
                        "TPS | 3,15~$ | 6,83~$ | +3,68~$",
                        "TVQ | 6,28~$ | 13,61~$ | +7,33~$",
                        "Total par mois = 72,43~$ | 156,94~$ | +84,51~$",
                        "Sur douze mois = 869,16~$ | 1~883,28~$ | +1~014,12~$");
        assertThat(lines(sheet.client()))
                .containsExactly(
                        "QuickBooks Time | 105,00~$ | — | −105,00~$",
                        "TPS | 5,25~$ | — | −5,25~$",
                        "TVQ | 10,47~$ | — | −10,47~$",
                        "Total par mois = 120,72~$ | 0,00~$ | −120,72~$",
                        "Sur douze mois = 1~448,64~$ | 0,00~$ | −1~448,64~$");
        assertThat(visible(sheet.firm().summary()))
                .isEqualTo("Le cabinet paie 156,94~$ par mois au lieu de 72,43~$~: 84,51~$ de plus par mois, 1~014,12~$"
                        + " de plus sur douze mois, taxes comprises.");
    }

    @Test
    @DisplayName("S6 the price comes about as base fee plus users times rate, at the preferred price and at list price")
    void price() {
        QuoteSheet english = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.EN, MONTREAL);
        QuoteSheet french = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.FR, MONTREAL);

        assertThat(steps(english))
                .containsExactly(
                        "Payer | Client | Firm | Firm",
                        "Price basis | List price | ProAdvisor preferred price | List price",
                        "Base fee | $25.00 | $17.50 | $25.00",
                        "Users × rate | 8 × $10.00 = $80.00 | 8 × $7.00 = $56.00 | 8 × $10.00 = $80.00",
                        "Price per month before taxes | $105.00 | $73.50 | $105.00",
                        "GST | $5.25 | $3.68 | $5.25",
                        "QST | $10.47 | $7.33 | $10.47",
                        "Price per month with taxes | $120.72 | $84.51 | $120.72");
        assertThat(steps(french))
                .containsExactly(
                        "Payeur | Client | Cabinet | Cabinet",
                        "Base tarifaire | Prix courant | Prix préférentiel ConseillerPro | Prix courant",
                        "Frais de base | 25,00~$ | 17,50~$ | 25,00~$",
                        "Utilisateurs × tarif | 8 × 10,00~$ = 80,00~$ | 8 × 7,00~$ = 56,00~$ | 8 × 10,00~$ = 80,00~$",
                        "Prix par mois avant taxes | 105,00~$ | 73,50~$ | 105,00~$",
                        "TPS | 5,25~$ | 3,68~$ | 5,25~$",
                        "TVQ | 10,47~$ | 7,33~$ | 10,47~$",
                        "Prix par mois avec taxes | 120,72~$ | 84,51~$ | 120,72~$");
        assertThat(english.note())
                .isEqualTo("ProAdvisor preferred price: $73.50 a month instead of the list price of $105.00, that is"
                        + " $31.50 less, before taxes.");
        assertThat(visible(french.note()))
                .isEqualTo(
                        "Prix préférentiel ConseillerPro~: 73,50~$ par mois au lieu du prix courant de 105,00~$, soit"
                                + " 31,50~$ de moins, avant taxes.");
    }

    @Test
    @DisplayName("where the client takes over QuickBooks Online, the sheet says that the wholesale discount ends")
    void optionTwo() {
        QuoteSheet english = QuoteSheet.of(SampleQuotes.clientTakesOnline(), Language.EN, MONTREAL);
        QuoteSheet french = QuoteSheet.of(SampleQuotes.clientTakesOnline(), Language.FR, MONTREAL);

        assertThat(english.product()).isEqualTo("QuickBooks Online");
        assertThat(french.product()).isEqualTo("QuickBooks en ligne");
        assertThat(english.note())
                .isEqualTo("The wholesale discount ends: $90.00 a month at list price instead of $63.00, that is $27.00"
                        + " more, before taxes.");
        assertThat(visible(french.note()))
                .isEqualTo("Le rabais de la facturation groupée prend fin~: 90,00~$ par mois au prix courant au lieu de"
                        + " 63,00~$, soit 27,00~$ de plus, avant taxes.");
        assertThat(visible(french.client().summary()))
                .isEqualTo("Le client paie 224,20~$ par mois au lieu de 120,72~$~: 103,48~$ de plus par mois,"
                        + " 1~241,76~$ de plus sur douze mois, taxes comprises.");
        assertThat(steps(english)).noneMatch(step -> step.startsWith("Users"));
    }

    @Test
    @DisplayName("a firm in the United States reads of US dollars and of no tax")
    void usDollars() {
        QuoteSheet sheet =
                QuoteSheet.of(SampleQuotes.firmTakesTime(Currency.getInstance("USD")), Language.EN, MONTREAL);

        assertThat(lines(sheet.firm()))
                .containsExactly(
                        "QuickBooks Online | US$63.00 | US$63.00 | US$0.00",
                        "QuickBooks Time | — | US$73.50 | +US$73.50",
                        "Total per month = US$63.00 | US$136.50 | +US$73.50",
                        "Over twelve months = US$756.00 | US$1,638.00 | +US$882.00");
    }

    @Test
    @DisplayName("the last day of the quote is a local one, and number and price list are named")
    void validity() {
        QuoteSheet inMontreal = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.EN, MONTREAL);
        QuoteSheet inTokyo = QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.FR, ZoneId.of("Asia/Tokyo"));

        assertThat(inMontreal.validUntil()).isEqualTo("March 15, 2026");
        assertThat(inTokyo.validUntil()).isEqualTo("16 mars 2026");
        assertThat(inMontreal.number()).isEqualTo("Q-2026-000017");
        assertThat(inMontreal.priceList()).isEqualTo("2026-01");
    }

    @Test
    @DisplayName("the price list is called by its name in the reader's language, not by the version of its table")
    void priceListByName() {
        Quote sample = SampleQuotes.firmTakesTime();
        Quote quote = new Quote(
                sample.number(),
                sample.moving(),
                sample.newPayer(),
                sample.before(),
                sample.after(),
                sample.movingAtListPrice(),
                "Sample, January 2026/Exemple, janvier 2026 (v12)",
                sample.madeAt(),
                sample.validUntil());

        assertThat(QuoteSheet.of(quote, Language.EN, MONTREAL).priceList()).isEqualTo("Sample, January 2026");
        assertThat(QuoteSheet.of(quote, Language.FR, MONTREAL).priceList()).isEqualTo("Exemple, janvier 2026");
    }

    @Test
    @DisplayName("the words do not depend on the language of the machine")
    void machineLanguage() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.FRENCH);
            assertThat(QuoteSheet.of(SampleQuotes.firmTakesTime(), Language.EN, MONTREAL)
                            .firm()
                            .name())
                    .isEqualTo("Firm");
        } finally {
            Locale.setDefault(machine);
        }
    }

    private static List<String> lines(QuoteSheet.Party party) {
        return party.lines().stream()
                .map(line -> line.what()
                        + (line.total() ? " = " : " | ")
                        + String.join(" | ", line.before(), line.after(), line.difference()))
                .map(QuoteSheetTest::visible)
                .toList();
    }

    private static List<String> steps(QuoteSheet sheet) {
        return sheet.price().stream()
                .map(step -> String.join(" | ", step.what(), step.before(), step.after(), step.atListPrice()))
                .map(QuoteSheetTest::visible)
                .toList();
    }

    private static String visible(String text) {
        return text.replace('\u00a0', '~');
    }
}
