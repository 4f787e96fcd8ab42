package org.billingtakeover.model;

import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Diagrams, tables or forms may not come into force, and there are no older ones to go on with. */
public final class FilesRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final List<String> faults;

    /** @param faults a sentence each */
    public FilesRefused(List<String> faults) {
        super(String.join(" ", faults));
        this.faults = List.copyOf(faults);
    }

    /** Says so on the console, in place of a stack trace. */
    static final class InWords extends AbstractFailureAnalyzer<FilesRefused> {

        @Override
        protected FailureAnalysis analyze(Throwable root, FilesRefused cause) {
            return new FailureAnalysis(
                    "The diagrams, tables and forms may not come into force:" + System.lineSeparator() + "- "
                            + String.join(System.lineSeparator() + "- ", cause.faults),
                    "Mend these files as each sentence says, and start again. Nothing was deployed.",
                    cause);
        }
    }
}
