package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

@AccountTest
class FaultSentencesTest {

    @Autowired
    private FaultSentences sentences;

    @Autowired
    private AccountListReader reader;

    @ParameterizedTest
    @EnumSource(ListFault.class)
    void everyFaultHasASentenceInBothLanguagesWithoutLeftOverPlaceholders(ListFault fault) {
        for (Language language : Language.values()) {
            String sentence = fault == ListFault.MISSING_COLUMNS
                    ? sentences.sentence(new UnusableAccountList(fault, List.of("TIME_PAYER")), language.locale())
                    : sentences.sentence(new LineProblem(2, null, "", fault, arguments(fault)), language.locale());

            assertThat(sentence).endsWith(".").doesNotContain("{", "}", "''", "account.fault");
        }
    }

    private static List<String> arguments(ListFault fault) {
        return switch (fault) {
            case STOP_DATE_PAST -> List.of("2026-03-31");
            case PAYER_CONTRADICTED, PAYER_CHANGED_SINCE, PAYER_CHANGED_EARLY ->
                List.of("QUICKBOOKS_TIME", "CLIENT", "2026-03-31");
            default -> List.of("one", "two");
        };
    }

    @Test
    void missingColumnsAreNamedAsOfficesKnowThem() {
        UnusableAccountList unusable =
                new UnusableAccountList(ListFault.MISSING_COLUMNS, List.of("COMPANY_ID", "TIME_PAYER"));

        assertThat(sentences.sentence(unusable, Locale.CANADA_FRENCH)).contains("ID de l’entreprise, Payeur Time");
        assertThat(sentences.sentence(unusable, Locale.CANADA)).contains("Company ID, Time payer");
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void headersThatOfficesAreShownAreTheOnesThatAreRead(Language language) throws Exception {
        String headers = Arrays.stream(ListColumn.values())
                .map(column -> sentences.header(column, language.locale()))
                .collect(Collectors.joining(";"));

        try (AccountListReader.Lines lines = reader.read(ListFile.of(headers, StandardCharsets.UTF_8))) {
            assertThat(lines.ignoredColumns()).isEmpty();
            assertThat(lines.hasNext()).isFalse();
        }
    }
}
