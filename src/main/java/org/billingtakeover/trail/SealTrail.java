package org.billingtakeover.trail;

import java.time.Clock;
import java.util.Map;
import org.billingtakeover.kernel.Actors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ties the chains of all cases together, every minute by default, so that a whole case cannot vanish. Each seal also goes to the log: whoever
 * keeps the log elsewhere can prove that the newest seals were not taken away.
 */
@Component
public class SealTrail {

    /** What the entry is called that says that the database is another than the one sealed last. */
    public static final String REPLACED = "DATABASE_REPLACED";

    private static final Logger LOG = LoggerFactory.getLogger(SealTrail.class);

    private final Seals seals;
    private final Trail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;

    SealTrail(Seals seals, Trail trail, PlatformTransactionManager transactions, Clock clock) {
        this.seals = seals;
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Seals what has grown since the last seal; nothing where nothing has. */
    @Scheduled(cron = "${back-office.audit.seal-at}")
    public void seal() {
        transaction.executeWithoutResult(status -> seals.databaseReplaced()
                .ifPresent(replaced -> trail.record(new Fact(
                        Fact.PRODUCT,
                        Actors.SYSTEM,
                        REPLACED,
                        Map.of("before", replaced.before(), "now", replaced.now())))));
        transaction.executeWithoutResult(
                status -> seals.seal(CanonicalJson.exact(clock.instant()).toString())
                        .ifPresent(seal -> LOG.info("Audit trail sealed: {}", seal)));
    }
}
