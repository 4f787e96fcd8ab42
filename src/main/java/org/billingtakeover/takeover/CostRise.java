package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;

/** The cost has risen since it was agreed to: what was agreed to no longer counts. */
@Component
class CostRise {

    private final TellParties tell;
    private final CaseEvents events;

    CostRise(TellParties tell, CaseEvents events) {
        this.tell = tell;
        this.events = events;
    }

    /** Records the rise, and tells both parties where the firm has to review anew; elsewhere a new question says it. */
    void record(Takeover takeover) {
        events.add(takeover.key(), Actors.SYSTEM, CaseEvents.What.COST_CHANGED, takeover.quoteNumber());
        if (takeover.way() == Way.FIRM_TAKES_TIME && takeover.stage() != Stage.REVIEW) {
            tell.both(takeover.key(), MailKind.COST_CHANGED);
        }
    }
}
