package org.billingtakeover.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StringUtils;

/** Production takes its surroundings and secrets from the environment, and none of them for granted. */
final class RequiredSettings implements EnvironmentPostProcessor, Ordered {

    private static final String PRODUCTION = "production";
    private static final int SHORTEST_SECRET = 32;
    private static final int SHORTEST_PASSWORD = 12;

    /** Of 32 random hexadecimal digits there are fewer different ones less than once in ten million. */
    private static final int FEWEST_SIGNS = 8;

    private static final String LINK_SECRET = "back-office.link-secret";
    private static final Pattern ALL_KINDS_OF_SIGNS =
            Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*\\d)(?=.*[^a-zA-Z0-9]).*");

    static final Map<String, String> REQUIRED = required();

    private static final List<String> OF_A_FIRM = List.of(
            "name",
            "email",
            "language",
            "country",
            "province",
            "time-zone",
            "currency",
            "wholesale-billing",
            "payment-method-on-file",
            "bill-day");

    private static final List<String> OF_A_PROVIDER = List.of("id", "name", "issuer", "client-id", "client-secret");

    private static Map<String, String> required() {
        Map<String, String> required = new LinkedHashMap<>();
        required.put("spring.datasource.url", "the PostgreSQL database, such as jdbc:postgresql://db:5432/backoffice");
        required.put("spring.datasource.username", "the database user");
        required.put("spring.datasource.password", "the database user's password");
        required.put("spring.mail.host", "the mail server");
        required.put("back-office.mail.from", "the address that mails come from");
        required.put(
                "back-office.public-url",
                "the address under which clients reach the product, such as https://billing.example.com");
        required.put(
                "back-office.link-secret",
                "a random secret of 32 characters or more, from which the links in mails are made");
        required.put("back-office.admin.id", "the administrator's user name");
        required.put("back-office.admin.password", "the administrator's first password, 12 characters or more");
        return required;
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        refuseForeignProfiles(environment);
        if (!environment.acceptsProfiles(Profiles.of(PRODUCTION))) {
            return;
        }
        List<String> sentences = new ArrayList<>();
        if (environment.acceptsProfiles(Profiles.of("demo"))) {
            sentences.add("The profiles production and demo exclude each other. Leave one of them out.");
        }
        REQUIRED.forEach((name, meaning) -> {
            if (!StringUtils.hasText(environment.getProperty(name))) {
                sentences.add(inEnvironment(name) + " is missing: " + meaning + ".");
            }
        });
        refuseShort(environment, LINK_SECRET, SHORTEST_SECRET, sentences);
        refuseGuessable(environment, LINK_SECRET, sentences);
        refuseShort(environment, "back-office.admin.password", SHORTEST_PASSWORD, sentences);
        refuseSimple(environment, "back-office.admin.password", sentences);
        refuseUnsafe(environment, sentences);
        refuseIncompleteFirms(environment, sentences);
        refuseIncompleteProviders(environment, sentences);
        if (!sentences.isEmpty()) {
            throw new MissingSettings(sentences);
        }
    }

    private static void refuseShort(
            ConfigurableEnvironment environment, String name, int shortest, List<String> sentences) {
        String value = environment.getProperty(name, "");
        if (StringUtils.hasText(value) && value.length() < shortest) {
            sentences.add(inEnvironment(name) + " is too short: it needs " + shortest + " characters or more.");
        }
    }

    /** A profile is one of ours if it has settings; of any other, such as one that is misspelt, nothing that matters would hold. */
    private static void refuseForeignProfiles(ConfigurableEnvironment environment) {
        List<String> foreign = Arrays.stream(environment.getActiveProfiles())
                .filter(profile -> !new ClassPathResource("application-" + profile + ".yaml").exists())
                .map(profile -> "There is no profile called “" + profile + "”. Take " + PRODUCTION + " or demo.")
                .toList();
        if (!foreign.isEmpty()) {
            throw new MissingSettings(foreign);
        }
    }

    private static void refuseGuessable(ConfigurableEnvironment environment, String name, List<String> sentences) {
        String value = environment.getProperty(name, "");
        if (value.length() < SHORTEST_SECRET) {
            return;
        }
        if (value.equals(ofTheDemo(name))) {
            sentences.add(inEnvironment(name) + " is the demo's, which everybody knows. Take a random one.");
        } else if (isGuessable(value)) {
            sentences.add(inEnvironment(name) + " can be guessed: it repeats itself or counts on. Take a random one.");
        }
    }

    private static @Nullable String ofTheDemo(String name) {
        YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
        settings.setResources(new ClassPathResource("application-demo.yaml"));
        return Objects.requireNonNull(settings.getObject()).getProperty(name);
    }

    /** Few different signs, the same ones again, or mostly such as follow each other. */
    private static boolean isGuessable(String value) {
        String half = value.substring(0, value.length() / 2);
        boolean repeats = (value + value).indexOf(value, 1) < value.length() || value.startsWith(half, half.length());
        long steps = IntStream.range(2, value.length())
                .filter(i -> value.charAt(i) - value.charAt(i - 1) == value.charAt(i - 1) - value.charAt(i - 2))
                .count();
        return repeats || value.chars().distinct().count() < FEWEST_SIGNS || steps > value.length() / 2;
    }

    private static void refuseSimple(ConfigurableEnvironment environment, String name, List<String> sentences) {
        String value = environment.getProperty(name, "");
        if (value.length() >= SHORTEST_PASSWORD
                && !ALL_KINDS_OF_SIGNS.matcher(value).matches()) {
            sentences.add(inEnvironment(name)
                    + " is too simple: it needs small and capital letters, a digit and another sign.");
        }
    }

    /** Links that carry a client's consent travel encrypted; on one's own machine they do not travel. */
    private static void refuseUnsafe(ConfigurableEnvironment environment, List<String> sentences) {
        refuseUnencrypted(environment, "back-office.public-url", sentences);
    }

    private static void refuseUnencrypted(ConfigurableEnvironment environment, String name, List<String> sentences) {
        String url = environment.getProperty(name, "");
        if (StringUtils.hasText(url) && !url.matches("https://.+|http://localhost(:\\d+)?/?")) {
            sentences.add(inEnvironment(name) + " must begin with https://, but is " + url + ".");
        }
    }

    private static void refuseIncompleteFirms(ConfigurableEnvironment environment, List<String> sentences) {
        Binder binder = Binder.get(environment);
        for (int i = 0; binder.bind(firm(i, "id"), String.class).isBound(); i++) {
            for (String part : OF_A_FIRM) {
                if (!binder.bind(firm(i, part), String.class).isBound()) {
                    sentences.add(inEnvironment(firm(i, part)) + " is missing: each firm needs all of "
                            + String.join(", ", OF_A_FIRM) + ".");
                }
            }
        }
    }

    private static void refuseIncompleteProviders(ConfigurableEnvironment environment, List<String> sentences) {
        for (int i = 0; isNamed(environment, i); i++) {
            for (String part : OF_A_PROVIDER) {
                String name = provider(i, part);
                if (!StringUtils.hasText(environment.getProperty(name))) {
                    sentences.add(inEnvironment(name) + " is missing: each identity provider needs all of "
                            + String.join(", ", OF_A_PROVIDER) + ".");
                }
            }
            String id = environment.getProperty(provider(i, "id"), "a");
            if (!id.matches("[a-z0-9]{1,20}")) {
                sentences.add(inEnvironment(provider(i, "id")) + " must be 1 to 20 small letters and digits, but is "
                        + id + ".");
            }
            refuseUnencrypted(environment, provider(i, "issuer"), sentences);
        }
    }

    private static boolean isNamed(ConfigurableEnvironment environment, int number) {
        return OF_A_PROVIDER.stream().anyMatch(part -> environment.containsProperty(provider(number, part)));
    }

    private static String provider(int number, String part) {
        return "back-office.identity-providers[" + number + "]." + part;
    }

    private static String firm(int number, String part) {
        return "back-office.firms[" + number + "]." + part;
    }

    /** The environment variable that sets a property. */
    static String inEnvironment(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
    }
}
