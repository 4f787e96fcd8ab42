package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.billingtakeover.kernel.TakeoverKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at each change once more as its billing date begins, before the platform makes its bills. What is as agreed waits on: on that date
 * there are thousands of them. What is not is checked by its process, at once.
 */
@Component
public class LookBeforeBills {

    /** The changes that are to be looked at. */
    public interface Agenda {

        /** Changes whose billing date has begun, whose bills are still to be made, and at which nobody has looked since; earliest first. */
        List<TakeoverKey> due(Instant now, int most);

        /** These were looked at for the billing date that had begun by then. */
        void done(Collection<TakeoverKey> keys, Instant at);

        /** When the next change is to be looked at. */
        Optional<Instant> next(Instant after);
    }

    private static final Logger LOG = LoggerFactory.getLogger(LookBeforeBills.class);

    private static final int AT_A_TIME = 100;

    private final Agenda agenda;
    private final CaseFiles files;
    private final CheckAgain check;
    private final TakeoverFlow flow;
    private final TransactionTemplate transaction;
    private final TransactionTemplate ofItsOwn;
    private final Clock clock;

    LookBeforeBills(
            Agenda agenda,
            CaseFiles files,
            CheckAgain check,
            TakeoverFlow flow,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.agenda = agenda;
        this.files = files;
        this.check = check;
        this.flow = flow;
        this.transaction = new TransactionTemplate(transactions);
        this.ofItsOwn = new TransactionTemplate(transactions);
        this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /** Looks at all whose billing date has begun; some at a time, which are read in one transaction. */
    public void run() {
        while (lookAtSome()) {
            // There may be more.
        }
    }

    private boolean lookAtSome() {
        Instant now = clock.instant();
        List<TakeoverKey> due = agenda.due(now, AT_A_TIME);
        if (due.isEmpty()) {
            return false;
        }
        List<TakeoverKey> doubtful = Objects.requireNonNull(ofItsOwn.execute(running -> {
            // Nothing is written; so a case that cannot be read, and ends the transaction, keeps no other from being
            // looked at.
            running.setRollbackOnly();
            readAtOnce(due);
            return due.stream().filter(key -> !isAsAgreed(key)).toList();
        }));
        List<TakeoverKey> failed =
                doubtful.stream().filter(key -> !isChecked(key)).toList();
        agenda.done(due.stream().filter(key -> !failed.contains(key)).toList(), now);
        return due.size() == AT_A_TIME && failed.size() < AT_A_TIME;
    }

    /** Where one of them cannot be read, each is by itself. */
    private void readAtOnce(List<TakeoverKey> keys) {
        try {
            files.find(keys);
        } catch (RuntimeException e) {
            LOG.warn(
                    "{} cases could not be read at once: {}",
                    keys.size(),
                    e.getClass().getName());
        }
    }

    /** Where nobody can tell, its process finds out: there a failure is seen, and tried again. */
    private boolean isAsAgreed(TakeoverKey key) {
        try {
            CaseFile file = files.read(key);
            return !(file.state() instanceof State.Scheduled scheduled) || check.isAsAgreed(file, scheduled);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Whether the change of {} is still as agreed cannot be told, so its process checks it: {}",
                    key,
                    e.getClass().getName());
            return false;
        }
    }

    private boolean isChecked(TakeoverKey key) {
        try {
            transaction.executeWithoutResult(running -> flow.changeToBeChecked(key));
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "The case {} could not be looked at before its bills: {}",
                    key,
                    e.getClass().getName());
            return false;
        }
    }

    /** When the next look is. */
    public Optional<Instant> next() {
        return agenda.next(clock.instant());
    }
}
