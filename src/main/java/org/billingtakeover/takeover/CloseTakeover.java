package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a case that has come to its end. */
@Component
public class CloseTakeover {

    private final CaseFiles files;
    private final TellParties tell;
    private final Clock clock;

    CloseTakeover(CaseFiles files, TellParties tell, Clock clock) {
        this.files = files;
        this.tell = tell;
        this.clock = clock;
    }

    /** Ends the case with the outcome that it has come to. */
    @Transactional
    public Attempt<CaseFile> close(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return files.attempt(file, Actors.SYSTEM, file.state().closed(file.account(), clock.instant()));
    }

    /** Ends the case because a subscription was cancelled or both have one payer by now. */
    @Transactional
    public Attempt<CaseFile> nothingLeft(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return files.attempt(
                file,
                Actors.SYSTEM,
                file.state().nothingLeft(file.account(), clock.instant()),
                file.questionEnded(ConsentRequest.Status.WITHDRAWN));
    }

    /** Tells both that nothing is left, if the case has just ended so. */
    @Transactional
    public void tellNothingLeft(TakeoverKey key) {
        CaseFile file = files.read(key);
        Optional<Happening.Closed> closed =
                file.justHappened(Happening.Closed.class).filter(end -> end.outcome() == Outcome.NOTHING_TO_TAKE_OVER);
        closed.ifPresent(end -> tell.both(file, MailKind.NOTHING_TO_TAKE_OVER));
    }
}
