package org.billingtakeover.audit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.audit.ProveTrail;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.Trail;
import org.billingtakeover.trail.TrailAlone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
@DisplayName("A database that was restored")
class RestoreTest {

    private static HikariDataSource database = TestDatabase.fresh();

    private String firstSeal;

    @BeforeEach
    void givenASealedTrail() {
        database = TestDatabase.fresh();
        happens("CASE-1");
        firstSeal = newestSeal();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    @DisplayName("from a dump or a copy is noticed at the first seal, recorded once, and told by verify")
    void copy() {
        copyDatabase();

        happens("CASE-2");
        happens("CASE-3");

        List<String> replaced = new JdbcTemplate(database)
                .queryForList("select document from audit_entry where what = 'DATABASE_REPLACED'", String.class);
        assertThat(replaced).singleElement().asString().contains("\"before\":", "\"now\":", "\"case\":\"product\"");
        assertThat(verify()).satisfies(answer -> {
            assertThat(answer.getKey()).isZero();
            assertThat(answer.getValue())
                    .contains("2026-03-02T15:00:00Z: the database was replaced, by a restored dump or a copy.");
        });
        assertThat(verify("--seal=" + firstSeal).getKey()).isZero();
    }

    @Test
    @DisplayName(
            "that lacks the newest entries and seals verifies by itself, and not against a seal that was noted down")
    void olderState() {
        happens("CASE-2");
        String noted = newestSeal();
        assertThat(verify("--seal=" + noted, "--seal=" + firstSeal).getKey()).isZero();

        // As a snapshot of the disk, put back: same server, same database, and nothing of what came after.
        new JdbcTemplate(database).execute("""
                begin;
                set local session_replication_role = replica;
                delete from audit_sealed_case where seal > 1;
                delete from audit_seal where number > 1;
                delete from audit_entry where case_key = 'CASE-2';
                delete from audit_chain where case_key = 'CASE-2';
                commit;
                """);

        assertThat(verify("--seal=" + firstSeal).getKey()).isZero();
        assertThat(verify().getKey()).isZero();
        assertThat(verify("--seal=" + noted)).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(1);
            assertThat(answer.getValue()).contains("The seal " + noted + ", which was noted down, is not there");
        });
        assertThat(verify("--language=fr", "--seal=" + noted).getValue()).contains("Le sceau " + noted);
    }

    /** A product starts on the database, something happens in a case, and the trail is sealed. */
    private static void happens(String key) {
        try (ConfigurableApplicationContext product = new SpringApplicationBuilder(Product.class)
                .web(WebApplicationType.NONE)
                .run("--back-office.audit.seal-at=-", "--spring.main.banner-mode=off")) {
            product.getBean(TransactionTemplate.class)
                    .executeWithoutResult(
                            status -> product.getBean(Trail.class).record(new Fact(key, "alice", "OPENED", Map.of())));
            product.getBean(Seals.class).seal();
        }
    }

    /** What is in the copy was once in the other, byte for byte, as after a restore. */
    private static void copyDatabase() {
        String url = database.getJdbcUrl();
        String name = database.getPoolName();
        database.close();
        String postgres = url.replaceFirst("/" + name + "(?=\\?|$)", "/postgres");
        new JdbcTemplate(new DriverManagerDataSource(postgres))
                .execute("create database " + name + "_copy template " + name);
        database = new HikariDataSource();
        database.setJdbcUrl(url.replaceFirst("/" + name + "(?=\\?|$)", "/" + name + "_copy"));
        database.setMinimumIdle(0);
    }

    private static String newestSeal() {
        return String.valueOf(new JdbcTemplate(database)
                .queryForObject(
                        "select number || ':' || encode(hash, 'hex') from audit_seal order by number desc limit 1",
                        String.class));
    }

    private static Map.Entry<Integer, String> verify(String... options) {
        String[] arguments =
                Stream.concat(Stream.of("verify"), Stream.of(options)).toArray(String[]::new);
        return VerifyCommandTest.run(Product.class, arguments);
    }

    @Import({TrailAlone.class, ProveTrail.class})
    static class Product {

        @Bean(destroyMethod = "")
        DataSource database() {
            return database;
        }

        @Bean
        Clock clock() {
            return Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);
        }
    }
}
