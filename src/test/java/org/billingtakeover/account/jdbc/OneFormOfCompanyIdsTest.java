package org.billingtakeover.account.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import org.billingtakeover.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("slow")
@DisplayName("The upgrade to one form of company ids")
class OneFormOfCompanyIdsTest {

    private final String address = TestDatabase.empty();

    @Test
    @DisplayName("S106 takes spellings that turn out to be one company for doubtful, and never fails")
    void s106() {
        try (HikariDataSource database = new HikariDataSource()) {
            database.setJdbcUrl(address);
            database.setMaximumPoolSize(2);
            Flyway.configure().dataSource(database).target("12").load().migrate();
            JdbcClient jdbc = JdbcClient.create(database);
            for (String firm : new String[] {"F-1", "F-2"}) {
                jdbc.sql(
                                "insert into firm values (?, 'Firm', 'f@example.ca', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', true, true, 15)")
                        .param(firm)
                        .update();
            }
            client(jdbc, "F-1", "C-900", true);
            client(jdbc, "F-1", "c-900", false);
            client(jdbc, "F-1", "C–900", true);
            client(jdbc, "F-1", "=\"00123\"", false);
            client(jdbc, "F-1", "123", false);
            client(jdbc, "F-2", "C-900 ", true);

            Flyway.configure().dataSource(database).load().migrate();

            assertThat(jdbc.sql("select company_id || ' = ' || company from client where not doubtful order by listed")
                            .query(String.class)
                            .list())
                    .containsExactly("C-900 = c-900", "=\"00123\" = 00123", "123 = 123", "C-900  = c-900");
            assertThat(jdbc.sql("select company_id from client where believed")
                            .query(String.class)
                            .list())
                    .containsExactly("C-900");
            assertThat(jdbc.sql("select company_id || ' ' || doubtful from takeover order by key")
                            .query(String.class)
                            .list())
                    .containsExactly(
                            "C-900 false", "c-900 true", "C–900 true", "=\"00123\" false", "123 false", "C-900  true");
            assertThat(jdbc.sql("select count(*) from payer_period where not doubtful")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(3);
            assertThat(jdbc.sql(
                                    "select company_id from client_doubt join client on client.id = client_id where kind = 'SPELLING' and holds order by listed")
                            .query(String.class)
                            .list())
                    .as("held until billing operations decide")
                    .containsExactly("c-900", "C–900", "123", "C-900 ");
            assertThatThrownBy(() -> takeover(jdbc, "F-2", "Ｃ-900"))
                    .isInstanceOf(DataIntegrityViolationException.class);
            assertThatThrownBy(() -> payer(jdbc, "F-2", "c−900")).isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    private static void client(JdbcClient jdbc, String firm, String company, boolean believed) {
        jdbc.sql("""
                        insert into client (id, firm_id, company_id, name, admin_name, admin_email, language, country, province, time_zone,
                            currency, integration_status, believed)
                        values (gen_random_uuid(), ?, ?, 'Client', 'Admin', 'a@example.ca', 'FR', 'CA', 'QC', 'America/Toronto', 'CAD', 'ACTIVE', ?)
                        """).params(firm, company, believed).update();
        takeover(jdbc, firm, company);
        payer(jdbc, firm, company);
    }

    private static void takeover(JdbcClient jdbc, String firm, String company) {
        jdbc.sql("""
                        insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at)
                        select 'TKO-2026-' || lpad(nextval('takeover_number')::text, 5, '0'), firm_id, id, ?, 'FIRM_TAKES_TIME',
                            'REVIEW', 'alice', now() from client where firm_id = ? order by listed desc limit 1
                        """).params(company, firm).update();
    }

    private static void payer(JdbcClient jdbc, String firm, String company) {
        jdbc.sql(
                        "insert into payer_period (company_id, product, payer, firm_id, days) values (?, 'QUICKBOOKS_TIME', 'CLIENT', ?, '[2026-01-01,)')")
                .params(company, firm)
                .update();
    }
}
