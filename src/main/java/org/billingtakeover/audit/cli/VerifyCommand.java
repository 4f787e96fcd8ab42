package org.billingtakeover.audit.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Finding;
import org.billingtakeover.trail.SealTrail;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.VerifyTrail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code verify [--seal=<number>:<hash>] [--language=fr]}: verifies the trail without the server, and tells the result in words. A seal
 * that was noted down elsewhere must still be there: without one, an older state of the same database looks as if nothing were missing.
 */
public final class VerifyCommand {

    static final int GOOD = 0;
    static final int BAD = 1;

    /** The arguments or the database cannot be used. */
    static final int UNUSABLE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(VerifyCommand.class);
    private static final String LANGUAGE = "--language=";
    private static final Pattern SEAL = Pattern.compile("--seal=(\\d+:[0-9a-f]{64})");

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
        List<String> notedSeals = new ArrayList<>();
        List<String> settings = new ArrayList<>(List.of(
                "--camunda.bpm.job-execution.enabled=false",
                "--back-office.audit.seal-at=-",
                "--back-office.retention.erase-at=-",
                "--logging.level.root=error"));
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            Matcher noted = SEAL.matcher(argument);
            if (noted.matches()) {
                notedSeals.add(noted.group(1));
            } else if (argument.equals(LANGUAGE + "fr")) {
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
            int result = tell(context.getBean(VerifyTrail.class)
                    .verify(progress -> say("audit.verify.progress", progress.entries(), progress.percent())));
            StoredTrail stored = context.getBean(StoredTrail.class);
            tellReplacements(stored);
            return hasAll(notedSeals, stored) ? result : BAD;
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

    /** Says when the product found itself in another database than before. */
    private void tellReplacements(StoredTrail stored) {
        stored.forEachEntryOf(Fact.PRODUCT, entry -> {
            if (entry.what().equals(SealTrail.REPLACED)) {
                JsonNode said = entry.read().path("content");
                say(
                        "audit.verify.replaced",
                        entry.at().toString(),
                        said.path("before").asText(),
                        said.path("now").asText());
            }
        });
    }

    private boolean hasAll(List<String> notedSeals, StoredTrail stored) {
        Set<String> missing = new TreeSet<>(notedSeals);
        stored.forEachSeal(
                seal -> missing.remove(seal.number() + ":" + HexFormat.of().formatHex(seal.hash())));
        missing.forEach(seal -> say("audit.verify.sealNotThere", seal));
        return missing.isEmpty();
    }

    private void say(String message, Object... arguments) {
        out.println(words.getMessage(message, arguments, locale));
    }
}
