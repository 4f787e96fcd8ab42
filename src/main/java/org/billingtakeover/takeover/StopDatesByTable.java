package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.billingtakeover.account.StopDates;
import org.springframework.stereotype.Component;

/** The stop date of a client whose list names none, from the table of deadlines. */
@Component
class StopDatesByTable implements StopDates {

    private final Deadlines deadlines;

    StopDatesByTable(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public LocalDate defaultFor(LocalDate detected) {
        return detected.plusDays(
                deadlines.of(Deadlines.Step.STOP_DATE, detected).days());
    }
}
