package org.billingtakeover.takeover.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.SampleAccounts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whatever the code believes, these the database refuses. */
@Tag("slow")
@DisplayName("The database")
class DatabaseAgreesTest {

    private static final HikariDataSource DATABASE = TestDatabase.fresh();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(DATABASE));
    private final Account account = SampleAccounts.split(SampleAccounts.firm("F-1"), "C-1");

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** A case that is scheduled for its billing date with a lower quote, and the ledger of that day. */
    @BeforeEach
    void givenAnAgreedCase() {
        execute("truncate firm, payer_period cascade");
        execute("""
                insert into firm values ('F-1', 'Firm', 'f@example.ca', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', true, true, 15)
                """);
        execute("""
                insert into client (id, firm_id, company_id, name, admin_name, admin_email, language, country, province, time_zone,
                    currency, integration_status)
                values ('%1$s', 'F-1', 'C-1', 'Client', 'Admin', 'a@example.ca', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', 'ACTIVE')
                """.formatted(account.client().id()));
        for (var each : List.of(account.online(), account.time())) {
            execute("""
                    insert into subscription values ('%s', '%s', '%s', 'PLUS', 1, '%s', 'LIST', 'MONTHLY', %d, null, false, 'ACTIVE')
                    """.formatted(each.id(), each.clientId(), each.product(), each.payer(), each.billingDay()));
        }
        takeover("TKO-2026-00001", "C-1");
        for (String quote : List.of("Q-1", "Q-2", "Q-3")) {
            execute("insert into quote values ('%s', 'TKO-2026-00001', now(), now(), '{}', null)".formatted(quote));
        }
        execute("update quote set follows = 'Q-1' where number = 'Q-2'");
        question("CONFIRMED", "FIRM_TAKES_TIME", "Q-1", true);
        payer("QUICKBOOKS_TIME", "CLIENT", "[2026-01-01,2026-03-20)");
        payer("QUICKBOOKS_TIME", "FIRM", "[2026-03-20,)");
        execute("""
                insert into booking (key, takeover_key, number, company_id, product, firm_id, new_payer, effective, time_zone,
                    cut_off, progress)
                values ('B-1', 'TKO-2026-00001', 1, 'C-1', 'QUICKBOOKS_TIME', 'F-1', 'FIRM', '2026-03-20', 'America/Toronto',
                    now(), 'CONFIRMED')
                """);
    }

    @Test
    @DisplayName("keeps one open case of a company, whichever firm opened it")
    void oneOpenCase() {
        assertThatThrownBy(() -> takeover("TKO-2026-00002", "C-1")).isInstanceOf(DataAccessException.class);
        assertThatCode(() -> takeover("TKO-2026-00002", "C-2")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Q-1", "Q-2"})
    @DisplayName("keeps a change to which the client agreed, at the agreed quote or a lower one that follows it")
    void agreed(String quote) {
        assertThatCode(() -> switches("FIRM_TAKES_TIME", quote)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("refuses a change at another quote")
    void otherQuote() {
        assertThatThrownBy(() -> switches("FIRM_TAKES_TIME", "Q-3")).hasMessageContaining("has not agreed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status = 'DECLINED'",
                "status = 'SUPERSEDED'",
                "way = 'CLIENT_TAKES_ONLINE'",
                "answer = null",
                "answer = '{\"confirmed\": false}'"
            })
    @DisplayName("refuses a change without a yes: declined, superseded, to another way, or said by a status alone")
    void withoutConsent(String spoilt) {
        execute("update consent_request set " + spoilt);

        assertThatThrownBy(() -> switches("FIRM_TAKES_TIME", "Q-1")).hasMessageContaining("has not agreed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "progress = 'BOOKED'",
                "progress = 'REJECTED'",
                "effective = '2026-03-21'",
                "new_payer = 'CLIENT'",
                "takeover_key = 'TKO-2026-00002'"
            })
    @DisplayName("S62 refuses a change that the platform has not confirmed: of this case, for this date and this payer")
    void withoutProof(String spoilt) {
        takeover("TKO-2026-00002", "C-2");
        execute("update booking set " + spoilt);

        assertThatThrownBy(() -> switches("FIRM_TAKES_TIME", "Q-1")).hasMessageContaining("has not confirmed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update subscription set payer = 'CLIENT' where product = 'QUICKBOOKS_TIME'",
                "update payer_period set payer = 'CLIENT' where days @> date '2026-03-20'",
                "delete from payer_period where days @> date '2026-03-20'",
                "update takeover set way = 'CLIENT_TAKES_ONLINE'"
            })
    @DisplayName("refuses a change where subscription, ledger and case do not name the same payer when it is kept")
    void onePayer(String spoilt) {
        assertThatThrownBy(() -> switches("FIRM_TAKES_TIME", "Q-1", spoilt))
                .hasStackTraceContaining("is not the same everywhere");
    }

    @Test
    @DisplayName("leaves an old change alone when a newer one moves the payer on")
    void oldCasesAreHistory() {
        switches("FIRM_TAKES_TIME", "Q-1");

        assertThatCode(() -> execute("update subscription set payer = 'CLIENT' where product = 'QUICKBOOKS_TIME'"))
                .doesNotThrowAnyException();
    }

    private void switches(String way, String quote, String... spoilt) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("insert into billing_change values ('TKO-2026-00001', ?, ?, ?, 'CLIENT', 'FIRM', ?, now())")
                    .params(way, account.time().id(), quote, LocalDate.of(2026, 3, 20))
                    .update();
            jdbc.sql("update subscription set payer = 'FIRM' where product = 'QUICKBOOKS_TIME'")
                    .update();
            for (String each : spoilt) {
                jdbc.sql(each).update();
            }
        });
    }

    private void takeover(String key, String company) {
        execute("""
                insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at)
                values ('%s', 'F-1', '%s', '%s', 'FIRM_TAKES_TIME', 'SCHEDULED', 'alice', now())
                """.formatted(key, account.client().id(), company));
    }

    private void question(String status, String way, String quote, boolean yes) {
        execute("""
                insert into consent_request values (gen_random_uuid(), 'TKO-2026-00001', '%s', '%s', 'Admin', 'a@example.ca', 'FR',
                    '2026-03-15', '%s', now(), '{"confirmed": %s}')
                """.formatted(way, quote, status, yes));
    }

    private void payer(String product, String payer, String days) {
        execute("insert into payer_period values ('C-1', '%s', '%s', 'F-1', '%s')".formatted(product, payer, days));
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
