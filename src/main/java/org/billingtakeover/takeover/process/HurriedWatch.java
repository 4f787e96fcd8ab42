package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.util.Date;
import java.util.stream.Stream;
import org.billingtakeover.takeover.ClockMoved;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What those who look every few minutes would have found on the way, they find at once where the demo's clock is moved. */
@Component
class HurriedWatch {

    /** Pressed in a hurry, the clock moves while the watch of the move before is still running. */
    private static final int MOST_TIMES = 5;

    private final Engine engine;
    private final ManagementService management;
    private final Clock clock;

    HurriedWatch(Engine engine, @Lazy ManagementService management, Clock clock) {
        this.engine = engine;
        this.management = management;
        this.clock = clock;
    }

    @EventListener
    void on(ClockMoved moved) {
        boolean hurried = false;
        for (int times = 0; times < MOST_TIMES && !hurried; times++) {
            hurried = isHurried();
        }
    }

    /** @return false if one was just being run, so that it is another timer by now */
    private boolean isHurried() {
        try {
            engine.asProduct(() -> Stream.of(BillingTakeoverProcess.WATCH, BillingTakeoverProcess.PAY_COMMISSIONS)
                    .flatMap(diagram -> management.createJobQuery().processDefinitionKey(diagram).list().stream())
                    .forEach(watch -> management.setJobDuedate(watch.getId(), Date.from(clock.instant()))));
            return true;
        } catch (ProcessEngineException e) {
            return false;
        }
    }
}
