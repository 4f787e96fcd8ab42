package org.billingtakeover.verifier;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code <file> [--seal=<number>:<hash>] [--language=fr]}: verifies an export or an evidence pack, with nothing but the file, and tells
 * the result in words. The product knows it as {@code verify-export}; the jar of the verifier alone does nothing else.
 */
public final class VerifyExportCommand {

    public static final int GOOD = 0;
    public static final int BAD = 1;

    /** What should be verified cannot be used. */
    public static final int UNUSABLE = 2;

    private static final String COMMAND = "verify-export";

    private final PrintStream out;

    VerifyExportCommand(PrintStream out) {
        this.out = out;
    }

    /** The jar of the verifier. */
    public static void main(String[] arguments) {
        System.exit(onConsole(List.of(arguments)));
    }

    /** Whether the product was started with this command. */
    public static boolean isCalledBy(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(COMMAND);
    }

    /** Runs the command on the console and tells the exit code: 0 intact, 1 not intact, 2 unusable. */
    public static int run(String[] arguments) {
        return onConsole(List.of(arguments).subList(1, arguments.length));
    }

    private static int onConsole(List<String> arguments) {
        return new VerifyExportCommand(new PrintStream(System.out, true, StandardCharsets.UTF_8)).execute(arguments);
    }

    int execute(List<String> given) {
        Arguments arguments = Arguments.of(given);
        Sentences sentences = new Sentences(out, arguments.locale());
        List<String> files = arguments.others();
        Optional<String> unknown =
                files.stream().filter(each -> each.startsWith("-")).findFirst();
        unknown.ifPresent(each -> sentences.say("verifier.unknown", each));
        if (unknown.isPresent() || files.size() != 1) {
            sentences.say("verifier.usage");
            return UNUSABLE;
        }
        NotedSeal noted = arguments.noted().isEmpty() ? null : arguments.noted().get(0);
        try {
            return tell(VerifyExport.of(Path.of(files.get(0)), noted), noted, sentences);
        } catch (UnusableExport e) {
            sentences.say("verifier.unusable." + e.why(), e.arguments().toArray());
        } catch (InvalidPathException e) {
            sentences.say("verifier.unusable.noFile", files.get(0));
        }
        return UNUSABLE;
    }

    private static int tell(Report report, @Nullable NotedSeal noted, Sentences sentences) {
        sentences.tell(report, "verifier");
        if (noted == null) {
            sentences.say("verifier.notNoted");
        } else if (report.isGood()) {
            sentences.say("verifier.noted", noted.number());
        }
        return report.isGood() ? GOOD : BAD;
    }
}
