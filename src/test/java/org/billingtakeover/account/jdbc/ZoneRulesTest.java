package org.billingtakeover.account.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.ZoneRules;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("slow")
@DisplayName("Where time zone rules of the Java platform and of the database differ")
class ZoneRulesTest {

    private static final DataSource DATABASE = TestDatabase.fresh();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

    /** As PostgreSQL reads it, this is west of Greenwich: a zone in which the two certainly differ. */
    private static final ZoneId READ_DIFFERENTLY = ZoneId.of("UTC+05:00");

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private final ZoneRules rules = new JdbcZoneRules(JDBC);

    @Test
    void aDayIsComparedInItsZone() {
        assertThat(rules.agree(ZoneId.of("America/Toronto"), LocalDate.of(2026, 3, 8)))
                .isTrue();
        assertThat(rules.agree(ZoneId.of("America/St_Johns"), LocalDate.of(2026, 11, 1)))
                .isTrue();
        assertThat(rules.agree(READ_DIFFERENTLY, TODAY)).isFalse();
    }

    @Test
    void zonesOfClientsAreToldWithTheFirstDayOfTheDifference() {
        Accounts accounts = new JdbcAccounts(JDBC, DATABASE);
        Firm firm = SampleAccounts.firm("F-1");
        Account account = SampleAccounts.split(firm, "C-1");
        accounts.save(firm);
        accounts.save(List.of(account));
        assertThat(rules.differences(TODAY)).doesNotContainKey(account.client().timeZone());

        JDBC.sql("update client set time_zone = ?")
                .param(READ_DIFFERENTLY.getId())
                .update();

        assertThat(rules.differences(TODAY)).containsExactly(Map.entry(READ_DIFFERENTLY, TODAY));
    }
}
