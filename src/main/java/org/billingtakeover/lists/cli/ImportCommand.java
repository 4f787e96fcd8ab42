package org.billingtakeover.lists.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.FaultSentences;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportAccountList.Course;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.ImportedLists;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.UnusableAccountList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code import --firm=F-100 --file=list.csv [--as-of=2026-03-31] [--whole] [--again] [--dry-run] [--language=fr]}: imports an account list without the server, and tells
 * the result in words.
 */
public final class ImportCommand {

    /** Every line of the list is good. */
    static final int GOOD = 0;

    /** Some lines are bad; the others are kept. */
    static final int BAD_LINES = 1;

    /** No line could be imported: the arguments, the file or the database cannot be used. */
    static final int UNUSABLE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(ImportCommand.class);
    private static final ResourceBundleMessageSource WORDS = words();

    /** Nobody signs in on a command line; who can start the product there is for the machine to know. */
    private static final String ACTOR = "command-line";

    private final Class<?> product;
    private final PrintStream out;

    /** @param product the application that the command runs in */
    ImportCommand(Class<?> product, PrintStream out) {
        this.product = product;
        this.out = out;
    }

    /** Whether the product was started with a command; without one it is a server. */
    public static boolean isCalledBy(String[] arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /** Runs the command on the console and tells the exit code. */
    public static int run(Class<?> product, String[] arguments) {
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out), true, charsetOfConsole());
        return new ImportCommand(product, console).run(arguments);
    }

    int run(String... arguments) {
        ImportArguments read;
        try {
            read = ImportArguments.of(arguments);
        } catch (WrongArguments e) {
            for (Language language : Language.values()) {
                say(language.locale(), e.code(), e.argument());
                say(language.locale(), "account.command.usage");
            }
            return UNUSABLE;
        }
        ConfigurableApplicationContext context;
        try {
            context = start(read.settings());
        } catch (RuntimeException e) {
            // Spring Boot has said why.
            LOG.debug("The product did not start", e);
            return UNUSABLE;
        }
        try (context) {
            return run(read, context);
        }
    }

    private int run(ImportArguments arguments, ConfigurableApplicationContext context) {
        Accounts accounts = context.getBean(Accounts.class);
        Firm firm;
        try {
            firm = accounts.firm(new FirmId(arguments.firm()));
        } catch (NoSuchElementException e) {
            String firms =
                    accounts.firms().stream().map(each -> each.id().text()).collect(Collectors.joining(", "));
            arguments
                    .languages()
                    .forEach(language -> say(language.locale(), "account.command.noFirm", arguments.firm(), firms));
            return UNUSABLE;
        }
        Locale locale = arguments.language().orElse(firm.language()).locale();
        if (!Files.isReadable(arguments.file()) || Files.isDirectory(arguments.file())) {
            say(locale, "account.command.noFile", arguments.file().toAbsolutePath());
            return UNUSABLE;
        }
        Clock clock = context.getBean(Clock.class);
        LocalDate today = LocalDate.now(clock.withZone(firm.timeZone()));
        Claim claim = new Claim(arguments.asOf().orElse(today), arguments.whole());
        if (claim.asOf().isAfter(today)) {
            say(locale, "account.command.asOfFuture", claim.asOf());
            return UNUSABLE;
        }
        FaultSentences sentences = context.getBean(FaultSentences.class);
        ImportedLists imported = context.getBean(ImportedLists.class);
        try {
            String sha256 = AccountList.sha256(Files.newInputStream(arguments.file()));
            Optional<Instant> known = imported.lastImport(firm.id(), sha256);
            if (known.isPresent() && !arguments.again()) {
                say(
                        locale,
                        "account.command.known",
                        known.get().atZone(firm.timeZone()).toLocalDate());
                if (!arguments.dryRun()) {
                    return UNUSABLE;
                }
            }
            ImportResult result = context.getBean(ImportAccountList.class)
                    .run(
                            firm.id(),
                            AccountList.of(arguments.file()),
                            imported.asOfFirst(firm.id(), sha256, claim),
                            arguments.dryRun(),
                            ACTOR,
                            new Course() {

                                @Override
                                public void isAt(Progress progress, ImportResult soFar) {
                                    say(locale, "account.import.progress", progress.linesRead(), progress.percent());
                                }

                                @Override
                                public void ended(ImportResult result) {
                                    if (!result.dryRun()) {
                                        imported.keep(firm.id(), sha256, claim, ACTOR, clock.instant());
                                    }
                                }
                            });
            tell(result, firm, locale, sentences);
            return result.hasBadLines() ? BAD_LINES : GOOD;
        } catch (UnusableAccountList e) {
            out.println(sentences.sentence(e, locale));
        } catch (IOException | DataAccessException | TransactionException e) {
            LOG.debug("The import broke down", e);
            say(locale, "account.import.brokenDown");
            out.println(NestedExceptionUtils.getMostSpecificCause(e).getClass().getSimpleName());
        }
        return UNUSABLE;
    }

    private ConfigurableApplicationContext start(List<String> settings) {
        Stream<String> own = Stream.of("--camunda.bpm.job-execution.enabled=false", "--logging.level.root=error");
        return new SpringApplicationBuilder(product)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(settings.stream(), own).toArray(String[]::new));
    }

    private void tell(ImportResult result, Firm firm, Locale locale, FaultSentences sentences) {
        result.problems().forEach(problem -> tell(problem, locale, sentences));
        if (result.hasMoreProblems()) {
            say(locale, "account.import.moreProblems", result.problems().size(), result.problemCount());
        }
        result.warnings().forEach(warning -> tell(warning, locale, sentences));
        if (result.missingCount() > 0) {
            say(locale, "account.import.missing", result.missingCount());
            result.missing().forEach(each -> out.println("  " + each.companyId() + " " + each.name()));
        }
        if (!result.ignoredColumns().isEmpty()) {
            say(locale, "account.import.ignored", String.join(", ", result.ignoredColumns()));
        }
        say(locale, result.dryRun() ? "account.import.wouldBe" : "account.import.done", firm.name());
        count(locale, "added", result.added());
        count(locale, "changed", result.changed());
        count(locale, "unchanged", result.unchanged());
        new TreeMap<>(result.leftOut()).forEach((product, lines) -> count(locale, "without." + product, lines));
        if (result.skipped() > 0) {
            count(locale, "skipped", result.skipped());
        }
        count(locale, "bad", result.badLines());
    }

    private void tell(LineProblem problem, Locale locale, FaultSentences sentences) {
        String sentence = sentences.sentence(problem, locale);
        String line = Long.toString(problem.line());
        if (problem.column() == null) {
            say(locale, "account.command.badLine", line, problem.value(), sentence);
        } else {
            say(locale, "account.command.badValue", line, problem.column(), problem.value(), sentence);
        }
    }

    private void count(Locale locale, String what, int lines) {
        String name = WORDS.getMessage("account.import." + what, null, locale);
        out.println("  " + WORDS.getMessage("account.command.count", new Object[] {name, lines}, locale));
    }

    private void say(Locale locale, String message, Object... arguments) {
        out.println(WORDS.getMessage(message, arguments, locale));
    }

    /** A console that claims to know no accents mostly does: containers have no locale. */
    private static Charset charsetOfConsole() {
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        return charset.newEncoder().canEncode('é') ? charset : StandardCharsets.UTF_8;
    }

    private static ResourceBundleMessageSource words() {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("messages/account");
        words.setDefaultEncoding(StandardCharsets.UTF_8.name());
        words.setFallbackToSystemLocale(false);
        return words;
    }
}
