package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

@DisplayName("The demo")
class EmbeddedPartsTest {

    @ParameterizedTest
    @ValueSource(strings = {"io.zonky.test", "com.icegreen.greenmail"})
    @DisplayName("does not start from a jar without its database or its mail server, and says so")
    void refused(String absent) {
        assertThatThrownBy(() -> start("demo", new FilteredClassLoader(absent)))
                .isInstanceOf(EmbeddedParts.Missing.class)
                .hasMessage("This jar is made for production: the demo's database and mail server are not in it.");
    }

    @Test
    @DisplayName("alone needs them")
    void notInProduction() {
        assertThatCode(() -> start("production", new FilteredClassLoader("io.zonky.test")))
                .doesNotThrowAnyException();
        assertThatCode(() -> start("demo", getClass().getClassLoader())).doesNotThrowAnyException();
    }

    private static void start(String profile, ClassLoader classes) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.setActiveProfiles(profile);
        new EmbeddedParts()
                .postProcessEnvironment(environment, new SpringApplication(new DefaultResourceLoader(classes)));
    }
}
