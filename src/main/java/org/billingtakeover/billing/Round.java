package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One round of talks with the platforms: no transaction is open, and nothing is locked. */
final class Round<K, T> {

    private static final Logger LOG = LoggerFactory.getLogger(Round.class);

    private static final int AT_A_TIME = 50;

    /** After so many failures in a row the rest is left for later, instead of waiting for each. */
    private static final int DOWN = 5;

    /** Longer than any talk with a platform takes: whoever was killed in it has surely hung up. */
    private static final Duration IN_HAND = Duration.ofMinutes(5);

    private static final Duration ASKED_AGAIN = Duration.ofMinutes(5);

    /** What is to be withdrawn must get there in time. */
    private static final Duration BEFORE_WITHDRAWING = Duration.ofMinutes(1);

    private final Agenda<K, T> agenda;
    private final Consumer<T> settle;
    private final Clock clock;
    private int failuresInARow;

    /** @param settle talks about one, and throws where nobody knows what came of it */
    Round(Agenda<K, T> agenda, Consumer<T> settle, Clock clock) {
        this.agenda = agenda;
        this.settle = settle;
        this.clock = clock;
    }

    /** Does what is due now. One that fails keeps no other from being done, until the platform seems to be down. */
    void run() {
        while (runSome()) {
            // There may be more.
        }
    }

    /**
     * Does some of what is due now.
     *
     * @return whether there may be more, and somebody who answers
     */
    boolean runSome() {
        List<K> due = agenda.due(clock.instant(), AT_A_TIME);
        for (K key : due) {
            failuresInARow = isSettled(key) ? 0 : failuresInARow + 1;
            if (failuresInARow == DOWN) {
                return false;
            }
        }
        return !due.isEmpty();
    }

    private boolean isSettled(K key) {
        try {
            Instant now = clock.instant();
            agenda.take(key, now, now.plus(IN_HAND)).ifPresent(settle);
            return true;
        } catch (RuntimeException e) {
            // Its class alone: what a platform or a letter says of people belongs in no log.
            LOG.warn("What became of {} is not known yet: {}", key, e.getClass().getName());
            Instant now = clock.instant();
            agenda.failed(key, now.plus(ASKED_AGAIN), now.plus(BEFORE_WITHDRAWING));
            return false;
        }
    }
}
