package org.billingtakeover.audit;

import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.NotedSeal;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify;
import org.billingtakeover.verifier.Verify.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Verifies the trail of this product, as it stands now. */
@Component
public class ProveTrail {

    private final StoredTrail trail;
    private final @Nullable Duration clocksApart;

    /** @param clocksApart the product's and the database's, at most; null where the product's can be moved */
    ProveTrail(StoredTrail trail, @Value("${back-office.audit.clocks-apart:#{null}}") @Nullable Duration clocksApart) {
        this.trail = trail;
        this.clocksApart = clocksApart;
    }

    /**
     * @param noted seals that were noted down elsewhere
     * @param progress is told every few chains
     */
    public Report prove(Collection<NotedSeal> noted, Consumer<Progress> progress) {
        return Verify.stored(trail, noted, clocksApart, progress);
    }
}
