package org.billingtakeover.demo;

import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;

/** The demo needs the database and the mail server that run inside it; the jar of production does not hold them. */
final class EmbeddedParts implements EnvironmentPostProcessor, Ordered {

    private static final List<String> PARTS =
            List.of("io.zonky.test.db.postgres.embedded.EmbeddedPostgres", "com.icegreen.greenmail.util.GreenMail");

    /** After what production asks for, which excludes the demo. */
    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 2;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (environment.acceptsProfiles(Profiles.of("demo"))
                && !PARTS.stream().allMatch(part -> ClassUtils.isPresent(part, application.getClassLoader()))) {
            throw new Missing();
        }
    }

    /** Somebody starts the demo from the jar of production. */
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1;

        Missing() {
            super("This jar is made for production: the demo's database and mail server are not in it.");
        }
    }

    /** Says so on the console, in place of a stack trace. */
    static final class InWords extends AbstractFailureAnalyzer<Missing> {

        @Override
        protected FailureAnalysis analyze(Throwable root, Missing cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "To run it in production, set SPRING_PROFILES_ACTIVE=production; it then says which settings are missing."
                            + " To try the product, run mvn spring-boot:run in its sources.",
                    cause);
        }
    }
}
