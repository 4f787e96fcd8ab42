package org.billingtakeover.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@DisplayName("Production")
class RequiredSettingsTest {

    @Test
    @DisplayName("says a sentence for each thing that is missing")
    void namesEachMissingThing() {
        assertThatThrownBy(() -> start(Map.of(), "production"))
                .isInstanceOfSatisfying(
                        MissingSettings.class,
                        missing -> assertThat(missing.sentences())
                                .hasSize(9)
                                .anyMatch(sentence -> sentence.startsWith("SPRING_DATASOURCE_URL is missing: "))
                                .anyMatch(sentence -> sentence.startsWith("SPRING_MAIL_HOST is missing: "))
                                .anyMatch(sentence -> sentence.startsWith("BACK_OFFICE_PUBLIC_URL is missing: "))
                                .anyMatch(sentence -> sentence.startsWith("BACK_OFFICE_ADMIN_PASSWORD is missing: ")));
    }

    @Test
    @DisplayName("starts when everything is there")
    void acceptsACompleteEnvironment() {
        start(complete(), "production");
    }

    @Test
    @DisplayName("refuses the demo beside it")
    void refusesTheDemo() {
        assertThatThrownBy(() -> start(complete(), "production", "demo"))
                .hasMessage("The profiles production and demo exclude each other. Leave one of them out.");
    }

    @Test
    @DisplayName("refuses a short secret, a short password and an address without TLS")
    void refusesWeakValues() {
        Map<String, Object> weak = complete();
        weak.put("BACK_OFFICE_LINK_SECRET", "short");
        weak.put("BACK_OFFICE_ADMIN_PASSWORD", "short");
        weak.put("BACK_OFFICE_PUBLIC_URL", "http://billing.example.com");

        assertThatThrownBy(() -> start(weak, "production"))
                .isInstanceOfSatisfying(
                        MissingSettings.class,
                        missing -> assertThat(missing.sentences())
                                .containsExactly(
                                        "BACK_OFFICE_LINK_SECRET is too short: it needs 32 characters or more.",
                                        "BACK_OFFICE_ADMIN_PASSWORD is too short: it needs 12 characters or more.",
                                        "BACK_OFFICE_PUBLIC_URL must begin with https://, but is http://billing.example.com."));
    }

    @Test
    @DisplayName("says which part of a firm is missing")
    void refusesIncompleteFirms() {
        Map<String, Object> incomplete = complete();
        incomplete.put("BACK_OFFICE_FIRMS_0_ID", "F-1");
        incomplete.put("BACK_OFFICE_FIRMS_0_NAME", "A firm");

        assertThatThrownBy(() -> start(incomplete, "production"))
                .isInstanceOfSatisfying(
                        MissingSettings.class,
                        missing -> assertThat(missing.sentences())
                                .hasSize(9)
                                .anyMatch(
                                        sentence -> sentence.startsWith("BACK_OFFICE_FIRMS_0_TIME_ZONE is missing: ")));
    }

    @Test
    @DisplayName("says which part of an identity provider is missing or unsafe")
    void refusesIncompleteProviders() {
        Map<String, Object> incomplete = complete();
        incomplete.put("BACK_OFFICE_IDENTITY_PROVIDERS_0_ID", "Our provider");
        incomplete.put("BACK_OFFICE_IDENTITY_PROVIDERS_0_NAME", "Our provider");
        incomplete.put("BACK_OFFICE_IDENTITY_PROVIDERS_0_ISSUER", "http://login.example.com");

        assertThatThrownBy(() -> start(incomplete, "production"))
                .isInstanceOfSatisfying(
                        MissingSettings.class,
                        missing -> assertThat(missing.sentences())
                                .hasSize(4)
                                .anyMatch(sentence -> sentence.startsWith(
                                        "BACK_OFFICE_IDENTITY_PROVIDERS_0_CLIENT_SECRET is missing: "))
                                .contains(
                                        "BACK_OFFICE_IDENTITY_PROVIDERS_0_ISSUER must begin with https://, but is http://login.example.com."));
    }

