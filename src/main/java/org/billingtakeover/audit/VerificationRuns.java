package org.billingtakeover.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify.Progress;
import org.jspecify.annotations.Nullable;

/** Verifications of the whole trail, at whichever node they run; one at a time. */
public interface VerificationRuns {

    /** Empty where one is running; one whose node has fallen silent is ended without a report. */
    Optional<UUID> begin(String by, Instant now);

    void isAt(UUID run, Progress progress);

    /** @param report null where it broke down */
    void end(UUID run, Instant now, @Nullable Report report);

    /** The one that began last. */
    Optional<Run> last();

    /**
     * One verification.
     *
     * @param endedAt null while it runs
     * @param report null while it runs, and where it broke down
     */
    record Run(
            String startedBy,
            Instant startedAt,
            Progress progress,
            @Nullable Instant endedAt,
            @Nullable Report report) {

        public boolean isOver() {
            return endedAt != null;
        }
    }
}
