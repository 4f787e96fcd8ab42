package org.billingtakeover.audit.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.billingtakeover.account.Language;
import org.billingtakeover.audit.Finding;
import org.billingtakeover.audit.VerifyTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** {@code verify [--language=fr]}: verifies the trail without the server, and tells the result in words. */
public final class VerifyCommand {

    static final int GOOD = 0;
    static final int BAD = 1;

    /** The arguments or the database cannot be used. */
    static final int UNUSABLE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(VerifyCommand.class);
    private static final String LANGUAGE = "--language=";

    private final Class<?> product;
    private final PrintStream out;
    private final ResourceBundleMessageSource words = new ResourceBundleMessageSource();
    private Locale locale = Language.EN.locale();

    /** @param product the application that the command runs in */
    VerifyCommand(Class<?> product, PrintStream out) {
        this.product = product;
        this.out = out;
        words.setBasename("messages/audit");
        words.setDefaultEncoding(StandardCharsets.UTF_8.name());
        words.setFallbackToSystemLocale(false);
    }

    /** Whether the product was started with this command. */
    public static boolean isCalledBy(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("verify");
    }

    /** Runs the command on the console and tells the exit code. */
    public static int run(Class<?> product, String[] arguments) {
        return new VerifyCommand(product, new PrintStream(System.out, true, StandardCharsets.UTF_8)).run(arguments);
    }

    int run(String... arguments) {
        List<String> settings = new ArrayList<>(List.of(
                "--camunda.bpm.job-execution.enabled=false",
                "--back-office.audit.seal-at=-",
                "--logging.level.root=error"));
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            if (argument.equals(LANGUAGE + "fr")) {
                locale = Language.FR.locale();
            } else if (argument.startsWith("--") && argument.contains(".")) {
                settings.add(argument);
            } else if (!argument.equals(LANGUAGE + "en")) {
                say("audit.verify.unknown", argument);
                say("audit.verify.usage");
                return UNUSABLE;
            }
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(product)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(settings.toArray(String[]::new))) {
            return tell(context.getBean(VerifyTrail.class)
                    .verify(progress -> say("audit.verify.progress", progress.entries(), progress.percent())));
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The trail could not be read", e);
            say("audit.verify.brokenDown", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            LOG.debug("The product did not start", e);
        }
        return UNUSABLE;
    }

    private int tell(VerifyTrail.Report report) {
        for (Finding finding : report.findings()) {
            say("audit.found." + finding.kind(), finding.about(), finding.from(), finding.to());
        }
        say(
                report.isGood() ? "audit.verify.good" : "audit.verify.bad",
                report.chains(),
                report.entries(),
                report.seals(),
                report.findingCount());
        if (report.lastSeal() != null) {
            say("audit.verify.seal", report.lastSeal());
        }
        return report.isGood() ? GOOD : BAD;
    }

    private void say(String message, Object... arguments) {
        out.println(words.getMessage(message, arguments, locale));
    }
}
