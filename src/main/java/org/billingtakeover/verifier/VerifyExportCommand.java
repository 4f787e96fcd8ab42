package org.billingtakeover.audit.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.evidence.UnusableExport;
import org.billingtakeover.evidence.VerifyExport;
import org.billingtakeover.evidence.VerifyExport.NotedSeal;
import org.billingtakeover.evidence.VerifyExport.Remark;
import org.billingtakeover.evidence.VerifyExport.Report;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.trail.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * {@code verify-export <file> [--seal=<number>:<hash>] [--language=fr]}: verifies an export or an evidence pack, with nothing but the
 * file, and tells the result in words.
 */
public final class VerifyExportCommand {

    private static final String COMMAND = "verify-export";
    private static final String LANGUAGE = "--language=";
    private static final Pattern SEAL = Pattern.compile("--seal=([1-9][0-9]{0,8}):([0-9a-fA-F]{64})");

    private final PrintStream out;
    private final ResourceBundleMessageSource words = new ResourceBundleMessageSource();
    private Locale locale = Language.EN.locale();

    VerifyExportCommand(PrintStream out) {
        this.out = out;
        words.setBasenames("messages/evidence", "messages/audit");
        words.setDefaultEncoding(StandardCharsets.UTF_8.name());
        words.setFallbackToSystemLocale(false);
    }

    /** Whether the product was started with this command. */
    public static boolean isCalledBy(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(COMMAND);
    }

    /** Runs the command on the console and tells the exit code: 0 intact, 1 not intact, 2 unusable. */
    public static int run(String[] arguments) {
        return new VerifyExportCommand(new PrintStream(System.out, true, StandardCharsets.UTF_8))
                .execute(List.of(arguments).subList(1, arguments.length));
    }

    int execute(List<String> arguments) {
        if (arguments.contains(LANGUAGE + "fr")) {
            locale = Language.FR.locale();
        }
        Path file = null;
        NotedSeal noted = null;
        for (String argument : arguments) {
            Matcher seal = SEAL.matcher(argument);
            if (seal.matches()) {
                noted = new NotedSeal(
                        Integer.parseInt(seal.group(1)), seal.group(2).toLowerCase(Locale.ROOT));
            } else if (!argument.startsWith("-") && file == null) {
                file = path(argument);
            } else if (!argument.equals(LANGUAGE + "fr") && !argument.equals(LANGUAGE + "en")) {
                say("evidence.verify.unknown", argument);
                say("evidence.verify.usage");
                return VerifyCommand.UNUSABLE;
            }
        }
        if (file == null) {
            say("evidence.verify.usage");
            return VerifyCommand.UNUSABLE;
        }
        try {
            return tell(VerifyExport.of(file, noted), noted);
        } catch (UnusableExport e) {
            say(e.code(), e.arguments().toArray());
            return VerifyCommand.UNUSABLE;
        }
    }

    private int tell(Report report, @Nullable NotedSeal noted) {
        for (Finding finding : report.findings()) {
            say("audit.found." + finding.kind(), finding.about(), finding.from(), finding.to());
        }
        for (Remark remark : report.remarks()) {
            say(remark.code(), remark.arguments().toArray());
        }
        say(
                report.isGood() ? "evidence.verify.good" : "evidence.verify.bad",
                report.chains(),
                report.entries(),
                report.seals(),
                report.findingCount());
        if (report.lastSeal() != null) {
            say("evidence.verify.seal", report.lastSeal());
        }
        if (noted == null) {
            say("evidence.verify.notNoted");
        } else if (report.isGood()) {
            say("evidence.verify.noted", noted.number());
        }
        return report.isGood() ? VerifyCommand.GOOD : VerifyCommand.BAD;
    }

    private static @Nullable Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void say(String message, Object... arguments) {
        out.println(words.getMessage(message, arguments, locale));
    }
}
