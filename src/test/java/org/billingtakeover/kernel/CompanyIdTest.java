package org.billingtakeover.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanyIdTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "C-900 | c-900",
                "C-900 | C–900",
                "C-900 | C‑900",
                "C-900 | C−900",
                "C-900 | Ｃ－９００",
                "00123 | =\"00123\"",
                "00123 | \"00123\"",
                "00123 | '00123",
                "00123 | ００１２３",
                "9130347 | 9130\u00A0347",
                "9130347 | 9130\u200B347\uFEFF",
                "É-1 | e\u0301-1",
            })
    @DisplayName("S106 spellings of one id are equal, and shown as they were written")
    void s106Equal(String one, String other) {
        assertThat(new CompanyId(other)).isEqualTo(new CompanyId(one)).hasSameHashCodeAs(new CompanyId(one));
        assertThat(new CompanyId(other)).hasToString(other);
    }

    @Test
    @DisplayName("S106 ids that differ by zeros are not equal, and meet without the zeros at their beginning")
    void s106Zeros() {
        assertThat(new CompanyId("00123")).isNotEqualTo(new CompanyId("123"));
        assertThat(new CompanyId("=\"00123\"").withoutLeadingZeros()).isEqualTo("123");
        assertThat(new CompanyId("000").withoutLeadingZeros()).isEqualTo("0");
        assertThat(new CompanyId("00-12").withoutLeadingZeros()).isEqualTo("00-12");
        assertThat(new CompanyId("1200").withoutLeadingZeros()).isEqualTo("1200");
    }
}
