package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts over with a fresh quote and a fresh consent while bills are on their way to staying separate (S27). */
@Component
public class Reconsider {

    private final CaseFiles files;
    private final TakeoverFlow flow;

    Reconsider(CaseFiles files, TakeoverFlow flow) {
        this.files = files;
        this.flow = flow;
    }

    /** @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate */
    @Transactional
    public void byClient(TakeoverKey key) {
        reconsider(key, Actors.CLIENT);
    }

    /** @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate */
    @Transactional
    public void byFirm(TakeoverKey key, String actor) {
        reconsider(key, actor);
    }

    /** Whether somebody has reconsidered, so that the cost is to be worked out anew. */
    @Transactional
    public Attempt<CaseFile> confirm(TakeoverKey key) {
        CaseFile file = files.lock(key);
        return file.state() instanceof State.Requested
                ? Attempt.done(file)
                : Attempt.refused(Verdict.denied("notReconsidered"));
    }

    private void reconsider(TakeoverKey key, String actor) {
        CaseFile file = files.lock(key);
        files.turn(
                file,
                actor,
                file.state().reconsidered().orRefuse(),
                file.questionEnded(ConsentRequest.Status.SUPERSEDED));
        flow.reconsidered(key);
    }
}
