package org.billingtakeover.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InWordsTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Currency USD = Currency.getInstance("USD");

    private final InWords french = new InWords(Language.FR);
    private final InWords english = new InWords(Language.EN);

    @Test
    @DisplayName("an amount is grouped, and its sign of currency stands where the language puts it")
    void money() {
        assertThat(french.money(Money.of("1234.56", CAD))).isEqualTo("1\u00a0234,56\u00a0$");
        assertThat(english.money(Money.of("1234.56", CAD))).isEqualTo("$1,234.56");
        assertThat(french.money(Money.of("1234567.5", CAD))).isEqualTo("1\u00a0234\u00a0567,50\u00a0$");
        assertThat(english.money(Money.of("0", CAD))).isEqualTo("$0.00");
    }

    @Test
    @DisplayName("US dollars are told from Canadian ones")
    void usDollars() {
        assertThat(french.money(Money.of("1234.56", USD))).isEqualTo("1\u00a0234,56\u00a0$\u00a0US");
        assertThat(english.money(Money.of("1234.56", USD))).isEqualTo("US$1,234.56");
    }

    @Test
    @DisplayName("any other currency is called by its code")
    void otherCurrency() {
        Currency euro = Currency.getInstance("EUR");
        assertThat(french.money(Money.of("12.3", euro))).isEqualTo("12,30\u00a0EUR");
        assertThat(english.money(Money.of("12.3", euro))).isEqualTo("EUR\u00a012.30");
    }

    @Test
    @DisplayName("a difference shows its sign either way, and none where nothing changes")
    void differences() {
        assertThat(french.difference(Money.of("12.3", CAD))).isEqualTo("+12,30\u00a0$");
        assertThat(french.difference(Money.of("-12.3", CAD))).isEqualTo("\u221212,30\u00a0$");
        assertThat(english.difference(Money.of("12.3", CAD))).isEqualTo("+$12.30");
        assertThat(english.difference(Money.of("-1200.3", USD))).isEqualTo("\u2212US$1,200.30");
        assertThat(english.difference(Money.of("0", CAD))).isEqualTo("$0.00");
    }

    @Test
    @DisplayName("a date is written out, the first of a French month as 1er")
    void dates() {
        assertThat(french.date(LocalDate.of(2026, 3, 1))).isEqualTo("1er mars 2026");
        assertThat(french.date(LocalDate.of(2026, 8, 31))).isEqualTo("31 août 2026");
        assertThat(english.date(LocalDate.of(2026, 3, 1))).isEqualTo("March 1, 2026");
    }

    @Test
    @DisplayName("a time of day is the local one")
    void timesOfDay() {
        Instant instant = Instant.parse("2026-03-02T18:05:59Z");
        assertThat(french.dateTime(instant, ZoneId.of("America/Toronto"))).isEqualTo("2 mars 2026, 13\u00a0h\u00a005");
        assertThat(english.dateTime(instant, ZoneId.of("America/Toronto"))).isEqualTo("March 2, 2026, 1:05 p.m.");
        assertThat(english.dateTime(instant, ZoneId.of("America/Vancouver"))).isEqualTo("March 2, 2026, 10:05 a.m.");
        assertThat(english.dateTime(Instant.parse("2026-03-02T05:00:00Z"), ZoneId.of("America/Toronto")))
                .isEqualTo("March 2, 2026, 12:00 a.m.");
    }
}
