package org.billingtakeover.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import org.billingtakeover.TestDatabase;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Tag("slow")
@DisplayName("A dump of the database")
class RestoredDumpTest {

    /** {@code pg_restore} takes every schema out of the search path before it fills the tables. */
    @Test
    @DisplayName("is restored with all functions that its columns and indexes are computed by")
    void functionsInColumns() throws SQLException {
        try (HikariDataSource database = TestDatabase.fresh()) {
            JdbcClient restore = JdbcClient.create(new SingleConnectionDataSource(database.getConnection(), true));
            restore.sql("set search_path = ''").update();
            List<String> functions = restore.sql("""
                            select format('%s.%I', pronamespace::regnamespace, proname) from pg_proc
                            where pronamespace = 'public'::regnamespace and provolatile = 'i' and pronargs = 1
                                and proargtypes[0] = 'text'::regtype
                            """).query(String.class).list();

            assertThat(functions).contains("public.company_key", "public.plain_words", "public.searchable");
            assertThat(functions)
                    .allSatisfy(function -> assertThatCode(() -> restore.sql("select " + function + "('Élan-7')::text")
                                    .query(String.class)
                                    .single())
                            .doesNotThrowAnyException());
        }
    }
}