    @Test
    @DisplayName("takes an identity provider from the environment, and what it does not say for granted")
    void takesAProvider() {
        Map<String, Object> variables = complete();
        Map.of(
                        "ID",
                        "ours",
                        "NAME",
                        "Ours",
                        "ISSUER",
                        "https://login.example.com",
                        "CLIENT_ID",
                        "a",
                        "CLIENT_SECRET",
                        "b")
                .forEach((part, value) -> variables.put("BACK_OFFICE_IDENTITY_PROVIDERS_0_" + part, value));

        IdentityProvider provider = Binder.get(start(variables, "production"))
                .bind("back-office", IdentityProvider.All.class)
                .get()
                .list()
                .get(0);

        assertThat(provider.clientSecret()).isEqualTo("b");
        assertThat(provider.groupsClaim()).isEqualTo("groups");
        assertThat(provider.scopes()).containsExactly("openid", "profile", "email");
        assertThat(provider.firm()).isNull();
    }

    @Test
    @DisplayName("refuses a simple password")
    void refusesASimplePassword() {
        Map<String, Object> weak = complete();
        weak.put("BACK_OFFICE_ADMIN_PASSWORD", "administrator1");

        assertThatThrownBy(() -> start(weak, "production"))
                .hasMessageStartingWith("BACK_OFFICE_ADMIN_PASSWORD is too simple: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Production", "prod", "production ", "demo2", "dev"})
    @DisplayName("is not started half: a profile that is none of ours is refused")
    void refusesForeignProfiles(String profile) {
        assertThatThrownBy(() -> start(complete(), profile))
                .isInstanceOf(MissingSettings.class)
                .hasMessage("There is no profile called “" + profile + "”. Take production or demo.");
        assertThatThrownBy(() -> start(complete(), "production", profile)).isInstanceOf(MissingSettings.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "abababababababababababababababababababab",
                "correct-horse-a!correct-horse-a!",
                "correct-horse-a!correct-horse-a!x",
                "abcdefghijklmnopqrstuvwxyzabcdefghi",
                "0123456789012345678901234567890123456789",
                "00000000000000000000000000000000000000ab",
                "zyxwvutsrqponmlkjihgfedcba9876543210"
            })
    @DisplayName("refuses a secret that can be guessed")
    void refusesGuessableSecrets(String secret) {
        Map<String, Object> weak = complete();
        weak.put("BACK_OFFICE_LINK_SECRET", secret);

        assertThatThrownBy(() -> start(weak, "production"))
                .hasMessage(
                        "BACK_OFFICE_LINK_SECRET can be guessed: it repeats itself or counts on. Take a random one.");
    }

    @Test
    @DisplayName("refuses the demo's secret, and takes random ones")
    void refusesTheDemosSecret() {
        Map<String, Object> variables = complete();
        variables.put("BACK_OFFICE_LINK_SECRET", "the-demo-has-no-secrets-and-says-so-here");
        assertThatThrownBy(() -> start(variables, "production"))
                .hasMessage("BACK_OFFICE_LINK_SECRET is the demo's, which everybody knows. Take a random one.");

        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            variables.put("BACK_OFFICE_LINK_SECRET", HexFormat.of().formatHex(bytes));
            start(variables, "production");
        }
    }

    @Test
    @DisplayName("is not asked for by other profiles")
    void leavesOtherProfilesAlone() {
        start(Map.of(), "demo");
    }

    @Test
    @DisplayName("shows the sentences instead of a stack trace")
    void showsSentences() {
        MissingSettings missing = new MissingSettings(java.util.List.of("One.", "Two."));

        FailureAnalysis shown = new SayWhatIsMissing().analyze(missing, missing);

        assertThat(shown.getDescription()).isEqualTo("One." + System.lineSeparator() + "Two.");
        assertThat(shown.getAction()).contains("environment");
    }

    private static Map<String, Object> complete() {
        Map<String, Object> variables = new LinkedHashMap<>();
        RequiredSettings.REQUIRED
                .keySet()
                .forEach(name ->
                        variables.put(RequiredSettings.inEnvironment(name), "a text that is long enough for a secret"));
        variables.put("BACK_OFFICE_ADMIN_PASSWORD", "Long-enough-4-all");
        variables.put("BACK_OFFICE_PUBLIC_URL", "https://billing.example.com");
        return variables;
    }

    private static StandardEnvironment start(Map<String, Object> variables, String... profiles) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        ConfigurationPropertySources.attach(environment);
        environment.setActiveProfiles(profiles);
        new RequiredSettings().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
