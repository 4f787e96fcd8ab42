package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts over with a fresh quote and a fresh consent while bills are on their way to staying separate (S27). */
@Component
public class Reconsider {

    private final Takeovers takeovers;
    private final TakeoverFlow flow;
    private final ConsentRequests requests;
    private final CaseEvents events;

    Reconsider(Takeovers takeovers, TakeoverFlow flow, ConsentRequests requests, CaseEvents events) {
        this.takeovers = takeovers;
        this.flow = flow;
        this.requests = requests;
        this.events = events;
    }

    /** @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate */
    @Transactional
    public void byClient(String key) {
        reconsider(key, Actors.CLIENT);
    }

    /** @throws Refusal {@code nothingToReconsider} unless bills are about to stay separate */
    @Transactional
    public void byFirm(String key, String actor) {
        reconsider(key, actor);
    }

    /** What was asked about the other way no longer wants an answer. */
    @Transactional
    public void startOver(String key) {
        requests.openOf(key).ifPresent(open -> requests.update(open.ended(ConsentRequest.Status.SUPERSEDED)));
    }

    /** Whether the case is where somebody can still reconsider. */
    public static boolean isPossible(Takeover takeover) {
        return takeover.stage() == Stage.STOPPING
                || (takeover.stage() == Stage.ASKING && takeover.way() == Way.CLIENT_TAKES_ONLINE);
    }

    private void reconsider(String key, String actor) {
        if (!isPossible(takeovers.lock(key))) {
            throw new Refusal("nothingToReconsider");
        }
        events.add(key, actor, CaseEvents.What.RECONSIDERED, null);
        flow.reconsidered(key);
    }
}
