package org.billingtakeover.security;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows what keeps the product from starting as sentences instead of a stack trace. */
final class SayWhatIsMissing extends AbstractFailureAnalyzer<MissingSettings> {

    @Override
    protected FailureAnalysis analyze(Throwable root, MissingSettings missing) {
        return new FailureAnalysis(
                String.join(System.lineSeparator(), missing.sentences()),
                "Put these settings into the environment and start again.",
                missing);
    }
}
