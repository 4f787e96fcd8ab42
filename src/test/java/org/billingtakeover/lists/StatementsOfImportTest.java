package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

@AccountTest
@Import(SentStatements.Counting.class)
class StatementsOfImportTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 5, 4);

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Accounts accounts;

    @Autowired
    private SentStatements statements;

    @Test
    void batchTakesAsManyStatementsAsOneLineWhetherItIsNewOrKnown() throws Exception {
        Firm firm = SampleAccounts.firm("F-1");
        accounts.save(firm);

        long oneNew = statementsOf(firm, 1, 1, TODAY.minusDays(1));
        long oneKnown = statementsOf(firm, 1, 1, TODAY);
        long manyNew = statementsOf(firm, 2, ImportAccountList.BATCH, TODAY.minusDays(1));
        long manyKnown = statementsOf(firm, 2, ImportAccountList.BATCH, TODAY);

        assertThat(manyNew).isEqualTo(oneNew).isPositive();
        assertThat(manyKnown).isEqualTo(oneKnown).isPositive();
    }

    private long statementsOf(Firm firm, int first, int lines, LocalDate asOf) throws Exception {
        AccountList list = list(first, lines);
        statements.sent();
        ImportResult result =
                importList.run(firm.id(), list, new Claim(asOf, false), false, "alice", (progress, soFar) -> {});
        assertThat(result.linesRead()).isEqualTo(lines);
        return statements.sent();
    }

    private static AccountList list(int first, int lines) {
        ListFile list = ListFile.empty();
        IntStream.range(first, first + lines)
                .forEach(number -> list.with("Company ID", "" + (1000 + number), "Integration status", "active"));
        return list.file();
    }
}
