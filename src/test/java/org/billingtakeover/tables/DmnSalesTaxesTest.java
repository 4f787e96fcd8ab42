package org.billingtakeover.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.billingtakeover.pricing.SalesTaxes;
import org.billingtakeover.pricing.SalesTaxes.SalesTax;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DmnSalesTaxesTest {

    private final SalesTaxes salesTaxes = new DmnSalesTaxes(TablesInEngine.shared().tables);

    @ParameterizedTest
    @CsvSource({
        "AB, GST/TPS 0.05",
        "BC, GST/TPS 0.05 + PST/TVP 0.07",
        "MB, GST/TPS 0.05 + RST/TVD 0.07",
        "NB, HST/TVH 0.15",
        "NL, HST/TVH 0.15",
        "NS, HST/TVH 0.14",
        "NT, GST/TPS 0.05",
        "NU, GST/TPS 0.05",
        "ON, HST/TVH 0.13",
        "PE, HST/TVH 0.15",
        "QC, GST/TPS 0.05 + QST/TVQ 0.09975",
        "SK, GST/TPS 0.05 + PST/TVP 0.06",
        "YT, GST/TPS 0.05",
    })
    void eachProvinceAndTerritoryHasItsTaxes(String province, String expected) {
        assertThat(taxes("CA", province, LocalDate.of(2026, 3, 1))).isEqualTo(expected);
    }

    @Test
    void theTaxOfNovaScotiaFallsOnTheFirstOfApril2025() {
        assertThat(taxes("CA", "NS", LocalDate.of(2025, 3, 31))).isEqualTo("HST/TVH 0.15");
        assertThat(taxes("CA", "NS", LocalDate.of(2025, 4, 1))).isEqualTo("HST/TVH 0.14");
    }

    @Test
    void manitobaTaxesServicesOverTheInternetFromTheFirstOfJanuary2026() {
        assertThat(taxes("CA", "MB", LocalDate.of(2025, 12, 31))).isEqualTo("GST/TPS 0.05");
        assertThat(taxes("CA", "MB", LocalDate.of(2026, 1, 1))).isEqualTo("GST/TPS 0.05 + RST/TVD 0.07");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "double"})
    void aRateIsExactlyWhatIsWrittenWhateverTypeItsColumnHas(String type) {
        TablesInEngine.changed()
                .deploy(
                        "sales-tax",
                        TablesInEngine.text("sales-tax")
                                .replace(">9.975<", ">9.97500000000000000001<")
                                .replace("name=\"rate\" typeRef=\"string\"", "name=\"rate\" typeRef=\"" + type + "\""));

        assertThat(new DmnSalesTaxes(TablesInEngine.changed().tables).taxes("CA", "QC", LocalDate.of(2026, 3, 1)))
                .extracting(SalesTax::rate)
                .containsExactly(new BigDecimal("0.05"), new BigDecimal("0.0997500000000000000001"));
    }

    @Test
    void aTableOfAnEarlierVersionThatIsStillInForceIsReadAsItWasWritten() {
        TablesInEngine.changed()
                .deploy("sales-tax", TablesInEngine.text("sales-tax").replace(">9.975<", ">\"9.975 %\"<"));

        assertThat(new DmnSalesTaxes(TablesInEngine.changed().tables).taxes("CA", "QC", LocalDate.of(2026, 3, 1)))
                .extracting(SalesTax::rate)
                .containsExactly(new BigDecimal("0.05"), new BigDecimal("0.09975"));
    }

    @Test
    void theSampleKnowsNoTaxInTheUnitedStates() {
        assertThat(taxes("US", "VT", LocalDate.of(2026, 3, 1))).isEmpty();
    }

    @Test
    void aMistypedProvinceIsRefusedInsteadOfBeingTakenForOneWithoutTaxes() {
        assertThatThrownBy(() -> salesTaxes.taxes("CA", "QX", LocalDate.of(2026, 3, 1)))
                .hasMessageContaining("sales-tax has no row for {country=CA, province=QX, on=2026-03-01}");
    }

    private String taxes(String country, String province, LocalDate on) {
        return salesTaxes.taxes(country, province, on).stream()
                .map(tax -> tax.name() + " " + tax.rate())
                .collect(Collectors.joining(" + "));
    }
}
