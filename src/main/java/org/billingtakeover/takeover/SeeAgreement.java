package org.billingtakeover.takeover;

import java.time.Clock;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sees where agreement stands, whatever happened and whoever asks: the case alone knows. */
@Component
public class SeeAgreement {

    private final CaseFiles files;
    private final Clock clock;

    SeeAgreement(CaseFiles files, Clock clock) {
        this.files = files;
        this.clock = clock;
    }

    /** Where agreement stands. */
    public enum Standing {
        /** Firm and client agreed, and the change is still to come. */
        AGREED,
        /** What was reviewed, asked or agreed no longer counts. */
        REVIEW_AGAIN,
        /** The firm did not decide in time. */
        REVIEW_LAPSED,
        /** The client has taken its yes back. */
        WITHDRAWN,
        /** One of them said no, or nothing. */
        NONE
    }

    /** Refused where the case still waits for somebody's answer, or its change is being made. */
    @Transactional
    public Attempt<Standing> see(TakeoverKey key) {
        State state = files.lock(key).state();
        if (state instanceof State.Agreed || state instanceof State.Scheduled) {
            return Attempt.done(Standing.AGREED);
        }
        if (state instanceof State.Requested) {
            return Attempt.done(Standing.REVIEW_AGAIN);
        }
        if (state instanceof State.UnderReview review) {
            return Attempt.done(
                    clock.instant().isBefore(review.reviewDue()) ? Standing.REVIEW_AGAIN : Standing.REVIEW_LAPSED);
        }
        if (state instanceof State.Separate separate) {
            return Attempt.done(
                    separate.why() == State.Separate.Why.CHANGE_WITHDRAWN ? Standing.WITHDRAWN : Standing.NONE);
        }
        return state instanceof State.Stopping
                ? Attempt.done(Standing.NONE)
                : Attempt.refused(Verdict.denied("notHere"));
    }
}
