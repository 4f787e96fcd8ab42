package org.billingtakeover.verifier;

import java.util.List;
import org.billingtakeover.trail.Seal;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param findings the first {@link Verify#FINDINGS_KEPT}
 * @param findingCount how many there are in all
 * @param lastSeal the newest seal, to be noted down elsewhere; null where there is none
 * @param notThere seals that were noted down and are not in the trail
 */
public record Report(
        long chains,
        long entries,
        long seals,
        List<Finding> findings,
        long findingCount,
        @Nullable Seal firstSeal,
        @Nullable Seal lastSeal,
        List<NotedSeal> notThere) {

    public boolean isGood() {
        return findingCount == 0;
    }
}
