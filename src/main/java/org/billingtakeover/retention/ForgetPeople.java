package org.billingtakeover.retention;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets, once a day, what is known of people from cases whose period is over, and says so in each case's trail. The client's account
 * is no part of a case: it stays while the firm lists it.
 */
@Component
public class ForgetPeople {

    private static final Logger LOG = LoggerFactory.getLogger(ForgetPeople.class);

    /** What the trail calls the rule, before its period. */
    private static final String RULE = "retention";

    /** Few enough to look up at once; each case is a transaction of its own. */
    private static final int BATCH = 200;

    /** What one day forgets at most, about a minute of work; the rest follows the next day. */
    private static final int MOST_A_DAY = 20_000;

    private final OldRecords records;
    private final ErasePersonalData trailOfCase;
    private final Trail trail;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Period period;

    ForgetPeople(
            OldRecords records,
            ErasePersonalData trailOfCase,
            Trail trail,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${back-office.retention.personal-data}") Period period) {
        if (period.toTotalMonths() < 1) {
            throw new IllegalArgumentException(
                    "back-office.retention.personal-data must be a month or more, such as P7Y");
        }
        this.records = records;
        this.trailOfCase = trailOfCase;
        this.trail = trail;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.period = period;
    }

    /** @return how many cases were dealt with; again on the same day, none */
    @Scheduled(cron = "${back-office.retention.erase-at}", zone = "UTC")
    public int forget() {
        Instant limit = LocalDate.now(clock.withZone(ZoneOffset.UTC))
                .minus(period)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        int cases = 0;
        List<Subject> subjects = records.closedBefore(limit, BATCH);
        while (!subjects.isEmpty() && cases < MOST_A_DAY) {
            subjects.forEach(subject -> transaction.executeWithoutResult(status -> forget(subject, limit)));
            cases += subjects.size();
            subjects = records.closedBefore(limit, BATCH);
        }
        if (cases > 0) {
            LOG.info("Personal data of {} cases closed before {} erased", cases, limit);
        }
        return cases;
    }

    private void forget(Subject subject, Instant closedBefore) {
        Optional<OldRecords.Erased> erased = records.erase(subject, closedBefore, clock.instant());
        if (erased.isEmpty()) {
            return;
        }
        trailOfCase.of(subject.text(), Actors.SYSTEM, RULE + " " + period);
        trail.record(new Fact(
                subject.text(),
                Actors.SYSTEM,
                "RECORDS_ERASED",
                Map.of(
                        "mails",
                        erased.get().mails(),
                        "questions",
                        erased.get().questions(),
                        "period",
                        period.toString())));
    }
}
