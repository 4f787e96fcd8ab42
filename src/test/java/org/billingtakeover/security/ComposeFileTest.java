package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

@DisplayName("docker-compose.yml")
class ComposeFileTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode services = file().path("services");

    @Test
    @DisplayName("runs the product in production with everything that production requires")
    void setsWhatProductionRequires() {
        assertThat(variables())
                .containsEntry("SPRING_PROFILES_ACTIVE", "production")
                .containsKeys(RequiredSettings.REQUIRED.keySet().stream()
                        .map(RequiredSettings::inEnvironment)
                        .toArray(String[]::new));
    }

    @Test
    @DisplayName("sets only variables that the product reads")
    void setsNothingThatNobodyReads() throws IOException {
        Set<String> read = new TreeSet<>(variablesOfSpringBoot());
        RequiredSettings.REQUIRED.keySet().forEach(name -> read.add(RequiredSettings.inEnvironment(name)));
        for (String part : List.of("first-name", "last-name", "email")) {
            read.add(RequiredSettings.inEnvironment("back-office.admin." + part));
        }

        assertThat(read).containsAll(variables().keySet());
    }

    @Test
    @DisplayName("brings PostgreSQL 17, and opens ports to this machine alone")
    void opensNothingToTheWorld() {
        assertThat(services.at("/database/image").asText()).isEqualTo("postgres:17");
        assertThat(services.at("/database/ports").isMissingNode()).isTrue();
        assertThat(services.findValues("ports").stream().flatMap(ports -> texts(ports).stream()))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    @DisplayName("holds no secret")
    void holdsNoSecret() {
        assertThat(variables()).allSatisfy((name, value) -> {
            if (name.contains("PASSWORD") || name.contains("SECRET")) {
                assertThat(value).startsWith("${").contains(":?");
            }
        });
    }

    @Test
    @DisplayName(
            "lets the product sign in to the database as a role that is neither the superuser nor the owner of tables")
    void signsInAsNeitherSuperuserNorOwner() {
        Map<String, String> product = variables();
        String role = product.get("SPRING_DATASOURCE_USERNAME");
        assertThat(services.at("/database/environment").has("POSTGRES_USER")).isFalse();
        assertThat(role).isNotEqualTo("postgres").isNotEqualTo(product.get("SPRING_FLYWAY_USER"));
        assertThat(product.get("SPRING_DATASOURCE_PASSWORD")).isNotEqualTo(product.get("SPRING_FLYWAY_PASSWORD"));
        assertThat(product.values()).noneMatch(value -> value.contains("POSTGRES_PASSWORD"));
        // DatabaseRolesTest runs the script.
        assertThat(services.at("/database/configs/0/target").asText()).startsWith("/docker-entrypoint-initdb.d/");
    }

    @Test
    @DisplayName("builds the image from files that exist")
    void buildsFromFilesThatExist() {
        String recipe = services.at("/back-office/build/dockerfile_inline").asText();
        assertThat(recipe.lines().filter(line -> line.startsWith("COPY ") && !line.contains("--from")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Path.of(line.split(" ")[1])).exists());
    }

    private Map<String, String> variables() {
        return JSON.convertValue(services.at("/back-office/environment"), new TypeReference<>() {});
    }

    private static List<String> texts(JsonNode list) {
        return JSON.convertValue(list, new TypeReference<>() {});
    }

    static JsonNode file() {
        try (InputStream file = Files.newInputStream(Path.of("docker-compose.yml"))) {
            return JSON.valueToTree(new Yaml().<Map<String, Object>>load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> variablesOfSpringBoot() throws IOException {
        List<String> names = new ArrayList<>(List.of("SPRING_PROFILES_ACTIVE"));
        for (URL url : Collections.list(
                ComposeFileTest.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"))) {
            try (InputStream metadata = url.openStream()) {
                for (JsonNode property : JSON.readTree(metadata).path("properties")) {
                    names.add(
                            RequiredSettings.inEnvironment(property.path("name").asText()));
                }
            }
        }
        return names;
    }
}
