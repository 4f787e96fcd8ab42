package org.billingtakeover.demo;

import java.nio.file.Path;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Another running copy of the product holds the data folder. */
final class DataFolderInUse extends RuntimeException {

    private static final long serialVersionUID = 1;

    DataFolderInUse(Path folder) {
        super("The product is already running with the data folder " + folder + ".");
    }

    /** Says so on the console, in place of a stack trace. */
    static final class InWords extends AbstractFailureAnalyzer<DataFolderInUse> {

        @Override
        protected FailureAnalysis analyze(Throwable root, DataFolderInUse cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Stop the other copy first, or give this one a folder and a port of its own:"
                            + " --back-office.demo.data-folder=… --server.port=…",
                    cause);
        }
    }
}
