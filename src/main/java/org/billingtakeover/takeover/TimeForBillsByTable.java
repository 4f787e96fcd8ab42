package org.billingtakeover.takeover;

import java.time.LocalDate;
import org.billingtakeover.billing.TimeForBills;
import org.springframework.stereotype.Component;

/** How long first bills are waited for, by the table in force on the day on which they are to be made. */
@Component
class TimeForBillsByTable implements TimeForBills {

    private final Deadlines deadlines;

    TimeForBillsByTable(Deadlines deadlines) {
        this.deadlines = deadlines;
    }

    @Override
    public int days(LocalDate made) {
        return deadlines.of(Deadlines.Step.FIRST_BILLS, made).days();
    }
}
