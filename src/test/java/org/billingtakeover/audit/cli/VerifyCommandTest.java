package org.billingtakeover.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.audit.ProveTrail;
import org.billingtakeover.trail.TrailAlone;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

@Tag("slow")
@DisplayName("The command verify")
class VerifyCommandTest {

    private static final DataSource DATABASE = TestDatabase.fresh();
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);

    @Test
    @DisplayName("ends with zero for a trail as it was written, and with one for an altered one, which it names")
    void verifies() {
        append("CASE-1");
        append("CASE-2");
        JDBC.queryForList("select audit_seal_now('2026-03-02T15:00:00Z')");

        assertThat(run("verify")).satisfies(answer -> {
            assertThat(answer.getKey()).isZero();
            assertThat(answer.getValue())
                    .contains(
                            "100 %",
                            "The trail is as it was written: 2 chains, 2 entries, 1 seals.", "Newest seal: 1:");
        });

        JDBC.execute("alter table audit_entry disable trigger all");
        JDBC.update("update audit_entry set actor = 'mallory' where case_key = 'CASE-2'");

        assertThat(run("verify", "--language=fr")).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(1);
            assertThat(answer.getValue()).contains("CASE-2\u00a0: l’inscription 1 a été modifiée.");
        });
    }

    @Test
    @DisplayName("ends with two where it is not understood")
    void notUnderstood() {
        assertThat(run("verify", "--everything").getKey()).isEqualTo(2);
    }

    private static void append(String about) {
        JDBC.queryForList("""
                select audit_append(jsonb_build_array(jsonb_build_object('case', d ->> 'case', 'at', d ->> 'at', 'actor', 'a',
                    'what', 'W', 'document', d::text)), '[]')
                from (select jsonb_build_object('actor', 'a', 'at', '2026-03-02T15:00:00Z', 'case', ?::text, 'content', '{}'::jsonb,
                    'what', 'W') as d)
                """, about);
    }

    private static Map.Entry<Integer, String> run(String... arguments) {
        return run(Product.class, arguments);
    }

    /** With what the command ends in this product, and what it says. */
    static Map.Entry<Integer, String> run(Class<?> product, String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exitCode =
                new VerifyCommand(product, new PrintStream(printed, true, StandardCharsets.UTF_8)).run(arguments);
        return Map.entry(exitCode, printed.toString(StandardCharsets.UTF_8));
    }

    @Import({TrailAlone.class, ProveTrail.class})
    static class Product {

        @Bean(destroyMethod = "")
        DataSource database() {
            return DATABASE;
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
