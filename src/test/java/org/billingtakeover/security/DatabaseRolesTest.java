package org.billingtakeover.security;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.BackOffice;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.trail.Seals;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The product of {@code docker-compose.yml} on a database whose roles were made by it. */
@Tag("own-product")
@DisplayName("The database's roles in docker-compose.yml")
class DatabaseRolesTest {

    private static final String SECRET = "4f9a0c52-D1e87b36a5c2f08e61d7b943";

    @Test
    @DisplayName(
            "let the product start and work, as no superuser, owner of no table but the engine's, appending to the trail alone")
    void startsAndWorks() {
        try (HikariDataSource server = TestDatabase.fresh()) {
            JdbcClient superuser = JdbcClient.create(server);
            superuser.sql("create database backoffice template template0").update();
            String url = server.getJdbcUrl().replaceFirst("/test_\\d+", "/backoffice");
            inDatabase(url).sql(roles()).update();
            try (ConfigurableApplicationContext product = start(url.replaceFirst("\\?.*", ""))) {
                worksAsRestrictedRole(product, url);
            } finally {
                superuser.sql("drop database backoffice with (force)").update();
                superuser.sql("drop role backoffice, backoffice_owner").update();
            }
        }
    }

    private static void worksAsRestrictedRole(ConfigurableApplicationContext product, String url) {
        JdbcClient jdbc = JdbcClient.create(product.getBean(HikariDataSource.class));
        JdbcClient superuser = inDatabase(url);

        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo("backoffice");
        assertThat(superuser
                        .sql(
                                "select count(*) from pg_roles where rolname like 'backoffice%' and (rolsuper or rolcreaterole or rolcreatedb or rolbypassrls)")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(superuser.sql("""
                        select distinct n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                        where pg_get_userbyid(c.relowner) = 'backoffice' and c.relkind = 'r'
                        """).query(String.class).list()).containsExactly("engine");
        assertThat(superuser.sql("""
                        select p.oid::regprocedure::text from pg_proc p
                        where p.pronamespace = 'public'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
                            and not has_function_privilege('backoffice', p.oid, 'execute')
                        """).query(String.class).list())
                .as("functions that statements of the product run into and that it may not call")
                .isEmpty();
        product.getBean(Seals.class).seal();
        assertThat(superuser
                        .sql("select count(*) from audit_entry e join audit_sealed_case s using (case_key)")
                        .query(Integer.class)
                        .single())
                .as("what the start appended and the product sealed")
                .isPositive();
        for (String change : List.of(
                "insert into audit_entry select * from audit_entry",
                "update audit_chain set number = 0",
                "delete from audit_personal",
                "truncate audit_seal",
                "alter table audit_sealed_case disable trigger all",
                "create table public.audit_more (x int)",
                "create temporary table audit_entry (x int)",
                "set role backoffice_owner")) {
            assertThatThrownBy(() -> jdbc.sql(change).update())
                    .as(change)
                    .rootCause()
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    /** The image starts its database with these; they say by {@code \getenv} where their passwords come from. */
    private static String roles() {
        return ComposeFileTest.file()
                .at("/configs/roles/content")
                .asText()
                .lines()
                .filter(line -> !line.startsWith("\\getenv") && !line.startsWith("--"))
                .map(line -> line.replaceAll(":'\\w+'", "'secret'"))
                .collect(joining("\n"));
    }

    private static ConfigurableApplicationContext start(String url) {
        Map<String, Object> environment = new HashMap<>(environment());
        environment.replaceAll((name, value) -> value.toString().startsWith("${") ? SECRET : value);
        environment.put("SPRING_DATASOURCE_URL", url);
        StandardEnvironment surroundings = new StandardEnvironment();
        surroundings
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("compose-systemEnvironment", environment));
        return new SpringApplicationBuilder(BackOffice.class)
                .web(WebApplicationType.NONE)
                .environment(surroundings)
                .profiles("production")
                .run(
                        "--camunda.bpm.job-execution.enabled=false",
                        "--back-office.audit.seal-at=-",
                        "--back-office.retention.erase-at=-");
    }

    private static JdbcClient inDatabase(String url) {
        return JdbcClient.create(new DriverManagerDataSource(url));
    }

    private static Map<String, Object> environment() {
        return new ObjectMapper()
                .convertValue(ComposeFileTest.file().at("/services/back-office/environment"), new TypeReference<>() {});
    }
}
