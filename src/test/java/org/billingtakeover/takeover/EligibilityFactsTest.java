package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.Payer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What the eligibility table is told")
class EligibilityFactsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    @Test
    @DisplayName(
            "S3 QuickBooks Online is paid through wholesale billing only by a firm that has it, and where that firm pays")
    void wholesale() {
        Firm firm = SampleAccounts.firm("F-1");

        assertThat(throughWholesale(SampleAccounts.split(firm, "C-1"))).isTrue();
        assertThat(throughWholesale(SampleAccounts.split(like(firm, "wholesaleBilling", false), "C-1")))
                .isFalse();
        assertThat(throughWholesale(SampleAccounts.account(firm, "C-1", Payer.CLIENT, Payer.CLIENT)))
                .isFalse();
    }

    @Test
    @DisplayName("S49 today is the firm's bill date on that day alone")
    void billDate() {
        Account account = SampleAccounts.split(SampleAccounts.firm("F-1"), "C-1");

        assertThat(isBillDate(account, LocalDate.of(2026, 3, 15))).isTrue();
        assertThat(isBillDate(account, LocalDate.of(2026, 3, 14))).isFalse();
        assertThat(isBillDate(account, LocalDate.of(2026, 3, 16))).isFalse();
    }

    private static boolean isBillDate(Account account, LocalDate today) {
        return Boolean.TRUE.equals(column(account, today, "firmBillDateToday"));
    }

    private static boolean throughWholesale(Account account) {
        return Boolean.TRUE.equals(column(account, TODAY, "onlineThroughWholesale"));
    }

    private static @Nullable Object column(Account account, LocalDate today, String name) {
        return new EligibilityFacts(
                        account, Way.FIRM_TAKES_TIME, Moment.OPENING, today, false, false, false, Optional.empty())
                .columns()
                .get(name);
    }
}
