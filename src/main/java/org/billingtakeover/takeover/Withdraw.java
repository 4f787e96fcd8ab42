package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a case back before its payer has changed. Before the client agreed, the case ends as withdrawn; a change that is scheduled
 * goes the same way as a decline (S22, S28).
 */
@Component
public class Withdraw {

    private final Takeovers takeovers;
    private final TakeoverFlow flow;
    private final TellParties tell;
    private final CaseEvents events;

    Withdraw(Takeovers takeovers, ConsentRequests requests, TakeoverFlow flow, TellParties tell, CaseEvents events) {
        this.takeovers = takeovers;
        this.flow = flow;
        this.tell = tell;
        this.events = events;
    }

    /** @throws Refusal {@code tooLateToWithdraw} if there is nothing left to take back */
    @Transactional
    public void byFirm(String key, String actor) {
        Takeover takeover = takeovers.lock(key);
        switch (takeover.stage()) {
            case REVIEW, ASKING -> {
                events.add(key, actor, CaseEvents.What.WITHDRAWN, null);
                flow.takeoverWithdrawn(key);
            }
            case SCHEDULED, PROBLEM -> withdrawChange(key, actor);
            case STOPPING, CLOSED -> throw new Refusal("tooLateToWithdraw");
        }
    }

    /** @throws Refusal {@code tooLateToWithdraw} unless a change that the client agreed to is still to come */
    @Transactional
    public void byClient(String key) {
        switch (takeovers.lock(key).stage()) {
            case SCHEDULED, PROBLEM -> withdrawChange(key, Actors.CLIENT);
            case REVIEW, ASKING, STOPPING, CLOSED -> throw new Refusal("tooLateToWithdraw");
        }
    }

    private void withdrawChange(String key, String actor) {
        events.add(key, actor, CaseEvents.What.WITHDRAWN, null);
        flow.changeWithdrawn(key);
    }

    /** The change is off its billing date. */
    @Transactional
    public void endChange(String key) {
        takeovers.update(takeovers.lock(key).unscheduled());
    }

    /** Tells the firm, and the client if it was asked. */
    @Transactional
    public void tell(String key) {
        tell.both(key, MailKind.WITHDRAWN);
    }
}
