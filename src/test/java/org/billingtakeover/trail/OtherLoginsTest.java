package org.billingtakeover.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import org.billingtakeover.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
@DisplayName("To a login of the database that is not the product's, the trail")
class OtherLoginsTest {

    private static final HikariDataSource DATABASE = TestDatabase.fresh();
    private static final JdbcClient OWNER = JdbcClient.create(DATABASE);

    /** A login that nothing was granted to. */
    private static final JdbcClient STRANGER = JdbcClient.create(new DriverManagerDataSource(
            DATABASE.getJdbcUrl().replace("user=postgres", "user=stranger"), "stranger", ""));

    @BeforeAll
    static void givenALoginWithoutGrants() {
        OWNER.sql("create role stranger login").update();
        OWNER.sql(
                        "select audit_append('[{\"case\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"actor\":\"a\",\"what\":\"b\",\"document\":\"{}\"}]', '[]')")
                .query((row, number) -> true)
                .list();
    }

    @AfterAll
    static void nobodyIsLeft() {
        OWNER.sql("drop role stranger").update();
        DATABASE.close();
    }

    @Test
    @DisplayName("is closed: each function, and reading and writing of each table")
    void closed() {
        assertThat(STRANGER.sql("select session_user").query(String.class).single())
                .isEqualTo("stranger");
        for (String call : List.of(
                "select audit_append('[]', '[]')",
                "select audit_database()",
                "select audit_seal_now('2026-01-01T00:00:00Z')",
                "select audit_erase_personal('x', '2026-01-01T00:00:00Z', 'a', 'none')",
                "call audit_restrict('stranger')")) {
            refused(call);
        }
        List<String> tables = OWNER.sql("select relname from pg_class where relname like 'audit%' and relkind = 'r'")
                .query(String.class)
                .list();
        assertThat(tables).hasSize(5);
        for (String table : tables) {
            refused("select * from " + table);
            refused("insert into " + table + " select * from " + table);
            refused("delete from " + table);
            refused("truncate " + table);
        }
        assertThat(OWNER.sql("select count(*) from audit_entry")
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    @DisplayName("is closed as well where a later migration makes a function")
    void laterFunctions() {
        OWNER.sql("create function later() returns int language sql security definer as 'select 1'")
                .update();
        refused("select later()");
        OWNER.sql("drop function later()").update();
    }

    @Test
    @DisplayName(
            "cannot be reached around: what runs with its owner's rights is nobody else's to run, and sees fixed schemas alone")
    void functionsOfTheOwner() {
        List<Map<String, Object>> functions = OWNER.sql("""
                        select p.proname, array_to_string(p.proconfig, ' ') as settings,
                               exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) where grantee = 0) as is_open
                        from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace
                        """).query().listOfRows();
        assertThat(functions)
                .hasSizeGreaterThanOrEqualTo(5)
                .allSatisfy(each -> assertThat(each)
                        .containsEntry("settings", "search_path=public, pg_temp")
                        .containsEntry("is_open", false));
    }

    private static void refused(String sql) {
        assertThatThrownBy(() -> {
                    if (sql.startsWith("select")) {
                        STRANGER.sql(sql).query().listOfRows();
                    } else {
                        STRANGER.sql(sql).update();
                    }
                })
                .as(sql)
                .rootCause()
                .hasMessageContaining("permission denied");
    }
}
