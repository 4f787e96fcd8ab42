package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts over with a fresh quote and a fresh consent while bills are on their way to staying separate (S27). */
@Component
public class Reconsider {

    private final CaseFiles files;
    private final TakeoverFlow flow;
    private final TellParties tell;

    Reconsider(CaseFiles files, TakeoverFlow flow, TellParties tell) {
        this.files = files;
        this.flow = flow;
        this.tell = tell;
    }

    /**
     * The firm is told, since the review of the new cost is its turn.
     *
     * @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate
     */
    @Transactional
    public void byClient(TakeoverKey key) {
        tell.firm(reconsider(key, Actors.CLIENT), MailKind.RECONSIDERED);
        flow.reconsidered(key);
    }

    /** @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate */
    @Transactional
    public void byFirm(TakeoverKey key, String actor) {
        reconsider(key, actor);
        flow.reconsidered(key);
    }

    /** Whether somebody has reconsidered, so that the cost is to be worked out anew. */
    @Transactional
    public Attempt<CaseFile> confirm(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return file.state() instanceof State.Requested
                ? Attempt.done(file)
                : Attempt.refused(Verdict.denied("notReconsidered"));
    }

    private CaseFile reconsider(TakeoverKey key, String actor) {
        CaseFile file = files.lock(key);
        return files.turn(
                file,
                actor,
                file.state().reconsidered().orRefuse(),
                file.questionEnded(ConsentRequest.Status.SUPERSEDED));
    }
}
