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

    /** Where agreement stands, as the case knows it. */
    public enum Finding {
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

    /** Refused where the case still waits for somebody's answer, or its change was made. */
    @Transactional
    public Attempt<Finding> see(TakeoverKey key) {
        State state = files.lock(key).state();
        if (state instanceof State.Agreed || state instanceof State.Pending) {
            return Attempt.done(Finding.AGREED);
        }
        if (state instanceof State.Requested) {
            return Attempt.done(Finding.REVIEW_AGAIN);
        }
        if (state instanceof State.UnderReview review) {
            return Attempt.done(
                    clock.instant().isBefore(review.reviewDue()) ? Finding.REVIEW_AGAIN : Finding.REVIEW_LAPSED);
        }
        if (state instanceof State.Separate separate) {
            return Attempt.done(
                    separate.why() == State.Separate.Why.CHANGE_WITHDRAWN ? Finding.WITHDRAWN : Finding.NONE);
        }
        return state instanceof State.Stopping
                ? Attempt.done(Finding.NONE)
                : Attempt.refused(Verdict.denied("notHere"));
    }
}
