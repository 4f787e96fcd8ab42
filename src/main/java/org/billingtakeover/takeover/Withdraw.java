package org.billingtakeover.takeover;

import java.time.Clock;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes a case back before its payer has changed. Withdrawn by the firm, the case ends; withdrawn by the client, it goes on as after a
 * decline (S22, S28).
 */
@Component
public class Withdraw {

    private final CaseFiles files;
    private final TakeoverFlow flow;
    private final TellParties tell;
    private final Clock clock;

    Withdraw(CaseFiles files, TakeoverFlow flow, TellParties tell, Clock clock) {
        this.files = files;
        this.flow = flow;
        this.tell = tell;
        this.clock = clock;
    }

    /** @throws Refusal {@code tooLateToWithdraw} if there is nothing left to take back */
    @Transactional
    public void byFirm(TakeoverKey key, String actor) {
        CaseFile file = files.lock(key);
        files.turn(
                file,
                actor,
                file.state().withdrawnByFirm(clock.instant()).orRefuse(),
                file.questionEnded(ConsentRequest.Status.WITHDRAWN));
        flow.takeoverWithdrawn(key);
    }

    /** @throws Refusal {@code tooLateToWithdraw} unless a change that the client agreed to is still to come, and the platform can still be told */
    @Transactional
    public void byClient(TakeoverKey key) {
        CaseFile file = files.lock(key);
        files.turn(
                file,
                Actors.CLIENT,
                file.state().withdrawnByClient(clock.instant()).orRefuse());
        flow.changeWithdrawn(key);
    }

    /**
     * The firm has the client asked to pay for both instead: what it takes back ends, and the case goes on.
     *
     * @throws Refusal {@code nothingToOfferInstead} unless its own way is asked about or agreed
     */
    @Transactional
    public void forTheClientsWay(TakeoverKey key, String actor) {
        CaseFile file = files.lock(key);
        CaseFile instead = files.turn(
                file,
                actor,
                file.state().offeredInstead(clock.instant()).orRefuse(),
                file.questionEnded(ConsentRequest.Status.WITHDRAWN));
        tell.withdrawn(instead, Happening.Withdrawn.By.FIRM);
        flow.putBack(instead);
    }

    /** Whether the case has ended because the firm withdrew it; a diagram that says so must be right. */
    @Transactional
    public Attempt<CaseFile> confirmByFirm(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return file.state() instanceof State.Closed closed && closed.outcome() == Outcome.WITHDRAWN
                ? Attempt.done(file)
                : Attempt.refused(Verdict.denied("notWithdrawn"));
    }

    /** Whether the client took back what it had agreed to. */
    @Transactional
    public Attempt<CaseFile> confirmByClient(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return file.state() instanceof State.Separate separate && separate.why() == State.Separate.Why.CHANGE_WITHDRAWN
                ? Attempt.done(file)
                : Attempt.refused(Verdict.denied("notWithdrawn"));
    }

    /** Tells the firm, and the client if it was asked, if somebody has just withdrawn. */
    @Transactional
    public void tell(TakeoverKey key) {
        CaseFile file = files.read(key);
        file.justHappened(Happening.Withdrawn.class).ifPresent(withdrawn -> tell.withdrawn(file, withdrawn.by()));
    }
}
