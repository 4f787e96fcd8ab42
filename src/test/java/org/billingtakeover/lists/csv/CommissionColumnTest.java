package org.billingtakeover.lists.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.billingtakeover.lists.AccountListReader;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.ListFile;
import org.billingtakeover.lists.ListLine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S78 The column of what a firm has earned and not been paid")
class CommissionColumnTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Time commissions not paid",
                "Commissions non versées Time",
                "Solde de commissions QuickBooks Time",
                "QuickBooks Time – commission balance",
                "Time revenue share"
            })
    @DisplayName("is known under these headers")
    void headers(String header) throws Exception {
        assertThat(complete(header, "80.00").commission()).isEqualTo(new BigDecimal("80.00"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0           | 0.00
            80          | 80.00
            12,5        | 12.50
            $1,234.56   | 1234.56
            1 234,56 $  | 1234.56
            1.234,56    | 1234.56
            1,234       | 1234.00
            9999999.99  | 9999999.99
            """)
    @DisplayName("is read as an amount in French or English")
    void amounts(String written, String meant) throws Exception {
        assertThat(complete("Time commissions", written).commission()).isEqualTo(new BigDecimal(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#N/A", "#REF!", "#VALEUR!", "n/a", "-", "inconnu"})
    @DisplayName(
            "says nothing where it is empty, an error of a spreadsheet or a place-holder, and the line counts all the same")
    void saysNothing(String written) throws Exception {
        assertThat(complete("Time commissions", written).commission()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "1.0050", "12,345.678", "about 80", "80 CAD", "10000000", "(80.00)"})
    @DisplayName("is a bad cell where it is no amount")
    void bad(String written) throws Exception {
        assertThat(line("Time commissions", written))
                .isInstanceOfSatisfying(
                        ListLine.Bad.class,
                        bad -> assertThat(bad.problems())
                                .extracting(LineProblem::column, LineProblem::value, LineProblem::fault)
                                .containsExactly(tuple("Time commissions", written, ListFault.NOT_AN_AMOUNT)));
    }

    private static ListLine.Complete complete(String header, String cell) throws Exception {
        return (ListLine.Complete) line(header, cell);
    }

    private static ListLine line(String header, String cell) throws Exception {
        String text = ListFile.headerLine() + ",\"" + header + "\"\n" + ListFile.line() + ",\"" + cell + "\"\n";
        try (AccountListReader.Lines lines = new CsvAccountLists().read(ListFile.of(text, StandardCharsets.UTF_8))) {
            assertThat(lines.ignoredColumns()).isEqualTo(List.of());
            return lines.next();
        }
    }
}
