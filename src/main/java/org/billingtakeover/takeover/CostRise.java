package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;

/** The cost is no longer what was reviewed, asked about or agreed to: what was agreed to no longer counts. */
@Component
class CostRise {

    private final CaseFiles files;
    private final TellParties tell;

    CostRise(CaseFiles files, TellParties tell) {
        this.files = files;
        this.tell = tell;
    }

    /** Tells both parties where the firm has to review anew; elsewhere a new question says it. */
    void happens(CaseFile file, CostNow now) {
        boolean firmReviewsAnew =
                file.state().way() == Way.FIRM_TAKES_TIME && !(file.state() instanceof State.UnderReview);
        CaseFile changed = files.turn(
                file,
                Actors.SYSTEM,
                (now instanceof CostNow.Unknown
                                ? file.state().costUnknown()
                                : file.state().costChanged())
                        .orRefuse(),
                file.questionEnded(ConsentRequest.Status.SUPERSEDED));
        if (firmReviewsAnew) {
            tell.both(changed, MailKind.COST_CHANGED);
        }
    }
}
