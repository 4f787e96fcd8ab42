package org.billingtakeover.takeover.process;

import org.billingtakeover.notification.MoreUrgent;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The changes of payers that are due. Whoever has failed waits for another time, and is not due until then. */
@Component
class DueChanges implements MoreUrgent {

    private final Engine engine;
    private final ManagementService management;

    DueChanges(Engine engine, @Lazy ManagementService management) {
        this.engine = engine;
        this.management = management;
    }

    @Override
    public boolean isDue() {
        return engine.asProduct(() -> !management
                .createJobQuery()
                .processDefinitionKey(BillingTakeoverProcess.CHANGE_PAYER)
                .executable()
                .withRetriesLeft()
                .listPage(0, 1)
                .isEmpty());
    }
}
