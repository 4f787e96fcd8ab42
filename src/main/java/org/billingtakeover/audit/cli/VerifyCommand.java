package org.billingtakeover.audit.cli;

import static org.billingtakeover.verifier.VerifyExportCommand.BAD;
import static org.billingtakeover.verifier.VerifyExportCommand.GOOD;
import static org.billingtakeover.verifier.VerifyExportCommand.UNUSABLE;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.billingtakeover.audit.ProveTrail;
import org.billingtakeover.audit.Said;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.Arguments;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Sentences;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code verify [--seal=<number>:<hash>] [--language=fr]}: verifies the trail without the server, and tells the result in words. A seal
 * that was noted down elsewhere must still be there: without one, an older state of the same database looks as if nothing were missing.
 */
public final class VerifyCommand {

    private static final Logger LOG = LoggerFactory.getLogger(VerifyCommand.class);

    private final Class<?> product;
    private final PrintStream out;

    /** @param product the application that the command runs in */
    VerifyCommand(Class<?> product, PrintStream out) {
        this.product = product;
        this.out = out;
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
        Arguments asked = Arguments.of(List.of(arguments).subList(1, arguments.length));
        Sentences sentences = new Sentences(out, asked.locale(), "messages.audit");
        List<String> settings = new ArrayList<>(List.of(
                "--camunda.bpm.job-execution.enabled=false",
                "--back-office.audit.seal-at=-",
                "--back-office.retention.erase-at=-",
                "--logging.level.root=error"));
        for (String argument : asked.others()) {
            if (!argument.startsWith("--") || !argument.contains(".")) {
                sentences.say("audit.verify.unknown", argument);
                sentences.say("audit.verify.usage");
                return UNUSABLE;
            }
            settings.add(argument);
        }
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(product)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(settings.toArray(String[]::new))) {
            StoredTrail stored = context.getBean(StoredTrail.class);
            return tell(
                    context.getBean(ProveTrail.class)
                            .prove(
                                    asked.noted(),
                                    progress -> sentences.say(
                                            "audit.verify.progress", progress.entries(), progress.percent())),
                    stored,
                    sentences);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The trail could not be read", e);
            sentences.say("audit.verify.brokenDown", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            LOG.debug("The product did not start", e);
        }
        return UNUSABLE;
    }

    private static int tell(Report report, StoredTrail stored, Sentences sentences) {
        sentences.tell(report, "audit.verify");
        tellReplacements(stored, sentences);
        report.notThere().forEach(seal -> sentences.say("audit.verify.sealNotThere", seal));
        return report.isGood() && report.notThere().isEmpty() ? GOOD : BAD;
    }

    /** Says when the product found itself in another database than before. */
    private static void tellReplacements(StoredTrail stored, Sentences sentences) {
        Records replacements = new Records() {
            @Override
            public void entry(KnownEntry known) {
                StoryEntry entry = StoryEntry.of(known);
                entry.said(Said.Replaced.class)
                        .ifPresent(replaced -> sentences.say(
                                "audit.verify.replaced", entry.at().toString(), replaced.before(), replaced.now()));
            }
        };
        try {
            stored.readChains(Set.of(Fact.PRODUCT), replacements);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
