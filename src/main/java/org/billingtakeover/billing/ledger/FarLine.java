package org.billingtakeover.billing.ledger;

import java.time.Duration;
import java.util.function.Supplier;
import org.billingtakeover.billing.PlatformDesk.Distance;

/** The line to the ledger, as long and as bad as the demo's desk wants it. */
final class FarLine {

    private final LedgerDesk desk;

    FarLine(LedgerDesk desk) {
        this.desk = desk;
    }

    /** @throws IllegalStateException if nobody answers, or the answer is lost */
    <T> T ask(Supplier<T> asked) {
        Distance distance = desk.distance();
        if (distance.isDown()) {
            throw new IllegalStateException("The billing platform does not answer: the demo's desk has its line down");
        }
        T answer = asked.get();
        pause(distance.takes());
        if (desk.losesThisOne()) {
            throw new IllegalStateException("The billing platform's answer was lost, as the demo's desk wants it");
        }
        return answer;
    }

    private static void pause(Duration takes) {
        try {
            Thread.sleep(takes.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody waits for the billing platform's answer any more", e);
        }
    }
}
