package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Questions end that are open to a firm instead of its client: a firm cannot consent for its client. An earlier version asked such, and
 * an address may become the firm's while it is asked. Billing operations are told, and the owner is asked once the firm has listed one.
 */
@Component
class EndQuestionsToFirms {

    private final CaseFiles files;
    private final Holds holds;
    private final TakeoverFlow flow;
    private final TellParties tell;
    private final TransactionTemplate transactions;

    EndQuestionsToFirms(
            CaseFiles files,
            Holds holds,
            TakeoverFlow flow,
            TellParties tell,
            PlatformTransactionManager transactionManager) {
        this.files = files;
        this.holds = holds;
        this.flow = flow;
        this.tell = tell;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    @EventListener
    void on(FirmFoundAsked found) {
        transactions.executeWithoutResult(status -> endIfFirmIsAsked(found.takeover()));
    }

    void endIfFirmIsAsked(TakeoverKey key) {
        CaseFile locked = files.lock(key);
        if (locked.state() instanceof State.Asking asking && holds.isFirmAsked(locked.account())) {
            locked.openQuestion().ifPresent(question -> {
                CaseFile toBeAsked = files.turn(
                        locked,
                        Actors.SYSTEM,
                        asking.askedTheFirm().orRefuse(),
                        locked.questionEnded(ConsentRequest.Status.WITHDRAWN));
                tell.questionEnded(toBeAsked, question);
                flow.putBack(toBeAsked);
            });
        }
    }
}
