package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import org.billingtakeover.commission.CommissionTerms;
import org.billingtakeover.commission.CommissionTerms.Terms;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.tables.DecisionTables.UnusableTable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("S78 The table of commissions")
class DmnCommissionTermsTest {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final LocalDate DAY = LocalDate.of(2026, 3, 31);

    @Test
    @DisplayName("answers share, months and threshold for the currency of a firm and a day")
    void terms() {
        CommissionTerms terms = new DmnCommissionTerms(TablesInEngine.shared().tables);

        assertThat(terms.of(CAD, DAY)).hasValue(new Terms(new BigDecimal("30"), 12, Money.of("250.00", CAD)));
        assertThat(terms.of(CAD, LocalDate.of(2023, 12, 31))).isEmpty();
        assertThat(terms.of(Currency.getInstance("EUR"), DAY)).isEmpty();
    }

    @Test
    @DisplayName("answers from each row on its own days, exactly as it is written")
    void effectiveDated() {
        TablesInEngine.changed()
                .deploy(
                        "commissions",
                        TablesInEngine.text("commissions")
                                .replaceFirst(
                                        "&gt;= date\\(\"2024-01-01\"\\)",
                                        "[date(\"2024-01-01\")..date(\"2026-03-30\")]")
                                .replaceFirst("\"USD\"", "\"CAD\"")
                                .replaceFirst(
                                        "(?s)(Usd_on\"><text>)[^<]*(.*Usd_share\"><text>)30",
                                        "$1&gt;= date(\"2026-03-31\")$212.345"));
        CommissionTerms terms = new DmnCommissionTerms(TablesInEngine.changed().tables);

        assertThat(terms.of(CAD, DAY.minusDays(1)).orElseThrow().percent()).isEqualTo("30");
        assertThat(terms.of(CAD, DAY).orElseThrow().percent()).isEqualTo("12.345");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Cad_share"><text>30            | Cad_share"><text>100          | in its column share, where per cent
            Cad_months"><text>12           | Cad_months"><text>0           | in its column months, where a whole number
            Cad_threshold"><text>"250.00"  | Cad_threshold"><text>"-1.00"  | in its column threshold, where an amount
            """)
    @DisplayName("that answers something else is refused with what must stand there")
    void unusable(String before, String after, String sentence) {
        TablesInEngine.changed()
                .deploy("commissions", TablesInEngine.text("commissions").replace(before, after));

        assertThatThrownBy(() -> new DmnCommissionTerms(TablesInEngine.changed().tables).of(CAD, DAY))
                .isInstanceOf(UnusableTable.class)
                .hasMessageContaining(sentence);
    }
}
