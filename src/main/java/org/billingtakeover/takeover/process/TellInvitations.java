package org.billingtakeover.takeover.process;

import java.util.Map;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Client;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.process.BillingTakeoverProcess.Message;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Begins to invite firms, and has an invitation look again when its client's account or case has changed. */
@Component
class TellInvitations {

    private static final Logger LOG = LoggerFactory.getLogger(TellInvitations.class);

    private final Engine engine;
    private final Processes processes;
    private final CaseFiles files;

    TellInvitations(Engine engine, Processes processes, CaseFiles files) {
        this.engine = engine;
        this.processes = processes;
        this.files = files;
    }

    /** Begins to invite the firm of a client that was found with two payers. */
    void twoPayersFound(Client client) {
        processes.start(BillingTakeoverProcess.INVITE_FIRM, new ClientKey(client.id()), client.firmId(), Map.of());
    }

    /** Nothing depends on it: an invitation looks again by itself. */
    void lookAgain(ClientKey client) {
        processes.tell(client, Message.LOOK_AGAIN);
    }

    @EventListener
    void on(AccountChanged changed) {
        lookAgain(new ClientKey(changed.clientId()));
    }

    /**
     * What waits for a client with one payer ends by itself the next morning: on a billing date there are thousands of them. Told once it has
     * happened: the engine refuses whoever goes on with an invitation that looks at this moment, and that must undo nothing.
     */
    @TransactionalEventListener
    void on(Happening.Happened happened) {
        if (happened.what() instanceof Happening.Opened) {
            tell(happened.takeover(), Message.UPDATE_NOW);
        } else if (changesWhoSeesToTheStop(happened.what())) {
            tell(happened.takeover(), Message.LOOK_AGAIN);
        }
    }

    private void tell(TakeoverKey key, String message) {
        ClientKey client = new ClientKey(files.read(key).takeover().clientId());
        try {
            engine.asProductAlone(() -> processes.tell(client, message));
        } catch (OptimisticLockingException e) {
            LOG.info("The invitation beside the case {} looks already", key);
        }
    }

    /** An agreed change sees to it, and begins and ends by these. */
    private static boolean changesWhoSeesToTheStop(Happening what) {
        return what instanceof Happening.ChangeScheduled
                || what instanceof Happening.CostChanged
                || what instanceof Happening.ChangeCancelled
                || what instanceof Happening.Withdrawn
                || what instanceof Happening.Closed closed && !closed.outcome().isOnePayer();
    }
}
